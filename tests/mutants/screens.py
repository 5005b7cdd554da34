"""Guards of screens: which pages and acts are open, and the pages that only admins may use."""

from __future__ import annotations

from tests.mutants import Mutant

VIEW = "admin_views/schema_view.py"
ENDING = "admin_views/ending.py"
POLICY = "admin_views/policy.py"
HERE = "test_guards_of_screens.py"
SCREENS = (
    Mutant(
        "a table opens for its readers",
        VIEW,
        'return can("read", self.model)',
        "return True",
        f"{HERE} -k nothing_opens",
    ),
    Mutant(
        "rows that verbs write have no form",
        POLICY,
        'if verb in WRITES and option(model, "verbs_only"):',
        "if False:",
        "test_every_view.py -k 'every_page and (tick or approval)'",
    ),
    Mutant(
        "acts of the past are not edited",
        POLICY,
        'if verb == "edit" and issubclass(model, Act):',
        "if False:",
        "test_every_view.py -k 'unchanged and (note or consent)'",
        behind="addresses.pages_of: an act has no address for editing",
    ),
    Mutant(
        "a verb needs its own right",
        POLICY,
        "return bool(getattr(right, verb, False))",
        "return True",
        f"{HERE} -k readers",
    ),
    Mutant(
        "a table verb counts for every ask",
        POLICY,
        "if right is None or not _table_verb(right, verb, model):",
        "if right is None:",
        f"{HERE} -k readers",
    ),
    Mutant(
        "creating needs the right to create",
        VIEW,
        "if not self.can_create:\n            abort(403)",
        "pass",
        f"{HERE} -k readers",
    ),
    Mutant(
        "editing needs the right to edit",
        "admin_views/editing.py",
        "if not self.can_edit:\n            abort(403)",
        "pass",
        f"{HERE} -k readers",
        behind="policy.may_touch: no row may be edited without the right",
    ),
    Mutant(
        "exporting needs the right to export",
        VIEW,
        "if not self.can_export or export_type not in",
        "if export_type not in",
        f"{HERE} -k readers",
    ),
    Mutant(
        "only known kinds of file are made",
        VIEW,
        'if not self.can_export or export_type not in ("csv", "xlsx"):',
        "if not self.can_export:",
        "test_every_view.py -k 'every_page and patient_tag'",
    ),
    Mutant(
        "looking up needs the right to write",
        VIEW,
        "if not (self.can_create or self.can_edit):\n            abort(403)",
        "pass",
        f"{HERE} -k readers",
    ),
    Mutant(
        "looking up goes by the form's own references",
        VIEW,
        "return lookups_of(form, self.model).get(name)",
        "return self.model._meta.fields.get(name)",
        f"{HERE} -k looked_up",
    ),
    Mutant(
        "nothing is deleted",
        VIEW,
        "def delete_view(self)",
        "def no_delete_view(self)",
        "test_every_view.py -k deleted",
        behind="addresses.pages_of: there is no address for it",
    ),
    Mutant(
        "nothing is changed inside a list",
        VIEW,
        "def ajax_update(self)",
        "def no_ajax_update(self)",
        "test_every_view.py -k deleted",
        behind="addresses.pages_of: there is no address for it",
    ),
    Mutant(
        "ending needs the right to edit",
        ENDING,
        'allowed = ends_by_hand(self.model) and can("edit", self.model, '
        'option(self.model, "ends"))',
        "allowed = ends_by_hand(self.model)",
        f"{HERE} -k not_write_the_day",
    ),
    Mutant(
        "only what ends by hand is ended",
        "admin_views/addresses.py",
        'return found | {"end_view"} if ends_by_hand(model) else found',
        'return found | {"end_view"}',
        f"{HERE} -k by_hand",
    ),
    Mutant(
        "what verbs end is not ended by hand",
        ENDING,
        "return bool(name and not closed and",
        "return bool(name and",
        HERE,
        behind="policy: columns that verbs own are not written",
    ),
    Mutant(
        "ending is for rows of the scope",
        ENDING,
        'row = self._row_or_404(request.values.get("id"))',
        'row = self.model.get_by_id(request.values.get("id"))',
        f"{HERE} -k ended",
    ),
    Mutant(
        "acts on many rows are known acts",
        ENDING,
        'if request.form.get("action") not in known:\n            abort(403)',
        "pass",
        f"{HERE} -k ended",
    ),
    Mutant(
        "acts on many rows need the right to edit",
        ENDING,
        'if ends_by_hand(self.model) and can("edit", self.model, option(self.model, "ends")):',
        "if ends_by_hand(self.model):",
        f"{HERE} -k not_write_the_day",
    ),
    Mutant(
        "acts on many rows are for rows of the scope",
        ENDING,
        "[self._row_or_404(key) for key in",
        "[self.model.get_by_id(key) for key in",
        f"{HERE} -k ended",
    ),
    Mutant(
        "the button for password links is the admin's",
        "admin_views/acts.py",
        "return person is not None and person.is_admin and person.seen_as is None",
        "return True",
        f"{HERE} -k button",
    ),
    Mutant(
        "the rights page is the admin's",
        "admin_views/rights.py",
        "return person is not None and person.is_admin and can(",
        "return person is not None and can(",
        f"{HERE} -k rights_page",
    ),
    Mutant(
        "the rights page needs the right to edit rights",
        "admin_views/rights.py",
        ' and can("edit", Grant)',
        "",
        f"{HERE} -k rights_page",
    ),
)
