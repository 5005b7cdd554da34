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
from tests.mutants.board_faces import BOARD_FACES
from tests.mutants.card_acts import CARD_ACTS
from tests.mutants.card_facts import CARD_FACTS
from tests.mutants.card_kin import CARD_KIN
from tests.mutants.card_story import CARD_STORY
from tests.mutants.cards import CARDS
from tests.mutants.columns import COLUMNS
from tests.mutants.doors import DOORS
from tests.mutants.giving import GIVING
from tests.mutants.imports import IMPORTS
from tests.mutants.links import LINKS
from tests.mutants.people import PEOPLE
from tests.mutants.rows import ROWS
from tests.mutants.screens import SCREENS
from tests.mutants.tools import TOOLS
from tests.mutants.trail import TRAIL
from tests.mutants.writing import WRITING

HOUSE = Path(__file__).resolve().parents[2]
PLACE = "tests/admin_views"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")
CARDS_OF_ALL_KINDS = (*CARDS, *CARD_STORY, *CARD_KIN, *CARD_FACTS, *BOARD_FACES)
ACTS = (*CARD_ACTS, *GIVING, *LINKS)
PLACES = (*COLUMNS, *ROWS, *CARDS_OF_ALL_KINDS, *ACTS, *SCREENS, *WRITING, *IMPORTS)
ALL = (*PLACES, *DOORS, *PEOPLE, *TRAIL, *TOOLS)
PYTEST = (sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")


def main(words: list[str]) -> int:
    """Print a line for each guard and count those whose loss nobody noticed."""
    chosen = [m for m in ALL if not words or any(word in " ".join(m) for word in words)]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="benchside-mutants-") as folder:
        tree = shutil.copytree(HOUSE, Path(folder) / "house", ignore=LEFT_OUT)
        refuse_unsound(chosen, tree)
        for mutant in chosen:
            outcome, by = without(mutant, tree)
            missed += outcome not in ("killed", "behind")
            print(f"{outcome:8} | {mutant.guard} | {mutant.file} | {by}", flush=True)
    print(f"{len(chosen)} guards, {missed} could be lost unnoticed")
    return 1 if missed else 0


def refuse_unsound(chosen: list[Mutant], tree: Path) -> None:
    """With every guard in its place all these tests must pass, else their failing says nothing."""
    together: dict[str, list[str]] = {}
    for mutant in chosen:
        first, *more = arguments(mutant)
        together.setdefault(first, []).append(f"({more[-1]})" if more else "test_")
    for file, words in together.items():
        if said := failing([file, "-k", " or ".join(dict.fromkeys(words))], tree):
            raise SystemExit(f"{said} fails although no guard is gone")


def without(mutant: Mutant, tree: Path) -> tuple[str, str]:
    """What becomes of the tests when this guard is gone, and the first test that failed."""
    file = tree / mutant.file
    text = file.read_text()
    if text.count(mutant.old) != 1:
        return "MOVED", f"its text stands {text.count(mutant.old)} times in the file"
    file.write_text(text.replace(mutant.old, mutant.new))
    try:
        said = next((said for tests in tries(mutant) if (said := failing(tests, tree))), "")
    finally:
        file.write_text(text)
    if said:
        return "killed", said
    return ("behind", mutant.behind) if mutant.behind else ("SURVIVED", "")


def tries(mutant: Mutant) -> Iterator[list[str]]:
    """The tests that know this guard; then, when SLOWLY is set, all tests of the panel."""
    yield arguments(mutant)
    if os.environ.get("SLOWLY"):
        yield [PLACE]


def arguments(mutant: Mutant) -> list[str]:
    """What pytest is asked: a file of tests and perhaps `-k` with words."""
    first, *more = shlex.split(mutant.tests)
    return [f"{PLACE if '/' not in first else 'tests'}/{first}", *more]


def failing(tests: list[str], tree: Path) -> str:
    """The first test that failed; empty when all passed."""
    environment = {"TEST_ENGINES": "sqlite"} | os.environ
    ran = subprocess.run(
        [*PYTEST, *tests], cwd=tree, env=environment, capture_output=True, text=True
    )
    found = re.search(r"^(?:FAILED|ERROR) [^:\s]*?(\w+\.py\S*)", ran.stdout, re.M)
    if ran.returncode not in (0, 1):
        raise SystemExit(f"pytest {shlex.join(tests)} ran no test:\n{ran.stdout}{ran.stderr}")
    return found[1] if found and ran.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
