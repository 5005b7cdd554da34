"""What ends with a person's leaving, whoever writes it down and from whatever screen."""

from __future__ import annotations

from schema.rules import Effect

# Who comes back sets a new PIN: the old one may be known to others by then.
PIN_ENDS = Effect(
    "staff_leaving_ends_the_pin",
    ("UPDATE OF ended_on",),
    "UPDATE staff_pin SET ended_on = NEW.ended_on, row_version = row_version + 1 "
    "WHERE staff_id = NEW.id AND ended_on IS NULL",
    when="NEW.ended_on IS NOT NULL AND OLD.ended_on IS NULL",
)
