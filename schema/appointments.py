"""Visits: chairs, kinds of visit, the hours of providers, and appointments with their facts."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Record
from schema.cards import BELONGS, Card
from schema.fields import ChoiceField, ClockField, DayField, InstantField, WeekdayField
from schema.measures import SpanField
from schema.names import NameField
from schema.patients import Patient
from schema.rules import Agree, Effect, Guard, Index, NoOverlap, Rule, Unique
from schema.staff import Location, Staff
from schema.stamps import known_at_once

CANCELLED_FOR = {"patient": "The patient", "clinic": "The clinic", "laboratory": "The laboratory"}
LIVE = "appointment.cancelled_at IS NULL AND appointment.missed_at IS NULL"


class Chair(Record):
    """A treatment chair of a location; one patient at a time."""

    name = NameField(max_length=60)
    location = ForeignKeyField(Location, backref="chairs")
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "Treatment chairs; each takes one patient at a time."
        title = ("name", "location")
        shown = ("name", "location", "ended_on")
        lookup = True
        ends = "ended_on"
        place = ("location",)
        rules = [
            Unique(
                "chair_name_is_free",
                ("location_id", "name"),
                says="This location has a chair of that name.",
                field="name",
            ),
            Unique("chair_id_and_location", ("id", "location_id"), says="Known already."),
        ]


class AppointmentType(Record):
    """A kind of visit and how long it usually takes."""

    code = CharField(max_length=40, help_text="A short name for programs; it stays.")
    name = NameField(max_length=80)
    minutes = SpanField(
        default=30, verbose_name="Length", help_text="How long such a visit usually takes."
    )
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "Kinds of visit with their usual length."
        title, coded_from = ("name",), {"code": "name"}
        spoken, shown = ("name",), ("name", "minutes", "ended_on")
        lookup, ends = True, "ended_on"
        rules = [
            Unique("appointment_type_code_is_free", ("code",), says="A kind has this code."),
            Rule(
                "appointment_type_fits_a_day",
                "minutes BETWEEN 5 AND 720",
                says="A visit takes 5 minutes to 12 hours.",
                field="minutes",
            ),
        ]


class Appointment(Record):
    """A patient comes to a provider, from a time to a time; what became of it are facts."""

    patient = ForeignKeyField(Patient, backref="appointments")
    provider = ForeignKeyField(Staff, backref="appointments")
    chair = ForeignKeyField(Chair, backref="appointments", null=True)
    location = ForeignKeyField(Location, backref="appointments")
    type = ForeignKeyField(AppointmentType, backref="appointments", verbose_name="Kind")
    starts_at = InstantField(verbose_name="From")
    ends_at = InstantField(
        verbose_name="Until",
        help_text="Left empty: as long as the kind of visit takes. Moves along with the start.",
    )
    note = TextField(null=True)
    card = ForeignKeyField(Card, backref="appointments", null=True, help_text=BELONGS)
    booked_by = ForeignKeyField(Staff, backref="booked_appointments", null=True)
    wants_sooner = BooleanField(default=False, verbose_name="Would come sooner")
    times_moved = IntegerField(default=0, help_text="Counted by itself when the start changes.")
    confirmed_at = InstantField(null=True, verbose_name="Confirmed")
    arrived_at = InstantField(null=True, verbose_name="Arrived")
    completed_at = InstantField(null=True, verbose_name="Completed")
    missed_at = InstantField(null=True, verbose_name="Missed")
    cancelled_at = InstantField(null=True, verbose_name="Cancelled")
    cancelled_by = ForeignKeyField(Staff, backref="cancelled_appointments", null=True)
    cancelled_for = ChoiceField(CANCELLED_FOR, null=True, verbose_name="Cancelled on the wish of")
    cancel_reason = CharField(max_length=200, null=True)

    class Meta:
        area, everyday = "Front office", 1
        help = "Visits. One provider and one chair have one visit at a time."
        title = ("starts_at", "patient")
        shown = ("starts_at", "patient", "type", "provider",
                 "confirmed_at", "cancelled_at", "arrived_at", "chair")  # fmt: skip
        order, opens = ("-starts_at", "-id"), "starts_at"
        lasts = ("ends_at", "starts_at", "type")
        verb_owned = (
            "booked_by",
            "times_moved",
            "confirmed_at",
            "arrived_at",
            "completed_at",
            "missed_at",
            "cancelled_at",
            "cancelled_by",
            "cancelled_for",
            "cancel_reason",
        )
        ends = "cancelled_at"
        own = ("provider", "patient.dentist")
        place = ("location",)
        groups = (
            ("Who and what", ("patient", "type", "provider", "card")),
            ("When and where", ("starts_at", "ends_at", "location", "chair")),
            ("To know", ("note", "wants_sooner")),
            ("How it went", ("confirmed_at", "arrived_at", "completed_at", "missed_at")),
            ("Cancelled", ("cancelled_at", "cancelled_by", "cancelled_for", "cancel_reason")),
        )
        rules = [
            NoOverlap(
                "appointment_provider_is_free",
                by="provider_id",
                start="starts_at",
                end="ends_at",
                where=LIVE,
                says="The provider has another patient then. Choose another time.",
                field="starts_at",
            ),
            NoOverlap(
                "appointment_chair_is_free",
                by="chair_id",
                start="starts_at",
                end="ends_at",
                where=LIVE,
                says="The chair is taken then. Choose another chair or time.",
                field="chair",
            ),
            Agree(
                "appointment_chair_stands_there",
                ("chair_id", "location_id"),
                "chair",
                ("id", "location_id"),
                says="That chair stands at another location. Choose a chair of this one.",
                field="chair",
            ),
            Unique("appointment_id_and_patient", ("id", "patient_id"), says="Known already."),
            Rule(
                "appointment_ends_after_start",
                "ends_at > starts_at",
                says="A visit ends after it begins. Check the times.",
                field="ends_at",
            ),
            Rule(
                "appointment_ends_one_way",
                "CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END"
                " + CASE WHEN missed_at IS NULL THEN 0 ELSE 1 END"
                " + CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END <= 1",
                says="A visit is completed, missed or cancelled: only one of them.",
                field="completed_at",
            ),
            Rule(
                "appointment_completed_was_there",
                "completed_at IS NULL OR (arrived_at IS NOT NULL AND completed_at >= arrived_at)",
                says="The patient arrives before the visit is completed. Mark the arrival first.",
                field="completed_at",
            ),
            Rule(
                "appointment_missed_never_arrived",
                "missed_at IS NULL OR (arrived_at IS NULL AND missed_at >= starts_at)",
                says="A visit is missed after its start, when the patient did not arrive.",
                field="missed_at",
            ),
            Rule(
                "appointment_cancel_says_who_and_why",
                "(cancelled_at IS NULL) = (cancelled_by_id IS NULL)"
                " AND (cancelled_at IS NULL) = (cancelled_for IS NULL)"
                " AND (cancelled_at IS NULL) = (cancel_reason IS NULL)",
                says="A cancelled visit names who cancelled it, on whose wish, and why.",
                field="cancel_reason",
            ),
            Effect(
                "appointment_counts_its_moves",
                ("UPDATE OF starts_at",),
                "UPDATE appointment SET times_moved = times_moved + 1 WHERE id = NEW.id",
                when="NEW.starts_at <> OLD.starts_at",
            ),
            Index("appointment_by_time", ("location_id", "starts_at")),
            Index("appointment_by_start", ("starts_at", "id")),
            Index("appointment_of_provider", ("provider_id", "starts_at", "ends_at")),
            Index("appointment_of_chair", ("chair_id", "starts_at", "ends_at")),
            Index("appointment_by_patient", ("patient_id", "starts_at")),
        ]


class ProviderHours(Record):
    """When a person works at a location on a weekday; without any: whenever it is open."""

    staff = ForeignKeyField(Staff, backref="provider_hours", verbose_name="Staff member")
    location = ForeignKeyField(Location, backref="provider_hours")
    weekday = WeekdayField()
    from_minute = ClockField(verbose_name="From", help_text="Clinic time, such as 08:30.")
    until_minute = ClockField(verbose_name="Until", help_text="Clinic time, such as 08:30.")

    class Meta:
        area, inside = "Set-up", "Hours"
        label = label_plural = "Hours of people"
        help = "When each person works, and where. Shifts at the bench count in its dates."
        title = ("staff", "weekday")
        joint = " · "
        shown = ("staff", "location", "weekday", "from_minute", "until_minute")
        order = ("staff", "weekday", "from_minute")
        own = ("staff",)
        place = ("location",)
        rules = [
            known_at_once("provider_hours"),
            Rule(
                "provider_hours_weekday_known",
                "weekday BETWEEN 1 AND 7",
                says="A weekday is 1 (Monday) to 7 (Sunday).",
                field="weekday",
            ),
            Rule(
                "provider_hours_within_a_day",
                "from_minute >= 0 AND until_minute > from_minute AND until_minute <= 1440",
                says="Work ends after it begins, within one day.",
                field="until_minute",
            ),
            Guard(
                "provider_hours_do_not_overlap",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM provider_hours h WHERE h.staff_id = NEW.staff_id "
                "AND h.weekday = NEW.weekday AND h.id IS DISTINCT FROM NEW.id "
                "AND h.from_minute < NEW.until_minute AND h.until_minute > NEW.from_minute)",
                says="These hours overlap with others of the same person and day.",
                field="from_minute",
                locks="staff WHERE id = NEW.staff_id",
            ),
        ]
