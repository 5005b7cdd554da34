"""How people sign in: sessions, the brake on guessing, links to set a password."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Row
from schema.fields import InstantField
from schema.names import DeviceField
from schema.rules import Guard, Rule, Unique
from schema.staff import Role, Staff
from schema.tablets import MOST_OF_A_PERSON, MOST_OF_A_TABLET, SharedDevice

AT_OWN_TABLET = (
    "EXISTS (SELECT 1 FROM shared_device d JOIN staff s ON s.location_id = d.location_id "
    "JOIN staff_pin p ON p.staff_id = s.id WHERE d.id = NEW.tablet_id AND s.id = NEW.staff_id "
    "AND d.ended_on IS NULL AND s.ended_on IS NULL AND p.ended_on IS NULL "
    f"AND p.wrong_tries < {MOST_OF_A_PERSON} AND d.wrong_tries < {MOST_OF_A_TABLET})"
)


class SignIn(Row):
    """A session until it ends; the cookie holds a random word, here is its hash."""

    staff = ForeignKeyField(Staff, backref="sign_ins", verbose_name="Staff member")
    token_sha = CharField(max_length=64)
    started_at = InstantField()
    seen_at = InstantField()
    ended_at = InstantField(null=True)
    address = CharField(max_length=64, null=True, verbose_name="From address")
    device = DeviceField(max_length=200, null=True)
    seen_as_role = ForeignKeyField(Role, null=True, help_text="The admin looks as this role.")
    tablet = ForeignKeyField(
        SharedDevice,
        backref="sign_ins",
        null=True,
        verbose_name="Shared tablet",
        help_text="Opened there with a PIN; it holds on that tablet alone.",
    )

    class Meta:
        area = "Set-up"
        label = "Sign-in"
        help = "Open and ended sessions."
        title = ("staff", "started_at")
        shown = ("staff", "started_at", "seen_at", "ended_at", "address", "device", "tablet")
        order = ("-started_at", "-id")
        secret = ("token_sha",)
        unaudited = ("seen_at",)
        own = ("staff",)
        place = ("staff.location",)
        verbs_only = True
        rules = [
            Unique("sign_in_token_is_new", ("token_sha",), says="This session exists already."),
            Rule(
                "sign_in_ends_after_start",
                "ended_at >= started_at",
                says="A session ends after it began.",
                field="ended_at",
            ),
            Unique(
                "sign_in_one_at_a_tablet",
                ("tablet_id",),
                where="ended_at IS NULL AND tablet_id IS NOT NULL",
                says="Somebody is signed in on this tablet; it is given back first.",
                field="tablet",
            ),
            Guard(
                "sign_in_at_own_tablet",
                ("INSERT",),
                f"NEW.tablet_id IS NOT NULL AND NOT {AT_OWN_TABLET}",
                says="People sign in on an enrolled tablet of their location, with an open PIN.",
                field="tablet",
                locks="shared_device WHERE id = NEW.tablet_id",
            ),
            Guard(
                "sign_in_stays_at_its_tablet",
                ("UPDATE OF tablet_id, staff_id",),
                "NEW.tablet_id IS DISTINCT FROM OLD.tablet_id OR NEW.staff_id <> OLD.staff_id",
                says="A session stays with its person and its tablet.",
                field="tablet",
            ),
        ]


class SignInAttempt(Row):
    """How often somebody tried to sign in, counted per name and per address in a window of time."""

    key = CharField(max_length=120, verbose_name="Name or address")
    window = IntegerField(help_text="Unix time divided by the window's length.")
    count = IntegerField(default=0)

    class Meta:
        area = "Set-up"
        label = "Sign-in attempt"
        help = "The brake on guessing passwords."
        title = ("key",)
        shown = ("key", "count")
        verbs_only = True
        audited = False
        rules = [
            Unique("sign_in_attempt_counted_once", ("key", '"window"'), says="Counted already."),
            Rule("sign_in_attempt_counts_up", "count >= 0", says="A count is not negative."),
        ]


class PasswordLink(Row):
    """A link with which a person sets their own password, once and soon."""

    staff = ForeignKeyField(Staff, backref="password_links", verbose_name="Staff member")
    token_sha = CharField(max_length=64)
    made_by = ForeignKeyField(Staff, backref="made_links", null=True)
    made_at = InstantField()
    expires_at = InstantField()
    used_at = InstantField(null=True)

    class Meta:
        area = "Set-up"
        label = "Password link"
        help = "An admin hands out the link; nobody else ever sees the password."
        title = ("staff", "made_at")
        shown = ("staff", "made_by", "made_at", "expires_at", "used_at")
        order = ("-made_at", "-id")
        secret = ("token_sha",)
        verbs_only = True
        rules = [
            Unique("password_link_token_is_new", ("token_sha",), says="This link exists already."),
            Rule(
                "password_link_expires_later",
                "expires_at > made_at",
                says="A link ends after it is made.",
                field="expires_at",
            ),
        ]
