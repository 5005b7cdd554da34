"""Tablets that people share, and the PIN with which each of them opens an own session there."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import DayField
from schema.measures import SpanField
from schema.names import NameField
from schema.rules import Guard, Rule, Unique
from schema.staff import Location, Staff

MOST_OF_A_PERSON, MOST_OF_A_TABLET = 5, 20


class SharedDevice(Record):
    """A tablet at the bench; a cookie on it holds a random word, here is its hash."""

    name = NameField(max_length=60, help_text="Where it lies, such as the milling room.")
    location = ForeignKeyField(Location, backref="shared_devices")
    token_sha = CharField(max_length=64)
    enrolled_by = ForeignKeyField(Staff, backref="enrolled_devices")
    idle_minutes = SpanField(
        default=2,
        verbose_name="Locks after",
        help_text="So long nobody touches it, then it goes back to the names.",
    )
    wrong_tries = IntegerField(default=0, verbose_name="Wrong PINs in a row")
    ended_on = DayField(null=True, verbose_name="Revoked on")

    class Meta:
        area = "Set-up"
        label, label_plural = "Shared tablet", "Shared tablets"
        help = "Tablets on which people sign in by their name and PIN."
        title = order = ("name",)
        shown = ("name", "location", "enrolled_by", "idle_minutes", "wrong_tries", "ended_on")
        secret = ("token_sha",)
        ends = "ended_on"
        place = ("location",)
        verbs_only = True
        rules = [
            Unique("shared_device_token_is_new", ("token_sha",), says="This tablet is known."),
            Unique(
                "shared_device_name_is_free",
                ("location_id", "name"),
                where="ended_on IS NULL",
                says="A tablet of this location has that name; revoke it first, or take another.",
                field="name",
            ),
            Rule(
                "shared_device_locks_soon",
                "idle_minutes BETWEEN 1 AND 30",
                says="A tablet locks after 1 to 30 minutes.",
                field="idle_minutes",
            ),
            Rule(
                "shared_device_counts_to_its_lock",
                f"wrong_tries BETWEEN 0 AND {MOST_OF_A_TABLET}",
                says="After 20 wrong PINs in a row a tablet is locked.",
                field="wrong_tries",
            ),
            Guard(
                "shared_device_stays_revoked",
                ("UPDATE",),
                "OLD.ended_on IS NOT NULL OR NEW.token_sha <> OLD.token_sha "
                "OR NEW.location_id <> OLD.location_id OR NEW.enrolled_by_id <> OLD.enrolled_by_id",
                says="A tablet is enrolled once and revoked once; enrol it anew.",
                field="ended_on",
            ),
        ]


class StaffPin(Record):
    """Six digits that open a person's session on a shared tablet, and nothing anywhere else."""

    staff = ForeignKeyField(Staff, backref="pins", verbose_name="Staff member")
    pin_hash = CharField(max_length=200)
    wrong_tries = IntegerField(default=0, verbose_name="Wrong PINs in a row")
    ended_on = DayField(null=True, verbose_name="Ended on")

    class Meta:
        area = "Set-up"
        label, label_plural = "PIN of a person", "PINs of people"
        help = "Who may sign in on shared tablets. Nobody ever sees a PIN."
        title = order = ("staff",)
        shown = ("staff", "created_at", "wrong_tries", "ended_on")
        secret = ("pin_hash",)
        ends = "ended_on"
        own = ("staff",)
        place = ("staff.location",)
        verbs_only = True
        rules = [
            Unique(
                "staff_pin_is_one",
                ("staff_id",),
                where="ended_on IS NULL",
                says="This person has a PIN already.",
                field="staff",
            ),
            Rule(
                "staff_pin_is_kept_as_a_hash",
                "substr(pin_hash, 1, 10) = '$argon2id$'",
                says="Of a PIN only its hash is kept.",
                field="pin_hash",
            ),
            Rule(
                "staff_pin_counts_to_its_lock",
                f"wrong_tries BETWEEN 0 AND {MOST_OF_A_PERSON}",
                says="After five wrong tries in a row a PIN is locked.",
                field="wrong_tries",
            ),
            Guard(
                "staff_pin_is_of_somebody_here",
                ("INSERT", "UPDATE OF ended_on"),
                "NEW.ended_on IS NULL AND EXISTS (SELECT 1 FROM staff s "
                "WHERE s.id = NEW.staff_id AND s.ended_on IS NOT NULL)",
                says="This person left; nobody signs in as them.",
                field="staff",
                locks="staff WHERE id = NEW.staff_id",
            ),
            Guard(
                "staff_pin_stays_ended",
                ("UPDATE",),
                "OLD.ended_on IS NOT NULL OR NEW.pin_hash <> OLD.pin_hash "
                "OR NEW.staff_id <> OLD.staff_id",
                says="A PIN is set once and ended once; set a new one.",
                field="ended_on",
            ),
        ]
