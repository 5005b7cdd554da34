"""The plan of the house, read from its code: who uses whom, and that nobody goes round it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {
    "app": {"admin_views", "tasks", "reports", "seed", "schema.migrations", "schema.workflow"},
    "admin_views": {"reports", "schema.workflow"},
    "tasks": {"reports", "schema.workflow"},
    "reports": set[str](),
    "seed": {"schema.workflow"},
    "schema.workflow": set[str](),
    "schema.migrations": set[str](),
    "schema": set[str](),
}
GROUND = "schema"
ONLOOKERS = ("bench", "tests", "words")
LONGEST_FILE = 250


class Import(NamedTuple):
    """One name that a module imports, and where in the module it does so."""

    target: str
    line: int
    place: str


# What the code says


def test_every_room_is_on_the_plan():
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    loose = {file.stem for file in ROOT.glob("*.py")}
    assert packages | loose <= {floor.split(".")[0] for floor in FLOORS} | set(ONLOOKERS)


def test_no_arrow_points_up():
    refuse(
        f"{module}:{found.line} may not use {found.target}"
        for module, source in house().items()
        for found in imports(module, source)
        if not may_use(module, found.target)
    )


def test_modules_do_not_run_in_circles():
    try:
        TopologicalSorter(arrows()).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_import_of_our_own_hides_in_a_function():
    refuse(
        f"{module}:{found.line} imports {found.target} inside a function"
        for module, source in house().items()
        for found in imports(module, source)
        if module != "app" and found.place == "function" and floor_of(found.target)
    )


def test_drawing_is_loaded_when_something_is_drawn():
    refuse(
        f"{module}:{found.line} loads {found.target} with the house"
        for module, source in house().items()
        for found in imports(module, source)
        if found.place == "module" and found.target.split(".")[0] == "matplotlib"
    )


@pytest.mark.skipif(not (ROOT / "app.py").exists(), reason="the front door is not built yet")
def test_the_front_door_opens_without_drawing_and_without_spreadsheets():
    heavy = {"matplotlib", "openpyxl", "xlsxwriter", "fpdf", "segno", "barcode", "numpy", "PIL"}
    look = f"import app, sys; print({heavy} & {{*sys.modules}})"
    seen = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True)
    assert (seen.stdout.strip(), seen.stderr) == ("set()", "")


def test_every_file_opens_with_a_sentence():
    refuse(
        f"{module} does not say what it is"
        for module, source in (house() | onlookers()).items()
        if source.strip() and not opening(source)
    )


def test_no_file_outgrows_its_room():
    refuse(
        f"{module} has {len(source.splitlines())} lines, split it by noun"
        for module, source in (house() | onlookers()).items()
        if not module.startswith("tests") and len(source.splitlines()) > LONGEST_FILE
    )


# That the tests above would see it


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("admin_views.lab", "import tasks"),
        ("admin_views.lab", "from tasks.queue import huey"),
        ("tasks.queue", "from admin_views import lab"),
        ("tasks.queue", "import app"),
        ("reports.load", "from schema.workflow.lab import move_order"),
        ("reports.load", "from schema import workflow"),
        ("schema.lab", "def f():\n    from . import workflow"),
        ("schema.lab", "from .workflow.lab import move_order"),
        ("schema.workflow.lab", "from ..migrations import upgrade"),
        ("seed.demo", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import reports"),
        ("schema.workflow.lab", "import seed"),
        ("app", "from tests.conftest import House"),
    ],
)
def test_a_forbidden_arrow_is_seen(module: str, source: str):
    assert not all(may_use(module, found.target) for found in imports(module, source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("app", "import admin_views, tasks, reports, seed, schema.migrations"),
        ("admin_views.lab", "from schema.workflow import lab\nfrom reports import stage_load"),
        ("schema.workflow.lab", "from schema.lab import LabOrder\nfrom ..base import Row"),
        ("seed.demo", "from schema import TABLES\nimport flask, seed.words"),
    ],
)
def test_an_allowed_arrow_is_let_through(module: str, source: str):
    assert all(may_use(module, found.target) for found in imports(module, source))


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("import matplotlib.pyplot", "module"),
        ("try:\n    import matplotlib\nexcept ImportError:\n    pass", "module"),
        ("class Chart:\n    from matplotlib import figure", "module"),
        ("if typing.TYPE_CHECKING:\n    import matplotlib", "typing"),
        ("async def draw():\n    if True:\n        import matplotlib", "function"),
    ],
)
def test_the_place_of_an_import_is_seen(source: str, place: str):
    assert [found.place for found in imports("reports.load", source)] == [place]


# How the plan is read


@cache
def house() -> dict[str, str]:
    """Every module of the house with its text."""
    return read(sorted({floor.split(".")[0] for floor in FLOORS}))


@cache
def onlookers() -> dict[str, str]:
    """The modules that may use everything and that nobody uses."""
    return read(ONLOOKERS)


def read(rooms: list[str] | tuple[str, ...]) -> dict[str, str]:
    files = [file for room in rooms for file in [ROOT / f"{room}.py", *(ROOT / room).rglob("*.py")]]
    return {name_of(file): file.read_text(encoding="utf-8") for file in files if file.exists()}


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module: str) -> str | None:
    """The floor that a module stands on; None when it is no module of ours."""
    above = [floor for floor in (*FLOORS, *ONLOOKERS) if f"{module}.".startswith(f"{floor}.")]
    return max(above, key=len, default=None)


def may_use(module: str, target: str) -> bool:
    own, other = floor_of(module), floor_of(target)
    return other in (None, own, GROUND) or other in FLOORS[str(own)]


def arrows() -> dict[str, set[str]]:
    """Which module of the house imports which others."""
    known = house()
    return {
        module: {found.target for found in imports(module, source)} & known.keys() - {module}
        for module, source in known.items()
    }


def imports(module: str, source: str) -> Iterator[Import]:
    for node, place in import_lines(ast.parse(source)):
        for target in targets(module, node):
            yield Import(target, node.lineno, place)


def import_lines(
    tree: ast.AST, place: str = "module"
) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, place
        else:
            yield from import_lines(node, place_inside(node, place))


def place_inside(node: ast.AST, outside: str) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return "function"
    if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        return "typing"
    return outside


def targets(module: str, node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that an import names; `from a import b` is a.b when that is a module."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    parent = ".".join(filter(None, [package_above(module, node.level), node.module]))
    inside = [f"{parent}.{alias.name}" for alias in node.names]
    return [name if name in house() or name in FLOORS else parent for name in inside]


def package_above(module: str, level: int) -> str:
    if not level:
        return ""
    parts = module.split(".")
    is_package = (ROOT.joinpath(*parts) / "__init__.py").exists()
    return ".".join(parts[: len(parts) - level + is_package])


def opening(source: str) -> str:
    return (ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0]


def refuse(complaints: Iterator[str]) -> None:
    found = list(complaints)
    assert not found, "\n".join(found)


# How the plan is shown: python -m tests.test_house


def plan() -> Iterator[str]:
    """The floors with the arrows that are drawn, and each file by its opening sentence."""
    for floor in FLOORS:
        rooms = [module for module in house() if floor_of(module) == floor]
        used = {floor_of(target) for module in rooms for target in arrows()[module]} - {floor}
        yield f"\n{floor} -> {', '.join(sorted(map(str, used))) or 'nothing'}\n"
        for module in rooms:
            yield f"  {module:<36} {' '.join(opening(house()[module]).split())}"


if __name__ == "__main__":
    print("\n".join(plan()).strip())
