"""The truths of sessions and password links, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from tests.factories import sessions as make
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_session_word_is_used_once():
    first, second = make.a_sign_in(), make.a_sign_in()

    with refuses("sign_in_token_is_new"):
        raw("UPDATE sign_in SET token_sha = ? WHERE id = ?", first.token_sha, second.id)


def test_a_session_ends_after_it_began():
    session = make.a_sign_in()
    raw("UPDATE sign_in SET ended_at = started_at WHERE id = ?", session.id)

    with refuses("sign_in_ends_after_start"):
        raw("UPDATE sign_in SET ended_at = '2020-01-01 00:00:00' WHERE id = ?", session.id)


def test_attempts_are_counted_in_one_row_per_window():
    first = make.a_sign_in_attempt(window=1)
    make.a_sign_in_attempt(key=first.key, window=2)

    with refuses("sign_in_attempt_counted_once"):
        raw('UPDATE sign_in_attempt SET "window" = 1 WHERE key = ?', first.key)


def test_attempts_are_not_negative():
    attempt = make.a_sign_in_attempt(count=0)

    with refuses("sign_in_attempt_counts_up"):
        raw("UPDATE sign_in_attempt SET count = -1 WHERE id = ?", attempt.id)


def test_a_password_link_is_made_once():
    first, second = make.a_password_link(), make.a_password_link()

    with refuses("password_link_token_is_new"):
        raw("UPDATE password_link SET token_sha = ? WHERE id = ?", first.token_sha, second.id)


def test_a_password_link_ends_after_it_is_made():
    link = make.a_password_link()

    with refuses("password_link_expires_later"):
        raw("UPDATE password_link SET expires_at = made_at WHERE id = ?", link.id)
