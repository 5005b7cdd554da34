"""Guards of imports: who may bring in what, and where its file waits."""

from __future__ import annotations

from tests.mutants import Mutant

PAGES = "admin_views/imports.py"
FILES = "admin_views/import_files.py"
HERE = "test_guards_of_screens.py"
IMPORTS = (
    Mutant(
        "importing is for those who may create",
        PAGES,
        "return current_person() is not None and bool(open_kinds())",
        "return True",
        "test_imports.py -k may_not_create",
    ),
    Mutant(
        "lists to import are those one may create",
        PAGES,
        'for kind, importer in KINDS.items() if can("create", importer.model)]',
        "for kind in KINDS]",
        "test_imports.py -k permitted",
    ),
    Mutant(
        "a file is taken for a permitted list",
        PAGES,
        "if kind not in open_kinds():\n            abort(403)\n        try",
        "if kind not in KINDS:\n            abort(403)\n        try",
        "test_imports.py -k permitted",
    ),
    Mutant(
        "a waiting file is for a permitted list",
        PAGES,
        "if waiting.kind not in open_kinds():\n            abort(403)",
        "pass",
        f"{HERE} -k waiting",
    ),
    Mutant(
        "imported columns are permitted ones",
        PAGES,
        "if waiting.mapping != allowed(waiting.mapping, importer) or person is None:",
        "if person is None:",
        "test_imports.py -k hidden",
    ),
    Mutant(
        "imported columns follow the rights on columns",
        PAGES,
        'return can("create", importer.model, target.name)',
        "return True",
        "test_imports.py -k hidden",
    ),
    Mutant(
        "imported roles need the right to give roles",
        PAGES,
        'return can("create", StaffRole)',
        "return True",
        f"{HERE} -k give_roles",
    ),
    Mutant(
        "imported rows are one's own",
        PAGES,
        "if mine.count() < len(keys):",
        "if False:",
        "test_imports.py -k own_place",
    ),
    Mutant(
        "a waiting file is its sender's",
        FILES,
        "return waiting if waiting.staff_id == person.staff_id else None",
        "return waiting",
        "test_imports.py -k private",
    ),
    Mutant(
        "a waiting file's name is no path",
        FILES,
        "not isinstance(token, str) or not TOKEN.fullmatch(token) or person is None",
        "person is None",
        "test_imports.py -k outside",
    ),
    Mutant(
        "a waiting file is gone after an hour",
        FILES,
        "if path.stat().st_mtime < oldest:",
        "if False:",
        "test_imports.py -k hour",
    ),
    Mutant(
        "a waiting file is private on the disk",
        FILES,
        "os.O_TRUNC, 0o600)",
        "os.O_TRUNC, 0o644)",
        "test_imports.py -k private",
    ),
)
