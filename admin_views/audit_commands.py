"""`flask audit`: prove the audit, anchor its end, take in what came past Benchside."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from admin_views.command_line import Spoken
from schema import TABLES
from schema.anchors import drop_anchor
from schema.audit import AuditEntry
from schema.base import utcnow
from schema.settings import Settings, audit_keys
from schema.start import refuse_unsound_start
from schema.trail import recorded_tables
from schema.verifying import verify
from schema.workflow.audit import take_in

MOST_TOLD = 100
ADVICE = """
What to do: find out who had the database in hand at that time, and compare with the last backup.
Altered rows are put right on their screens, or by restoring the backup. What was made outside on
purpose: flask --app app audit accept --reason "why". An altered or missing entry stays a finding;
keep the database file and its anchors as they are, they are evidence."""

audit = AppGroup("audit", help="The chains of everything that was changed.")


@audit.command("verify", cls=Spoken)
@with_appcontext
def verify_audit() -> None:
    """Prove the chains, every change, every row and the anchors. Ends with 1 on any finding."""
    refuse_unsound_start()
    read = count = 0

    def tell(rows: int) -> None:
        nonlocal read
        read += rows
        if sys.stderr.isatty():
            click.echo(f"\r{read} rows read", nl=False, err=True)

    for count, finding in enumerate(
        verify(TABLES, audit_keys(), _settings().anchor_folder, tell), 1
    ):
        if count <= MOST_TOLD:
            click.echo(str(finding))
    tables = len(recorded_tables(TABLES))
    entries = AuditEntry.select().count()
    click.echo(f"{entries} entries, {tables} tables, {read} rows read: {count} findings.")
    if count:
        click.echo(ADVICE, err=True)
        sys.exit(1)


@audit.command("anchor", cls=Spoken)
@with_appcontext
def anchor_audit() -> None:
    """Note the ends of the chains outside of the database, now."""
    refuse_unsound_start()
    anchors = drop_anchor(_settings().anchor_folder, utcnow())
    for anchor in anchors:
        click.echo(f"{anchor}")
    if not anchors:
        click.echo("Nothing was changed yet, so there is nothing to anchor.")


@audit.command("accept", cls=Spoken)
@with_appcontext
@click.option("--reason", required=True, help="Why: it stays in the audit for good.")
def accept_outside(reason: str) -> None:
    """Take in what was made outside Benchside; it stays told as such."""
    refuse_unsound_start()
    click.echo(f"{take_in(reason)} changes taken in.")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
