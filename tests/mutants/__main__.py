"""Takes every guard away, one by one, in a copy of the house, and sees whether the tests notice.

`python -m tests.mutants [WORD ...]`: all guards, or those in whose row one of the words stands.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.mutants import Mutant
from tests.mutants.columns import COLUMNS
from tests.mutants.doors import DOORS
from tests.mutants.imports import IMPORTS
from tests.mutants.people import PEOPLE
from tests.mutants.rows import ROWS
from tests.mutants.screens import SCREENS
from tests.mutants.writing import WRITING

HOUSE = Path(__file__).resolve().parents[2]
PLACE = "tests/admin_views"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")
ALL = (*COLUMNS, *ROWS, *SCREENS, *WRITING, *IMPORTS, *DOORS, *PEOPLE)
PYTEST = (sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")


def main(words: list[str]) -> int:
    """Print a line for each guard and count those whose loss nobody noticed."""
    chosen = [m for m in ALL if not words or any(word in " ".join(m) for word in words)]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="benchside-mutants-") as folder:
        tree = shutil.copytree(HOUSE, Path(folder) / "house", ignore=LEFT_OUT)
        for mutant in chosen:
            outcome, by = without(mutant, tree)
            missed += outcome not in ("killed", "behind")
            print(f"{outcome:8} | {mutant.guard} | {mutant.file} | {by}", flush=True)
    print(f"{len(chosen)} guards, {missed} could be lost unnoticed")
    return 1 if missed else 0


def without(mutant: Mutant, tree: Path) -> tuple[str, str]:
    """What becomes of the tests when this guard is gone, and the first test that failed."""
    file = tree / mutant.file
    text = file.read_text()
    if text.count(mutant.old) != 1:
        return "MOVED", f"its text stands {text.count(mutant.old)} times in the file"
    if mutant.behind:
        return "behind", mutant.behind
    file.write_text(text.replace(mutant.old, mutant.new))
    try:
        said = next((said for tests in tries(mutant) if (said := failing(tests, tree))), "")
    finally:
        file.write_text(text)
    return ("killed", said) if said else ("SURVIVED", "")


def tries(mutant: Mutant) -> Iterator[list[str]]:
    """The tests that know this guard; then, when SLOWLY is set, all tests of the panel."""
    first, *more = shlex.split(mutant.tests)
    yield [f"{PLACE if '/' not in first else 'tests'}/{first}", *more]
    if os.environ.get("SLOWLY"):
        yield [PLACE]


def failing(tests: list[str], tree: Path) -> str:
    """The first test that failed; empty when all passed."""
    environment = {"TEST_ENGINES": "sqlite"} | os.environ
    ran = subprocess.run(
        [*PYTEST, *tests], cwd=tree, env=environment, capture_output=True, text=True
    )
    found = re.search(r"^(?:FAILED|ERROR) [^:\s]*?(\w+\.py\S*)", ran.stdout, re.M)
    if ran.returncode not in (0, 1):
        return f"pytest itself stopped with {ran.returncode}" if found is None else found[1]
    return found[1] if found and ran.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
