"""FIRST ROWS: what a new house starts with; sowing twice is sowing once."""

from __future__ import annotations

from datetime import datetime

from schema.acting import acting
from schema.database import one_act
from schema.staff import Clinic
from seed.automations import sow_automations
from seed.holidays import sow_holidays
from seed.lab import sow_lab
from seed.lab_capacity import sow_capacities
from seed.lists import sow_lists
from seed.pipelines import sow_pipelines
from seed.procedure_types import sow_procedure_types
from seed.protocols import sow_protocols
from seed.recall_rules import sow_recall_rules
from seed.rights import sow_rights
from seed.sowing import sow_once
from seed.stage_roles import sow_stage_roles
from seed.views import sow_views
from seed.wordings import sow_wordings


def sow_first_rows(now: datetime) -> None:
    """Sow everything that is missing, in one act; what the clinic edited stays as it is."""
    with acting(door="seed"), one_act():
        sow_rights()
        sow_once(Clinic, [{"id": 1, "name": "Our clinic"}])
        sow_lists()
        sow_holidays(now)
        sow_procedure_types()
        sow_recall_rules()
        sow_protocols()
        sow_lab()
        sow_wordings()
        new = sow_pipelines(now)
        sow_automations(new)
        sow_capacities()
        sow_stage_roles(new)
        sow_views()
