"""The terminal as a screen: `flask db backup`, `restore` and `move`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from admin_views.command_line import Spoken
from schema.base import utcnow
from schema.start import refuse_unsound_start
from schema.workflow.backups import back_up
from schema.workflow.backups import restore as put_back
from schema.workflow.moving import move_house

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup", cls=Spoken)
@with_appcontext
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the whole database to FILE while people work, and check the copy."""
    refuse_unsound_start()
    size = back_up(file, current_app.config["SETTINGS"].database_url, utcnow())
    click.echo(f"{file}: {size:,} bytes, read back and whole.")


@click.command("restore", cls=Spoken)
@with_appcontext
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Overwrite a database that is not empty.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of this database. Stop the program first."""
    url = current_app.config["SETTINGS"].database_url
    aside = put_back(file, url, overwrite=yes, now=utcnow())
    if aside:
        click.echo(f"What was there before is kept: {aside}")
    for name in current_app.extensions["upgrade"]():
        click.echo(f"upgraded: {name}")
    refuse_unsound_start()
    click.echo("Restored, and sound.")


@click.command("move", cls=Spoken)
@with_appcontext
@click.option("--to", "url", required=True, help="Address of an empty database.")
def move(url: str) -> None:
    """Copy every row to another database, of either engine, and compare. Stop the program first."""
    refuse_unsound_start()
    done = move_house(url, current_app.extensions["upgrade"], _tell)
    click.echo(f"{done:,} rows moved, and equal on both sides. Now set DATABASE_URL to it.")


def _tell(table: str, rows: int) -> None:
    if rows:
        click.echo(f"{rows:9,} {table}")


KEEPING = (backup, restore, move)
