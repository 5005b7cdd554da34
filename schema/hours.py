"""When people work: opening hours, holidays, absences."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ClockField, DayField, WeekdayField
from schema.rules import Guard, Rule, Unique
from schema.staff import Location, Staff
from schema.stamps import known_at_once


class OpeningHours(Record):
    """When a location works on a weekday; several rows make several sessions."""

    location = ForeignKeyField(Location, backref="opening_hours")
    weekday = WeekdayField()
    opens_at = ClockField(help_text="Clinic time, such as 08:30.")
    closes_at = ClockField(help_text="Clinic time, such as 08:30.")

    class Meta:
        area = "Set-up"
        everyday = 5
        label = label_plural = "Opening hours"
        help = "Working time is counted in these hours."
        title = ("location", "weekday")
        joint = " · "
        shown = order = ("location", "weekday", "opens_at", "closes_at")
        place = ("location",)
        rules = [
            known_at_once("opening_hours"),
            Rule(
                "opening_hours_weekday_known",
                "weekday BETWEEN 1 AND 7",
                says="A weekday is 1 (Monday) to 7 (Sunday).",
                field="weekday",
            ),
            Rule(
                "opening_hours_close_after_open",
                "opens_at >= 0 AND closes_at > opens_at AND closes_at <= 1440",
                says="Closing comes after opening, within one day.",
                field="closes_at",
            ),
            Guard(
                "opening_hours_do_not_overlap",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM opening_hours o WHERE o.location_id = NEW.location_id "
                "AND o.weekday = NEW.weekday AND o.id IS DISTINCT FROM NEW.id "
                "AND o.opens_at < NEW.closes_at AND o.closes_at > NEW.opens_at)",
                says="These hours overlap with others of the same day.",
                field="opens_at",
                locks="location WHERE id = NEW.location_id",
            ),
        ]


class Holiday(Record):
    """A day on which nobody works, at one location or at all."""

    day = DayField()
    name = CharField(max_length=80)
    location = ForeignKeyField(Location, backref="holidays", null=True)

    class Meta:
        area = "Set-up"
        everyday = 6
        help = "Closed days; working time skips them."
        title = ("day", "name")
        spoken = ("name",)
        shown = ("day", "name", "location")
        order = ("day",)
        rules = [
            known_at_once("holiday"),
            Unique(
                "holiday_once_per_day",
                ("day", "COALESCE(location_id, 0)"),
                says="This day is in the list already.",
                field="day",
            ),
        ]


class Absence(Record):
    """Days on which a person is away."""

    staff = ForeignKeyField(Staff, backref="absences", verbose_name="Staff member")
    starts_on = DayField()
    ends_on = DayField()
    reason = CharField(max_length=120, null=True)

    class Meta:
        area = "Set-up"
        everyday = 7
        help = "Holidays and sick days of people; planning goes around them."
        title = ("staff", "starts_on")
        joint = " · "
        shown = ("staff", "starts_on", "ends_on", "reason")
        order = ("-starts_on", "-id")
        groups = (("Who", ("staff", "reason")), ("When", ("starts_on", "ends_on")))
        own = ("staff",)
        place = ("staff.location",)
        rules = [
            known_at_once("absence"),
            Rule(
                "absence_ends_after_start",
                "ends_on >= starts_on",
                says="The last day is not before the first.",
                field="ends_on",
            ),
        ]
