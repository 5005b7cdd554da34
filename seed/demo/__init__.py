"""A clinic to look at: invented people, eighteen months of work, everything a screen can show."""

from __future__ import annotations

from datetime import datetime

from schema.acting import acting
from schema.database import one_act
from schema.pipelines import Pipeline
from schema.staff import Clinic, Role, Staff
from schema.workflow import Refused
from seed import sow_first_rows
from seed.demo.care import Care, sow_care
from seed.demo.claims import sow_claims
from seed.demo.components import sow_components
from seed.demo.custody import sow_custody
from seed.demo.followups import sow_followups
from seed.demo.history import sow_history
from seed.demo.leads import sow_leads
from seed.demo.messages import sow_messages
from seed.demo.money import sow_invoices
from seed.demo.orders import sow_orders
from seed.demo.outside import sow_outside
from seed.demo.papers import sow_papers
from seed.demo.patients import sow_patients
from seed.demo.pen import Pen
from seed.demo.people import AT_THE_BENCH, PASSWORD, PIN, first_of_roles, sow_people
from seed.demo.photos import Studio, sow_photos
from seed.demo.plans import sow_plans
from seed.demo.recalls import sow_recalls
from seed.demo.runs import sow_runs
from seed.demo.stores import Stores, finish_lots, sow_shelf
from seed.demo.tracks import Bench, sow_tracks
from seed.demo.troubles import sow_troubles
from seed.demo.visits import Diary
from seed.demo.world import STORIES, World
from seed.demo.writing import write_all

__all__ = ["demo_logins", "sow_demo_clinic"]


def sow_demo_clinic(now: datetime, patients: int = 400) -> None:
    """Fill an empty house with the demo clinic as it stands at `now`; a second time does nothing.

    There are twelve stories, so there are at least twelve patients. The first rows are sown when
    they are missing. Raises Refused in a house where people work.
    """
    if Clinic.select().where(Clinic.is_demo).exists() and Staff.select().exists():
        return
    if Staff.select().exists():
        raise Refused("People work in this house already. Sow the demo in an empty one.")
    now, size = now.replace(microsecond=0), max(patients, STORIES)
    with acting(door="seed"), one_act():
        if not Role.select().exists() or not Pipeline.select().exists():
            sow_first_rows(now)
        _sow(World(now, size, Pen(now)))


def demo_logins() -> list[dict[str, str]]:
    """One person for each role: e-mail, password, role code, name and perhaps the PIN."""
    return [
        {
            "email": worker.email,
            "password": PASSWORD,
            "role": worker.role,
            "name": f"{worker.first} {worker.last}",
            **({"pin": PIN} if worker.role in AT_THE_BENCH else {}),
        }
        for worker in first_of_roles()
    ]


def _sow(world: World) -> None:
    """Draw the clinic part by part, write it, and let the keys catch up."""
    _in_use_since_the_start(world)
    sow_people(world)
    sow_patients(world)
    care = Care(world, Diary(world))
    stores = Stores(world)
    _treat(world, care, stores)
    write_all(world)
    finish_lots(stores)
    sow_runs(world)
    sow_papers(world)
    world.pen.catch_up()
    sow_custody(world)
    sow_outside(world)


def _in_use_since_the_start(world: World) -> None:
    """Eighteen months of cards travelled these pipelines, so they are older than that."""
    Pipeline.update(published_at=world.moment(world.start)).where(
        Pipeline.published_at.is_null(False)
    ).execute()


def _treat(world: World, care: Care, stores: Stores) -> None:
    """What is done in the clinic and in the laboratory, and what follows from it."""
    sow_care(care)
    plans = sow_plans(care)
    tickets = sow_orders(world, care.diary, plans)
    bench = Bench(world, Studio(world), stores)
    sow_tracks(bench, tickets)
    sow_photos(bench.studio, tickets)
    sow_shelf(stores)
    sow_components(world, tickets)
    sow_troubles(bench, tickets)
    sow_recalls(care)
    sow_invoices(care)
    sow_claims(care)
    sow_leads(world)
    sow_followups(care, plans)
    sow_messages(world, care.diary)
    sow_history(world)
