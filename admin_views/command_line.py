"""The terminal as a screen: `flask import`, `flask make-admin`."""

from __future__ import annotations

import sys
from contextlib import suppress
from getpass import getuser
from pathlib import Path
from socket import gethostname
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Blueprint, current_app
from flask.cli import with_appcontext

from schema.acting import acting
from schema.base import utcnow
from schema.settings import WrongSetting
from schema.staff import Clinic
from schema.start import UnsoundStart, refuse_unsound_start
from schema.workflow import Refused
from schema.workflow.first_clinic import set_up_code
from schema.workflow.imports import KINDS, Plan, applying, plan_import, refused_csv
from schema.workflow.own_password import make_first_admin, refuse_unless_empty
from schema.workflow.sheet_rows import refuse_bytes
from schema.workflow.sheets import read_sheet

MOST_TOLD = 50
SENTENCES = (WrongSetting, UnsoundStart, Refused)

command_line = Blueprint("command_line", __name__, cli_group=None)


class Spoken(click.Command):
    """A command whose refusals are sentences, not traces; the audit knows who typed it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with acting(door="command", address=terminal(), reason=ctx.command_path):
                return super().invoke(ctx)
        except SENTENCES as error:
            raise click.ClickException(str(error)) from error


def terminal() -> str:
    """Who types where, as far as the machine knows: user@machine."""
    user = "?"
    with suppress(KeyError, OSError):  # a container may run under a number without a name
        user = getuser()
    return f"{user}@{gethostname()}"


@command_line.cli.command("import", cls=Spoken)
@with_appcontext
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Judge the rows, write nothing.")
@click.option("--skip-refused", is_flag=True, help="Write the good rows although others are bad.")
def import_rows(kind: str, file: Path, dry_run: bool, skip_refused: bool) -> None:
    """Bring in a table from a CSV or XLSX file, all of it or nothing."""
    refuse_unsound_start()
    clinic = Clinic.get_or_none()
    zone = ZoneInfo(clinic and clinic.time_zone or current_app.config["CLINIC_TIMEZONE"])
    refuse_bytes(file.stat().st_size)
    sheet = read_sheet(file.name, file.read_bytes())
    plan = plan_import(kind, sheet, by=None, now=utcnow(), zone=zone)
    with click.progressbar(plan, length=len(sheet.rows), label="Judging", file=sys.stderr) as rows:
        for _ in rows:
            pass
    _tell_refused(plan, file)
    if not dry_run:
        with acting(door="import", reason=f"{kind}: {file.name}"):
            for done in applying(plan, skip_refused=skip_refused):
                click.echo(f"{done} rows written", err=True)
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in plan.counts().items() if count))


def _tell_refused(plan: Plan, file: Path) -> None:
    """Name the refused rows, and keep them beside the file with their reasons."""
    refused = plan.refused()
    for result in refused[:MOST_TOLD]:
        click.echo(f"row {result.number}: {result.reason}", err=True)
    if refused:
        kept = file.with_suffix(".refused.csv")
        kept.write_bytes(refused_csv(plan))
        click.echo(f"{len(refused)} refused rows with their reasons: {kept}", err=True)


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


@command_line.cli.command("set-up-code", cls=Spoken)
def tell_code() -> None:
    """Print the code that opens the first-run pages of an empty house."""
    refuse_unsound_start()
    refuse_unless_empty()
    click.echo(set_up_code(current_app.config["SECRET_KEY"]))
