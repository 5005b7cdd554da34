"""What the pages say is there: commands, settings, packages, files, links, the schema's words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from admin_views.audit_commands import audit
from admin_views.command_line import command_line
from app import db, demo_logins, seed
from schema import TABLES
from schema.base import rules_of
from tests.pictures import LARGEST, PICTURES, TAKEN

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOUSE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
MADE_FROM_CODE = "schema.md"
LONGEST = 250
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "deploy" / "README.md"]
WRITTEN = [page for page in PAGES if page.name != MADE_FROM_CODE]
FILE = re.compile(r"`(\w[\w./-]*\.(?:py|md|sql|txt|toml|conf|service|html|css)|\w[\w./-]*/)`")
MADE_BY_RUNNING = ("var/", "imports/", ".venv/")
PEEWEES_OWN = {"database", "only_save_dirty", "legacy_table_names", "table_name"}
COMMANDS = {
    "db": db,
    "seed": seed,
    "demo-logins": demo_logins,
    "audit": audit,
    **command_line.cli.commands,
}


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def rows(text: str) -> dict[str, str]:
    """The first two cells of every table row, without their ticks."""
    found = re.findall(r"^\| ([^|]+?) \| (.+?) \|", text, re.M)
    return {cell.strip("`"): said for cell, said in found}


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_gives_the_two_commands_alone_on_a_line(command):
    assert f"\n\n    {command}\n\n" in README


def test_the_readme_lists_what_make_can_do():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.M)) - {"help"}
    assert {name.removeprefix("make ") for name in rows(README) if "make " in name} == targets


def test_the_readme_lists_every_setting_that_is_read_and_no_other():
    source = (ROOT / "schema" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'told\.get\("([A-Z_]+)"', source))
    assert len(read) >= 10
    assert {name for name in rows(README) if name.isupper() and name in source} == read


def test_the_readme_says_why_each_required_package_is_there():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    packages = {line.split("==")[0] for line in lines}
    table = rows(README.split("## What it stands on")[1])
    assert table.keys() - {"Package", "---"} == packages
    assert all(len(reason) > 10 for package, reason in table.items() if package in packages)


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_file_that_a_page_names_exists(page):
    files = FILE.findall(page.read_text(encoding="utf-8"))
    mine = [name for name in files if not name.startswith((*MADE_BY_RUNNING, "/"))]
    gone = [name for name in mine if not (ROOT / name).exists() and not anywhere(name)]
    assert gone == []


def anywhere(name: str) -> bool:
    """Whether a file of that name stands on some floor: pages call `asking.py` by its name."""
    return any(next((ROOT / floor).rglob(name), None) for floor in ("admin_views", "schema"))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_between_pages_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    own = [link for link in links if "://" not in link]
    assert [link for link in own if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_picture_says_what_it_shows(page):
    pictures = re.findall(r"!\[([^\]]*)\]\((pictures/[^)]+)\)", page.read_text(encoding="utf-8"))
    assert all(len(said) > 5 for said, _ in pictures)


def test_every_picture_is_drawn_by_the_script_shown_in_a_guide_and_light():
    drawn = {f"{picture.name}.png" for picture in TAKEN} | {"first-run.png"}
    kept = {file.name: file.stat().st_size for file in PICTURES.glob("*.png")}
    text = "".join(page.read_text(encoding="utf-8") for page in WRITTEN)
    assert kept.keys() == drawn == {name for name in drawn if f"(pictures/{name})" in text}
    assert max(kept.values()) <= LARGEST


def test_every_guide_is_found_from_the_readme():
    guides = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert guides - set(re.findall(r"\]\((docs/[^)#]+)\)", README)) == set()


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_flask_command_that_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    for name, inner in re.findall(r"flask --app app ([a-z-]+)(?: ([a-z-]+))?", text):
        assert name in COMMANDS
        group = COMMANDS[name]
        assert not isinstance(group, click.Group) or inner in group.commands


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_page_can_be_read_in_one_sitting(page):
    assert len(page.read_text(encoding="utf-8").splitlines()) < LONGEST


def test_the_rules_that_the_house_shows_are_rules_of_the_schema():
    shown = set(re.findall(r'(?:Rule|Agree|Unique|Guard|Effect|NoOverlap)\("(\w+)"', HOUSE))
    assert len(shown) >= 6
    assert shown <= {rule.name for model in TABLES for rule in rules_of(model)}


def test_every_word_of_class_meta_is_explained_in_the_house():
    words = set().union(*(meta_words(file) for file in (ROOT / "schema").glob("*.py")))
    assert {word for word in words - PEEWEES_OWN if f"`{word}`" not in HOUSE} == set()


def meta_words(file: Path) -> set[str]:
    """The names that the `class Meta` blocks of a file set."""
    metas = [
        node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
    ]
    names = [name for meta in metas for name in ast.walk(meta) if isinstance(name, ast.Name)]
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}
