"""The front door: the web application, the command line, and both together on one machine."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from typing import Any

import click
from flask import Flask, current_app, g, request
from flask.cli import AppGroup, NoAppException, with_appcontext
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import import_string

from admin_views import build_panel, own_language, people, reading, sheets, tablet
from admin_views.audit_commands import audit
from admin_views.command_line import Spoken, command_line
from admin_views.configuring import SCREENS, configuration
from admin_views.errors import explain_errors
from admin_views.external_reports import external_reports
from admin_views.first_run import first_run
from admin_views.health import health
from admin_views.keeping import KEEPING
from admin_views.key_desk import key_desk
from admin_views.remake_desk import remake_desk
from admin_views.retrying import Retrying
from admin_views.safety import dress_answers, guard_requests, is_static, require_person
from admin_views.signing_in import signing_in
from admin_views.speaking import speak
from admin_views.who_acts import tell_who_acts
from schema import migrations
from schema.base import utcnow
from schema.database import CONNECTIONS, close_database, database, open_database
from schema.memory import give_memory_back, keep_for_good
from schema.settings import PROJECT, Settings, WrongSetting, keep_utc, read_settings
from schema.staff import Clinic, Role, Staff
from schema.start import UnsoundStart, refuse_unsound_start
from schema.workflow import Refused
from schema.workflow.first_clinic import set_up_code
from tasks.beside import WorkerBeside, end_with_parent


class House(Retrying):
    """The application; its log names the rule of a request, since paths can hold secrets."""

    def log_exception(self, exc_info: Any) -> None:
        where = request.url_rule or "no page"
        self.logger.error("%s %s %s", g.request_id, request.method, where, exc_info=exc_info)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application over the one database, ready for any WSGI server.

    Raises WrongSetting or UnsoundStart, in words, instead of serving a house that is not sound.
    """
    settings = settings or own_settings()
    keep_utc()
    if database.obj is None:
        open_database(settings.database_url)
    if not on_command_line():
        refuse_unsound_start()
    app = House(
        "benchside", root_path=str(SCREENS), static_folder="static", template_folder="templates"
    )
    app.config.update(configuration(settings))
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops
        )
    furnish(app, settings)
    give_memory_back()
    return app


def create_child() -> Flask:
    """The web application in a process that ends with the one that started it."""
    end_with_parent()
    app = create_app()
    keep_for_good()
    return app


def furnish(app: Flask, settings: Settings) -> None:
    """Guards first, in the order in which a request meets them; then the screens."""
    guard_requests(app, settings)
    CSRFProtect(app).exempt(external_reports)
    app.before_request(open_connection)
    app.teardown_request(close_connection)
    people.install(app)
    app.before_request(require_person)
    tablet.install(app)
    tell_who_acts(app)
    reading.install(app)
    speak(app, own_language.reading_language)
    dress_answers(app, settings)
    sheets.install(app)
    explain_errors(app)
    for desk in (health, signing_in, first_run, external_reports, key_desk, remake_desk):
        app.register_blueprint(desk)
    own_language.install(app)
    app.register_blueprint(command_line)
    app.extensions.update(sow=sow, upgrade=migrations.upgrade)
    for command in (db, seed, demo_logins, audit):
        app.cli.add_command(command)
    build_panel(app)


def open_connection() -> None:
    """A connection for each request; what its thread has open already is used."""
    if not is_static() and request.blueprint != health.name:
        g.opened_here = database.connect(reuse_if_open=True)


def close_connection(error: BaseException | None) -> None:
    """Give the connection back to its pool, where it keeps the pages it has read."""
    if g.pop("opened_here", False):
        database.close()


def own_settings() -> Settings:
    """The settings of this process; the command line says what is wrong without a trace."""
    try:
        return read_settings()
    except WrongSetting as error:
        raise NoAppException(str(error)) if on_command_line() else error from None


def on_command_line() -> bool:
    """Whether `flask db upgrade` and its like are running, which must open an unsound house too."""
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "run" not in sys.argv


db = AppGroup("db", help="The database's shape.")
seed = AppGroup("seed", help="First rows. Sowing twice is sowing once.")


@db.command("upgrade")
def upgrade() -> None:
    """Apply what the database lacks, all or nothing."""
    try:
        applied = migrations.upgrade()
    except migrations.MigrationFailed as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(applied) if applied else "Nothing to do.")


@db.command("status")
def status() -> None:
    """List every change and whether this database has it."""
    for name, applied in migrations.status():
        click.echo(f"{'applied' if applied else 'PENDING':8} {name}")


@seed.command("rows", cls=Spoken)
def seed_rows() -> None:
    """Sow pipelines, rights, wordings and reference data."""
    refuse_unsound_start()
    sow("seed.sow_first_rows")


@seed.command("demo", cls=Spoken)
@click.option("--if-empty", is_flag=True, help="Do nothing when anybody works here already.")
def seed_demo(if_empty: bool) -> None:
    """Sow the first rows and the demo clinic."""
    refuse_unsound_start()
    if if_empty and Staff.select().exists():
        click.echo("Somebody works here already; nothing sown.")
        return
    sow("seed.sow_first_rows")
    sow("seed.demo.sow_demo_clinic")


def sow(name: str, now: datetime | None = None) -> None:
    """The seeds are rarely wanted and take long to import, so they are named, not imported."""
    import_string(name)(now or utcnow())


for keeping in KEEPING:
    db.add_command(keeping)


@click.command("demo-logins", cls=Spoken)
@with_appcontext
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def demo_logins(as_json: bool) -> None:
    """List one sign-in for each role of the demo clinic."""
    refuse_unsound_start()
    if not Clinic.select().where(Clinic.is_demo).exists():
        raise Refused("This is not the demo clinic; its people have their own passwords.")
    address = current_app.config["SETTINGS"].base_url
    logins = [{"address": address, **login} for login in import_string("seed.demo.demo_logins")()]
    if as_json:
        click.echo(json.dumps(logins, ensure_ascii=False, indent=2))
        return
    click.echo(address)
    for login in logins:
        click.echo("  {role:24} {email:40} {password}  {pin}".format(**{"pin": "", **login}))


def serve() -> None:
    """Web and worker on one machine, until SIGTERM or Ctrl-C; the database is upgraded first."""
    # Here, because commands and other servers than this one have no use for its 6 MiB.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    settings = read_settings()
    keep_utc()
    open_database(settings.database_url)
    migrations.upgrade()
    refuse_unsound_start()
    if not Role.select().exists():
        sow("seed.sow_first_rows")
    is_new = not Staff.select().exists()
    close_database()
    server = Granian(
        f"{PROJECT / 'app'}:create_child",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=CONNECTIONS,
        factory=True,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_level=LogLevels.error,
    )
    worker = WorkerBeside()
    server.on_startup(worker.start)
    server.on_shutdown(worker.stop)
    print(f"Benchside is at {settings.base_url} (stop it with Ctrl-C)", flush=True)
    if is_new:
        print(f"Nobody works here yet. Set-up code: {set_up_code(settings.secret_key)}", flush=True)
    server.serve()


if __name__ == "__main__":
    try:
        serve()
    except (WrongSetting, UnsoundStart, migrations.MigrationFailed) as error:
        sys.exit(str(error))
