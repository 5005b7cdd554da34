"""What is said on each event: the first wordings, per channel and language."""

from __future__ import annotations

from schema.messages import Wording
from seed.sowing import sow
from seed.wordings_en import ENGLISH
from seed.wordings_ro import ROMANIAN


def sow_wordings() -> None:
    """Wordings that are missing for an event, channel and language."""
    rows = [
        {
            "event": event,
            "channel": channel,
            "language": language,
            "subject": heading,
            "text": text,
        }
        for language, texts in (("ro", ROMANIAN), ("en", ENGLISH))
        for event, (short, subject, long) in texts.items()
        for channel, heading, text in _channels(short, subject, long)
    ]
    sow(Wording, ("event", "channel", "language"), rows)


def _channels(short: str | None, subject: str, long: str) -> list[tuple[str, str | None, str]]:
    """A short text goes by SMS and WhatsApp, the long one by e-mail."""
    if short is None:
        return [("email", subject, long)]
    return [("sms", None, short), ("whatsapp", None, short), ("email", subject, long)]
