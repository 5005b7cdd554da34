"""An inquiry is answered: the contact is in the log, and the inquiry knows of it."""

from __future__ import annotations

import datetime as dt

from schema.acting import acting
from schema.contacts import Contact
from schema.leads import Lead
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def answer(lead_id: int, *, by: int, now: dt.datetime) -> Contact:
    """We called, or wrote where there is no telephone. Raises Refused.

    The first answer of an inquiry follows from its contacts (see `contact_answers_inquiry`).
    """
    with acting(staff=by), one_spoken_act():
        lead = Lead.get_or_none(Lead.id == lead_id)
        if lead is None or lead.lost_at is not None or lead.converted_at is not None:
            raise Refused("This inquiry is over.")
        return Contact.create(
            lead=lead,
            patient=lead.patient_id,
            card=lead.card_id,
            channel="call" if lead.phone else "email",
            direction="out",
            started_at=now,
            phone=lead.phone,
            by=by,
            at=now,
        )
