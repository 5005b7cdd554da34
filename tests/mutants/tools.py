"""Guards of the tools of a list: finding, saved views, many rows, own fields; the set-up code."""

from __future__ import annotations

from tests.mutants import Mutant

BULK = "test_bulk.py"
FOUND = "test_find.py"
OWN = "admin_views/own_columns.py"
OWN_RIGHTS = "test_own_fields_rights.py"
FIRST = "test_first_run.py"
VIEWS = "test_views.py"
TOOLS = (
    Mutant(
        "nobody finds by unreadable columns",
        "admin_views/find_rows.py",
        '        fields = [field for field in fields if can("read", model, field)]\n',
        "",
        f"{FOUND} -k columns_that",
    ),
    Mutant(
        "nobody finds in unreadable tables",
        "admin_views/find.py",
        'if option(model, "found") and can("read", model)]',
        'if option(model, "found")]',
        f"{FOUND} -k no_kind",
        behind="find_rows: of a table that may not be read no column is left to search",
    ),
    Mutant(
        "nobody finds rows out of scope",
        "admin_views/find_rows.py",
        "        limit = scope(self.model)\n",
        "        limit = None\n",
        f"{FOUND} -k outside_of_the_scope",
    ),
    Mutant(
        "saved views are for those who may read them",
        "admin_views/view_rows.py",
        'if person is None or not can("read", SavedView):',
        "if person is None:",
        f"{VIEWS} -k whoever",
    ),
    Mutant(
        "a view is changed by its owner or who may share",
        "admin_views/view_sharing.py",
        "return view if own or (may_share() and _is_public(view)) else None",
        "return view",
        f"{VIEWS} -k shared_view",
    ),
    Mutant(
        "a view is shared by those who may share",
        "admin_views/views.py",
        'if may_share() and "sharing" in request.form:',
        'if "sharing" in request.form:',
        f"{VIEWS} -k only_who_may_share",
    ),
    Mutant(
        "many rows are changed by those who may edit the table",
        "admin_views/bulk.py",
        "if model is None or not may_change_many(model) or",
        "if model is None or",
        f"{BULK} -k only_who_may_edit",
    ),
    Mutant(
        "many rows change in columns that one may write",
        "admin_views/bulk.py",
        "        prune_columns(form, model, is_new=False)\n",
        "",
        f"{BULK} -k may_not_be_written",
    ),
    Mutant(
        "each of many rows is one that the person may edit",
        "admin_views/bulk_rows.py",
        "            if one.key in allowed\n",
        "            if True\n",
        f"{BULK} -k reads_more",
    ),
    Mutant(
        "own fields are read by type",
        OWN,
        'can("read", CustomValue, "field") and can("read", CustomValue, own.column)',
        'can("read", CustomValue, "field")',
        f"{OWN_RIGHTS} -k money",
    ),
    Mutant(
        "own fields are typed by right",
        OWN,
        "return may_read(own) and all(granted(verb, CustomValue, own.column) for verb in WRITES)",
        "return may_read(own)",
        f"{OWN_RIGHTS} -k type_them",
    ),
    Mutant(
        "the set-up code opens the first pages",
        "schema/workflow/first_clinic.py",
        'if not hmac.compare_digest(told.encode(), set_up_code(secret).replace("-", "").encode()):',
        "if False:",
        f"{FIRST} -k without_the_code",
    ),
    Mutant(
        "each first page asks for the set-up code",
        "admin_views/first_run.py",
        "if not proven():",
        "if False:",
        f"{FIRST} -k without_the_code",
    ),
    Mutant(
        "a house with people is not set up again",
        "schema/workflow/first_clinic.py",
        "        refuse_company()\n        sow_rows(now)",
        "        sow_rows(now)",
        f"{FIRST} -k not_set_up_again",
    ),
)
