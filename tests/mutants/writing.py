"""Guards of writing: which columns and rows a form may change, and when it is too late."""

from __future__ import annotations

from tests.mutants import Mutant

INLINES = "admin_views/inlines.py"
KEEPER = "admin_views/writing.py"
PAGES = "admin_views/form_pages.py"
FORMS = "admin_views/forms.py"
INPUTS = "admin_views/inputs.py"
SELECTS = "admin_views/selects.py"
HERE = "test_guards_of_writing.py"
WRITING = (
    Mutant(
        "a form holds what its person may write",
        INLINES,
        "if name in ends or not can(verb, model, column):",
        "if name in ends:",
        "test_guards_of_columns.py -k read_only",
    ),
    Mutant(
        "a form holds the child tables that its person may write",
        INLINES,
        'if not (can("create", child) or can("edit", child)):',
        "if False:",
        f"{HERE} -k only_read",
    ),
    Mutant(
        "a form's child rows hold what its person may write",
        INLINES,
        'prune_columns(entry.form, child, is_new=not entry.form["id"].data)',
        "pass",
        f"{HERE} -k child_column",
    ),
    Mutant(
        "a form's child rows are those of the scope",
        INLINES,
        "query = scoped(child).where(",
        "query = child.select().where(",
        f"{HERE} -k childs_scope",
    ),
    Mutant(
        "a form's child rows are of readable tables",
        PAGES,
        '        if can("read", child):\n            data[name]',
        "        if True:\n            data[name]",
        HERE,
        behind="inlines.prune_inlines: without a right the child table is not in the form",
    ),
    Mutant(
        "the card's columns need the right to edit cards",
        PAGES,
        'kept = column == "row_version" or can("edit", above.rel_model, column)',
        "kept = True",
        f"{HERE} -k card",
    ),
    Mutant(
        "a chosen row is one that its person knows",
        INPUTS,
        "if self.data is not None and not self.known:",
        "if False:",
        f"{HERE} -k chosen_row",
    ),
    Mutant(
        "a chosen value stands in the list",
        SELECTS,
        "if self.data not in known:",
        "if False:",
        f"{HERE} -k chosen_value",
    ),
    Mutant(
        "a chosen code stands in the list",
        SELECTS,
        "if self.data is not None and self.data not in known:",
        "if False:",
        "test_form_faces.py",
    ),
    Mutant(
        "a child row is one of the scope",
        KEEPER,
        "mine = scoped(child).where(",
        "mine = child.select().where(",
        f"{HERE} -k childs_scope",
    ),
    Mutant(
        "a child row belongs to its parent",
        KEEPER,
        "row = mine.where(child._meta.fields[key] == parent._pk).first()",
        "row = mine.first()",
        "test_writing.py -k stolen",
    ),
    Mutant(
        "a child row is edited by those who may",
        KEEPER,
        'if can("edit", child) and may_touch("edit", row):',
        'if may_touch("edit", row):',
        HERE,
        behind="inlines.prune_columns: without the right no column is left to change",
    ),
    Mutant(
        "a child row is added by those who may",
        KEEPER,
        '        if not can("create", child):\n'
        '            raise Refused("You may not add rows here.")\n',
        "",
        HERE,
        behind="inlines.prune_columns: without the right no column is left to fill",
    ),
    Mutant(
        "a new row is one's own",
        KEEPER,
        'if not (may_touch("read", row) and may_touch("create", row)):',
        "if False:",
        f"{HERE} -k new_row",
    ),
    Mutant(
        "a changed row is the one that was seen",
        KEEPER,
        "update.where(here, table.row_version == seen)",
        "update.where(here)",
        "test_writing.py -k 'second or forged'",
    ),
    Mutant(
        "an unchanged row is the one that was seen",
        KEEPER,
        "if not changed and not touched and seen == row.row_version:",
        "if not changed and not touched:",
        f"{HERE} -k stale",
    ),
    Mutant(
        "a row without a version is refused",
        KEEPER,
        '        if self.form["row_version"].data is None:\n            raise StaleRow\n',
        "",
        HERE,
        behind="Keeper._bump: no row has an empty version",
    ),
    Mutant(
        "a child row without a version is refused",
        KEEPER,
        '            if form["row_version"].data is None:\n                raise StaleRow\n',
        "",
        HERE,
        behind="Keeper._bump: no row has an empty version",
    ),
    Mutant(
        "a card is the one that was seen",
        KEEPER,
        'self._bump(card, self.form[f"{CARD}row_version"].data, touched)',
        "self._bump(card, card.row_version, touched)",
        f"{HERE} -k stale",
    ),
    Mutant(
        "an act is kept whole or not at all",
        KEEPER,
        "            with one_act():\n                return act()",
        "            return act()",
        "test_writing.py -k keeps_nothing",
    ),
    Mutant(
        "an act's moment is the clock's",
        FORMS,
        'closed |= {"by", "at"}',
        'closed |= {"by"}',
        f"{HERE} -k note",
    ),
    Mutant(
        "an act's author is not typed",
        FORMS,
        'closed |= {"by", "at"}',
        'closed |= {"at"}',
        f"{HERE} -k note",
    ),
    Mutant(
        "an act's author is the person at the screen",
        KEEPER,
        "self.model._meta.fields:\n            row.by = my_key()",
        "self.model._meta.fields:\n            pass",
        f"{HERE} -k note",
    ),
    Mutant(
        "the house's own columns are in no form",
        FORMS,
        'WRITTEN_BY_THE_HOUSE = ("id", "created_at")',
        'WRITTEN_BY_THE_HOUSE = ("id",)',
        "test_writing.py -k columns_that_no_form_holds",
    ),
    Mutant(
        "files hold no formulas",
        "admin_views/exporting.py",
        """return f"'{text}" if text.startswith(FORMULA_STARTS) else text""",
        "return text",
        "test_lists.py -k formulas",
    ),
)
