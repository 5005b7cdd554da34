"""Writing a message into the outbox: the wording in use, on a channel that reaches the person."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card
from schema.leads import Lead
from schema.messages import CHANNELS, Message, Wording
from schema.patients import Patient
from schema.staff import Clinic
from schema.wording_words import names_in
from schema.workflow import Refused


def post(
    event: str,
    *,
    key: str,
    now: dt.datetime,
    patient_id: int | None = None,
    lead: Lead | None = None,
    card: Card | None = None,
) -> Message:
    """One waiting message to a patient or an inquiry; the same key twice is one message.

    Raises Refused when nobody can be reached, no wording is in use, or it asks for unknown facts.
    """
    there = Message.get_or_none(Message.key == key)
    if there is not None:
        return there
    reader = Patient.get_by_id(patient_id) if patient_id else lead
    if reader is None:
        raise Refused("There is nobody on this card to write to.")
    wording, address = _wording_for(event, reader)
    told = {"first_name": _first_name(reader), "clinic_phone": _clinic_phone()}
    return Message.create(
        key=key,
        event=event,
        channel=wording.channel,
        address=address,
        patient=patient_id,
        lead=None if patient_id else lead,
        card=card,
        wording=wording,
        subject=wording.subject and _fill(wording.subject, told),
        body=_fill(wording.text, told),
        not_before=now,
    )


def _wording_for(event: str, reader: Patient | Lead) -> tuple[Wording, str]:
    """The wording in the reader's language on the first channel with an address, wished first."""
    wordings = Wording.select().where(Wording.event == event, Wording.active)
    language = getattr(reader, "language", None) or "ro"
    found = {(one.channel, one.language): one for one in wordings}
    wished = getattr(reader, "preferred_channel", None)
    for channel in sorted(CHANNELS, key=lambda name: name != wished):
        address = reader.email if channel == "email" else reader.phone
        wording = found.get((channel, language)) or found.get((channel, "ro"))
        if wording is not None and address:
            return wording, address
    raise Refused("No wording of this event reaches the person: look at telephone and e-mail.")


def _fill(text: str, told: dict[str, str]) -> str:
    unknown = names_in(text) - set(told)
    if unknown:
        raise Refused("This wording asks for %(names)s.", names=", ".join(sorted(unknown)))
    return text.format(**told)


def _first_name(reader: Patient | Lead) -> str:
    return str(getattr(reader, "first_name", None) or getattr(reader, "name", "") or "")


def _clinic_phone() -> str:
    return str(Clinic.select(Clinic.phone).scalar() or "")
