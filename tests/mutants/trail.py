"""Guards of what is remembered: the history, the audit and its seal, who looked, the merge."""

from __future__ import annotations

from tests.mutants import Mutant

TOLD = "test_auditing.py"
LOOKED = "admin_views/looked.py"
READ = "test_reading.py"
TRAIL = (
    Mutant(
        "history tells readable columns",
        "admin_views/changes.py",
        'if field is not None and _is_shown(model, field) and can("read", model, field):',
        "if field is not None and _is_shown(model, field):",
        "test_history.py -k may_not_read",
    ),
    Mutant(
        "whole rows of the audit are on no screen",
        "schema/audit.py",
        '        secret = ("before", "after")\n',
        "",
        f"{TOLD} -k columns_held",
    ),
    Mutant(
        "an act tells of rows in scope",
        "admin_views/auditing.py",
        'mine = [one for one in found if (one["table_name"], one["row_id"]) in known]',
        "mine = found",
        f"{TOLD} -k only_counted",
    ),
    Mutant(
        "acts of others are in scope",
        "admin_views/auditing.py",
        "entry = query.where(limit).dicts().first() if limit is not None else",
        "entry = query.dicts().first() if limit is not None else",
        f"{TOLD} -k acts_of_others",
    ),
    Mutant(
        "the audit is proven by the admin",
        "admin_views/auditing.py",
        "        if not is_admin():\n            abort(403)\n",
        "",
        f"{TOLD} -k proves",
    ),
    Mutant(
        "what an act changed is sealed",
        "schema/database.py",
        "            seal.close(last, ends=alone)\n",
        "            pass\n",
        "schema/test_sealing.py",
    ),
    Mutant(
        "what an act that is undone has seen is not kept",
        "schema/workflow/steps.py",
        "with keeping(facts.stamp if alone else None):",
        "with keeping(facts.stamp):",
        "workflow/test_kept.py",
    ),
    Mutant(
        "an automation that changed is asked anew",
        "schema/automations.py",
        '            known_at_once("automation"),\n',
        "",
        "workflow/test_kept.py",
    ),
    Mutant(
        "who looked is asked by right",
        LOOKED,
        'return can("read", ReadEntry)\n',
        "return True\n",
        f"{READ} -k right_may_ask",
    ),
    Mutant(
        "who looked is asked of patients in scope",
        LOOKED,
        "known = scoped(Patient) if can_see_table(Patient) else Patient.select()",
        "known = Patient.select()",
        f"{READ} -k out_of_scope",
    ),
    Mutant(
        "a refused page is no look",
        "admin_views/reading.py",
        " and answer.status_code not in (403, 404):",
        ":",
        f"{READ} -k refused_page",
        behind="each page notes a record only after it knows that it may be shown",
    ),
    Mutant(
        "values sealed for one record serve no other",
        "admin_views/seeing.py",
        "return seen if owner == whose else None",
        "return seen",
        "test_conflict.py -k another_record",
    ),
)
