"""The terminal as a screen: `flask import`, `flask make-admin`."""

from __future__ import annotations

from typing import Any

import click
from flask import Blueprint

from schema.base import utcnow
from schema.settings import WrongSetting
from schema.start import UnsoundStart, refuse_unsound_start
from schema.workflow import Refused
from schema.workflow.imports import KINDS, import_file
from schema.workflow.own_password import make_first_admin

SENTENCES = (WrongSetting, UnsoundStart, Refused)

command_line = Blueprint("command_line", __name__, cli_group=None)


class Spoken(click.Command):
    """A command whose refusals are sentences, not traces."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SENTENCES as error:
            raise click.ClickException(str(error)) from error


@command_line.cli.command("import", cls=Spoken)
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Judge the rows, write nothing.")
@click.option("--skip-refused", is_flag=True, help="Write the good rows although others are bad.")
def import_rows(kind: str, file: str, dry_run: bool, skip_refused: bool) -> None:
    """Bring in a table from a CSV or XLSX file."""
    refuse_unsound_start()
    plan = import_file(kind, file, dry_run, skip_refused=skip_refused, now=utcnow())
    for result in plan.refused():
        click.echo(f"row {result.number}: {result.reason}", err=True)
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in plan.counts().items() if count))
    if plan.refused() and not skip_refused:
        raise click.ClickException("Some rows are refused; nothing was written.")


@command_line.cli.command("make-admin", cls=Spoken)
@click.option("--last-name", prompt=True)
@click.option("--first-name", prompt=True)
@click.option("--email", prompt="E-mail")
@click.password_option()
def make_admin(last_name: str, first_name: str, email: str, password: str) -> None:
    """Make the first admin of an empty house, before anybody can reach its pages."""
    refuse_unsound_start()
    staff = make_first_admin(
        last_name=last_name, first_name=first_name, email=email, password=password, now=utcnow()
    )
    click.echo(f"{staff.email} may sign in now.")
