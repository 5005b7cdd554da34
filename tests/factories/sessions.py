"""Makes sessions, attempts to sign in, and password links."""

from __future__ import annotations

from typing import Any

from schema.sessions import PasswordLink, SignIn, SignInAttempt
from tests.factories import NOW, later, number
from tests.factories.staff import a_person


def a_sign_in(**columns: Any) -> SignIn:
    columns["staff"] = columns.get("staff") or a_person()
    good = {"token_sha": f"{number():064d}", "started_at": NOW, "seen_at": NOW}
    return SignIn.create(**good | columns)


def a_sign_in_attempt(**columns: Any) -> SignInAttempt:
    good = {"key": f"name {number()}", "window": 1_958_400, "count": 1}
    return SignInAttempt.create(**good | columns)


def a_password_link(**columns: Any) -> PasswordLink:
    columns["staff"] = columns.get("staff") or a_person()
    good = {"token_sha": f"{number():064d}", "made_at": NOW, "expires_at": later(days=1)}
    return PasswordLink.create(**good | columns)
