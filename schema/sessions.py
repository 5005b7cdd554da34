"""How people sign in: sessions, the brake on guessing, links to set a password."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Row
from schema.fields import InstantField
from schema.rules import Rule, Unique
from schema.staff import Role, Staff


class SignIn(Row):
    """A session until it ends; the cookie holds a random word, here is its hash."""

    staff = ForeignKeyField(Staff, backref="sign_ins")
    token_sha = CharField(max_length=64)
    started_at = InstantField()
    seen_at = InstantField()
    ended_at = InstantField(null=True)
    address = CharField(max_length=64, null=True, verbose_name="From address")
    device = CharField(max_length=200, null=True)
    seen_as_role = ForeignKeyField(Role, null=True, help_text="The admin looks as this role.")

    class Meta:
        area = "Set-up"
        label = "Sign-in"
        help = "Open and ended sessions."
        title = ("staff", "started_at")
        shown = ("staff", "started_at", "seen_at", "ended_at", "address", "device")
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
        shown = ("key", "window", "count")
        verbs_only = True
        audited = False
        rules = [
            Unique("sign_in_attempt_counted_once", ("key", '"window"'), says="Counted already."),
            Rule("sign_in_attempt_counts_up", "count >= 0", says="A count is not negative."),
        ]


class PasswordLink(Row):
    """A link with which a person sets their own password, once and soon."""

    staff = ForeignKeyField(Staff, backref="password_links")
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
