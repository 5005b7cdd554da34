"""The truths of the keys of other systems, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from tests.factories import bridges as make
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_key_is_used_once():
    first, second = make.a_system_key(), make.a_system_key()

    with refuses("system_key_token_is_new"):
        raw(
            "INSERT INTO system_key (external_system_id, name, token_sha, made_by_id) "
            "VALUES (?, 'Copy', ?, ?)",
            second.external_system_id,
            first.token_sha,
            second.made_by_id,
        )


def test_live_keys_of_a_system_have_names_of_their_own():
    first = make.a_system_key(name="Scanner PC")
    second = make.a_system_key(external_system=first.external_system)

    with refuses("system_key_name_is_free"):
        raw("UPDATE system_key SET name = 'Scanner PC' WHERE id = ?", second.id)

    raw("UPDATE system_key SET ended_at = created_at WHERE id = ?", first.id)
    raw("UPDATE system_key SET name = 'Scanner PC' WHERE id = ?", second.id)


def test_a_key_ends_after_it_was_made():
    key = make.a_system_key()

    with refuses("system_key_ends_after_start"):
        raw("UPDATE system_key SET ended_at = '2020-01-01 00:00:00' WHERE id = ?", key.id)


def test_a_key_that_ended_never_lives_again_and_never_changes_hands():
    key, other = make.a_system_key(), make.an_external_system()

    with refuses("system_key_stays_ended"):
        raw("UPDATE system_key SET token_sha = ? WHERE id = ?", "a" * 64, key.id)
    with refuses("system_key_stays_ended"):
        raw("UPDATE system_key SET external_system_id = ? WHERE id = ?", other.id, key.id)

    raw("UPDATE system_key SET ended_at = created_at WHERE id = ?", key.id)
    with refuses("system_key_stays_ended"):
        raw("UPDATE system_key SET ended_at = NULL WHERE id = ?", key.id)
