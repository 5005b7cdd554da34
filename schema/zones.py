"""The time zones in which a clinic may stand, by the place that names them."""

from __future__ import annotations

HOME = "Europe/Bucharest"
_PLACES = (
    "Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Chisinau Copenhagen "
    "Dublin Helsinki Istanbul Kyiv Lisbon Ljubljana London Luxembourg Madrid Malta Oslo Paris "
    "Podgorica Prague Riga Rome Sarajevo Skopje Sofia Stockholm Tallinn Tirane Vienna Vilnius "
    "Warsaw Zagreb Zurich"
)
ZONES = {f"Europe/{place}": place for place in _PLACES.split()} | {"UTC": "UTC"}
