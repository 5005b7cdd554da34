"""What a browser says of itself, in words that people know."""

from __future__ import annotations

# The first sign that fits wins: Edge and Opera also call themselves Chrome, Chrome also Safari.
DEVICES = (
    (
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari/", "Safari"),
    ),
    (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ),
)


def device_text(agent: str | None) -> str:
    """`Firefox, Windows` for what a browser says of itself; its first words when unknown."""
    said = agent or ""
    found = [next((word for sign, word in signs if sign in said), "") for signs in DEVICES]
    return ", ".join(filter(None, found)) or said[:40]
