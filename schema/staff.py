"""Who works here, where, and in which roles."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import ChoiceField, DayField, EmailField, MoneyField, PhoneField
from schema.found import Found
from schema.leaving import PIN_ENDS
from schema.names import NameField
from schema.picked import CurrencyField
from schema.rules import Effect, Guard, Rule, Unique
from schema.stamps import known_at_once
from schema.zones import ZONES

LANGUAGES = {"ro": "Romanian", "en": "English"}
ADMIN = "admin"

LAST_ADMIN = (
    "NOT EXISTS (SELECT 1 FROM staff_role s JOIN role r ON r.id = s.role_id "
    "JOIN staff p ON p.id = s.staff_id WHERE r.code = 'admin' AND s.ended_on IS NULL "
    "AND p.ended_on IS NULL AND {others})"
)


class Clinic(Record):
    """The clinic itself: one row, with the figures that the whole house goes by."""

    name = NameField(max_length=120)
    currency = CurrencyField()
    approval_threshold = MoneyField(
        default=1_000_000, help_text="A plan above this value needs a senior dentist's approval."
    )
    is_demo = BooleanField(default=False)
    rights_stamp = IntegerField(default=1, help_text="Grows with every change of a right.")
    time_zone = ChoiceField(
        ZONES, null=True, help_text="The clock that every page shows. Empty: as the server is told."
    )
    phone = PhoneField(null=True, help_text="The number that patients are told.")
    email = EmailField(max_length=160, null=True, verbose_name="E-mail")
    address = CharField(max_length=200, null=True)
    statements_from = DayField(
        null=True,
        verbose_name="Statements of devices from",
        help_text="Works received from that day on are handed over with a statement of Annex XIII.",
    )

    class Meta:
        area, everyday = "Set-up", 1
        label, label_plural = "Clinic", "Clinic"
        help = "The clinic's name, how patients reach it, its clock, currency and limits."
        title = ("name",)
        shown = ("name", "phone", "email", "currency", "approval_threshold")
        groups = (
            ("Who", ("name", "phone", "email", "address")),
            ("Clock and money", ("time_zone", "currency", "approval_threshold")),
            ("Laboratory", ("statements_from",)),
        )
        verb_owned = ("is_demo", "rights_stamp")
        unaudited = ("rights_stamp",)
        rules = [
            known_at_once("clinic", "UPDATE OF time_zone"),
            Rule("clinic_is_one", "id = 1", says="There is one clinic; change that row."),
            Rule(
                "clinic_currency_has_three_letters",
                "length(currency) = 3 AND currency = upper(currency)",
                says="A currency is three capital letters, such as RON or EUR.",
                field="currency",
            ),
        ]


class Location(Record):
    """A place where the clinic works."""

    name = NameField(max_length=80)
    address = CharField(max_length=200, null=True)
    phone = PhoneField(null=True)
    ended_on = DayField(null=True, verbose_name="Closed on")

    class Meta:
        area, everyday = "Set-up", 2
        help = "A place where patients come or works are made."
        title = ("name",)
        shown = ("name", "address", "phone", "ended_on")
        lookup = True
        ends = "ended_on"
        place = ("id",)
        rules = [
            Unique("location_name_is_free", ("name",), says="A location has this name already."),
        ]


class Staff(Record):
    """A person who works in the clinic and may sign in."""

    last_name = NameField(max_length=60)
    first_name = NameField(max_length=60)
    email = EmailField(max_length=160, verbose_name="E-mail", help_text="Also the sign-in name.")
    phone = PhoneField(null=True)
    location = ForeignKeyField(Location, backref="staff", null=True)
    language = ChoiceField(LANGUAGES, default="ro")
    password_hash = CharField(max_length=200, null=True)
    ended_on = DayField(
        null=True, verbose_name="Left on", help_text="From that moment nobody signs in as them."
    )

    class Meta:
        area, everyday = "Set-up", 3
        label, label_plural = "Staff member", "Staff"
        help = "People who work here. A person who left is ended, never removed."
        title = order = ("last_name", "first_name")
        shown = (*title, "email", "phone", "location", "ended_on")
        search = ("last_name", "first_name", "email")
        found = Found(
            7,
            by=("last_name", "first_name", "email", "phone"),
            tells=("phone", "email", "location"),
            held=("roles", "role"),
        )
        secret = ("password_hash",)
        ends = "ended_on"
        own = ("id",)
        place = ("location",)
        inlines, offers = ("roles",), ("skills", "provider_hours", "absences")
        groups = (
            ("Who", ("last_name", "first_name", "language")),
            ("How to reach", ("email", "phone")),
            ("At work", ("location", "ended_on")),
        )
        rules = [
            Unique(
                "staff_email_is_free",
                ("email",),
                says="Someone signs in with this e-mail.",
                field="email",
            ),
            Guard(
                "staff_keeps_an_admin",
                ("UPDATE OF ended_on",),
                "NEW.ended_on IS NOT NULL AND OLD.ended_on IS NULL AND EXISTS (SELECT 1 "
                "FROM staff_role s JOIN role r ON r.id = s.role_id WHERE s.staff_id = NEW.id "
                "AND r.code = 'admin' AND s.ended_on IS NULL) AND "
                + LAST_ADMIN.format(others="p.id <> NEW.id"),
                says="This is the last admin. Make another person admin first.",
                field="ended_on",
                locks="clinic",
            ),
            PIN_ENDS,
            Effect(
                "staff_change_moves_rights",
                ("UPDATE OF ended_on, location_id",),
                "UPDATE clinic SET rights_stamp = rights_stamp + 1",
            ),
        ]


class Role(Record):
    """A kind of work with its rights, such as receptionist or technician."""

    code = CharField(max_length=40, help_text="A short name for programs; it stays.")
    name = NameField(max_length=60)
    about = CharField(max_length=200, null=True)
    ended_on = DayField(null=True, verbose_name="Retired on")

    class Meta:
        area, everyday = "Set-up", 4
        help = "Kinds of work. What a role may do stands on the page Rights of roles."
        title, coded_from = ("name",), {"code": "name"}
        spoken, shown = ("name", "about"), ("name", "about", "ended_on")
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("role_code_is_free", ("code",), says="A role has this code already."),
            Guard(
                "role_code_stays",
                ("UPDATE OF code",),
                "NEW.code <> OLD.code",
                says="A role's code stays as it is; change its name instead.",
                field="code",
            ),
            Guard(
                "role_retires_when_nobody_holds_it",
                ("UPDATE OF ended_on",),
                "NEW.ended_on IS NOT NULL AND OLD.ended_on IS NULL AND EXISTS (SELECT 1 "
                "FROM staff_role s WHERE s.role_id = NEW.id AND s.ended_on IS NULL)",
                says="People hold this role still. Give them another one first.",
                field="ended_on",
                locks="clinic",
            ),
            Guard(
                "role_of_admins_stays",
                ("UPDATE OF ended_on",),
                "NEW.ended_on IS NOT NULL AND NEW.code = 'admin'",
                says="Without the role admin nobody could change a right again.",
                field="ended_on",
            ),
        ]


class StaffRole(Record):
    """A person has a role, from then until it ends."""

    staff = ForeignKeyField(Staff, backref="roles", verbose_name="Staff member")
    role = ForeignKeyField(Role, backref="holders")
    ended_on = DayField(null=True)

    class Meta:
        area, label, label_plural = "Set-up", "Role of a person", "Roles of people"
        help = "Who has which role."
        title = order = ("staff", "role")
        joint = " · "
        shown = ("staff", "role", "ended_on")
        ends = "ended_on"
        own = ("staff",)
        place = ("staff.location",)
        inside = "Roles"
        rules = [
            Unique(
                "staff_role_held_once",
                ("staff_id", "role_id"),
                where="ended_on IS NULL",
                says="This person has that role already.",
                field="role",
            ),
            Guard(
                "staff_role_is_in_use",
                ("INSERT", "UPDATE OF role_id, ended_on"),
                "NEW.ended_on IS NULL AND EXISTS (SELECT 1 FROM role r WHERE r.id = NEW.role_id "
                "AND r.ended_on IS NOT NULL)",
                says="This role is retired. Choose another one.",
                field="role",
                locks="clinic",
            ),
            Guard(
                "staff_role_keeps_an_admin",
                ("UPDATE OF ended_on, role_id, staff_id", "DELETE"),
                "OLD.ended_on IS NULL AND (SELECT code FROM role WHERE id = OLD.role_id) = 'admin' "
                "AND " + LAST_ADMIN.format(others="s.id <> OLD.id"),
                says="This is the last admin. Make another person admin first.",
                field="role",
                locks="clinic",
            ),
            Effect(
                "staff_role_moves_rights",
                ("INSERT", "UPDATE", "DELETE"),
                "UPDATE clinic SET rights_stamp = rights_stamp + 1",
            ),
        ]
