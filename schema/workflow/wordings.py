"""Changing what is said on an event: a text names only what can be filled in."""

from __future__ import annotations

from schema.database import one_act
from schema.messages import Wording
from schema.wording_words import PLACEHOLDERS, names_in
from schema.workflow import Refused

LONGEST = 5000


def refuse_unknown_names(event: str, *texts: str | None) -> None:
    """Refused when a brace is open, or names something that this event cannot fill in."""
    known = PLACEHOLDERS.get(event, frozenset())
    for text in filter(None, texts):
        try:
            named = names_in(text)
        except ValueError:
            raise Refused(
                "A brace { or } stands alone. Write placeholders as {first_name}."
            ) from None
        for name in sorted(named - known):
            raise Refused(
                "«{%(name)s}» is not known here. This event fills in: %(known)s.",
                name=name,
                known=", ".join(f"{{{one}}}" for one in sorted(known)),
            )


def set_wording(
    wording: Wording, *, subject: str | None, text: str, active: bool, version: int
) -> None:
    """Change one wording, when it is still as it was read (`version`)."""
    if not text.strip():
        raise Refused("Write a text, or switch the wording off.")
    if len(text) > LONGEST:
        raise Refused("At most %(most)d characters fit here.", most=LONGEST)
    if wording.channel == "email" and not (subject or "").strip():
        raise Refused("An e-mail needs a subject.")
    refuse_unknown_names(wording.event, subject, text)
    kept = {"subject": subject if wording.channel == "email" else None, "text": text}
    with one_act():
        changed = Wording.update(**kept, active=active, row_version=Wording.row_version + 1).where(
            Wording.id == wording.id, Wording.row_version == version
        )
        if not changed.execute():
            raise Refused("Someone else changed this wording. Look at it again.")


def filled(text: str, sample: dict[str, str]) -> str:
    """A text with its placeholders filled in from a sample; unknown ones stay as they are."""
    for name, value in sample.items():
        text = text.replace(f"{{{name}}}", value)
    return text
