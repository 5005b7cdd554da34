"""Guards of people: who is at the screen now, and who may become somebody."""

from __future__ import annotations

from tests.mutants import Mutant

PEOPLE_NOW = "admin_views/people.py"
SIGNING = "admin_views/signing_in.py"
VERBS = "schema/workflow/sign_in.py"
OWN = "schema/workflow/own_password.py"
SIGNED = "test_signing_in.py"
HERE = "test_guards_of_doors.py"
PEOPLE = (
    Mutant(
        "an ended session is over",
        PEOPLE_NOW,
        "query.where(SignIn.ended_at.is_null(), Staff.ended_on.is_null())",
        "query.where(Staff.ended_on.is_null())",
        f"{SIGNED} -k signing_out",
    ),
    Mutant(
        "ended staff are out",
        PEOPLE_NOW,
        "query.where(SignIn.ended_at.is_null(), Staff.ended_on.is_null())",
        "query.where(SignIn.ended_at.is_null())",
        f"{SIGNED} -k ending_a_person",
    ),
    Mutant(
        "an idle session is over",
        PEOPLE_NOW,
        'if unseen > idle_limit(row["locks_after"]):',
        "if False:",
        f"{SIGNED} -k for_ever",
    ),
    Mutant(
        "a password on a shared tablet locks soon",
        PEOPLE_NOW,
        'if row["tablet_id"] is not None or not word:',
        "if True:",
        "test_tablet.py -k as_short_as",
    ),
    Mutant(
        "a long session is over",
        PEOPLE_NOW,
        ' or now - row["started_at"] > LONGEST',
        "",
        f"{SIGNED} -k for_ever",
    ),
    Mutant(
        "a planted cookie is emptied",
        PEOPLE_NOW,
        "    session.clear()\n    person = find_person(token)",
        "    person = find_person(token)",
        f"{SIGNED} -k planted",
    ),
    Mutant(
        "an ended role does not count",
        PEOPLE_NOW,
        "StaffRole.staff == staff_id, StaffRole.ended_on.is_null())",
        "StaffRole.staff == staff_id)",
        f"{HERE} -k ended_role",
    ),
    Mutant(
        "a changed role counts at once",
        PEOPLE_NOW,
        "return own_roles(staff_id, stamp) if stamp else",
        "return own_roles(staff_id, 1) if stamp else",
        f"{SIGNED} -k changed_role",
    ),
    Mutant(
        "only an admin looks as another role",
        PEOPLE_NOW,
        'if self.is_admin and row["seen_as_id"]:',
        'if row["seen_as_id"]:',
        f"{HERE} -k no_longer_admin",
    ),
    Mutant(
        "only an admin may ask to look as another role",
        SIGNING,
        "    if not _me().is_admin:\n        abort(403)\n    role",
        "    role",
        f"{SIGNED} -k not_for_others",
    ),
    Mutant(
        "only an admin's session looks as another role",
        VERBS,
        "if not is_admin(session.staff_id):",
        "if False:",
        "workflow/test_sign_in.py",
    ),
    Mutant(
        "only an admin makes password links",
        SIGNING,
        "    if not _me().is_admin:\n        abort(403)\n    staff",
        "    staff",
        f"{SIGNED} -k not_for_others",
    ),
    Mutant(
        "the first admin is made in an empty house",
        "admin_views/first_run.py",
        "    if Staff.select().exists():\n        abort(404)",
        "    pass",
        "test_first_run.py -k gone",
    ),
    Mutant(
        "tries are counted",
        VERBS,
        "    count_try(name, address, now)\n",
        "",
        f"{SIGNED} -k too_many",
    ),
    Mutant(
        "a password must fit",
        VERBS,
        "if not fits(staff.password_hash if staff else None, password) or staff is None:",
        "if staff is None:",
        f"{SIGNED} -k wrong_password",
    ),
    Mutant(
        "ended staff do not sign in",
        VERBS,
        "Staff.get_or_none(Staff.email == known, Staff.ended_on.is_null())",
        "Staff.get_or_none(Staff.email == known)",
        f"{HERE} -k who_left",
    ),
    Mutant(
        "a new password is typed twice",
        SIGNING,
        'if _typed("password") != _typed("again"):',
        "if False:",
        f"{SIGNED} -k changed_and_other",
    ),
    Mutant(
        "a password is changed by whoever knows it",
        OWN,
        "    if not fits(staff.password_hash, current):\n",
        "    if False:\n",
        f"{SIGNED} -k changed_and_other",
    ),
    Mutant(
        "a changed password ends the other sessions",
        OWN,
        "    sign_out_everywhere(staff, now, but=but)\n",
        "",
        f"{SIGNED} -k changed_and_other",
    ),
    Mutant(
        "a password link works once",
        OWN,
        "        PasswordLink.used_at.is_null(),\n        PasswordLink.expires_at > now,",
        "        PasswordLink.expires_at > now,",
        f"{SIGNED} -k link_from_an_admin",
    ),
    Mutant(
        "a password link works for a while",
        OWN,
        "        PasswordLink.expires_at > now,\n",
        "",
        "workflow/test_own_password.py",
    ),
    Mutant(
        "a password link is made by an admin",
        OWN,
        "        if not is_admin(by.id):\n",
        "        if False:\n",
        "workflow/test_own_password.py",
    ),
    Mutant(
        "a password link is not for those who left",
        OWN,
        "if link is None or link.staff.ended_on:",
        "if link is None:",
        f"{HERE} -k somebody_who_left",
    ),
    Mutant(
        "a weak password is refused",
        OWN,
        "    refuse_weak_password(password, *about(link.staff))\n",
        "",
        f"{SIGNED} -k link_from_an_admin",
    ),
    Mutant(
        "the admin is not locked out",
        "schema/workflow/rights.py",
        "    if role.code == ADMIN:\n",
        "    if False:\n",
        "test_guards_of_screens.py -k locked_out",
    ),
)
