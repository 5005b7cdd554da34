"""The statement of a device as headings, facts and sentences, from its frozen facts alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schema.workflow.statement_content import Content
from schema.workflow.statement_words import WORDS

Fact = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """A heading with facts, a table (its first row the heads), and sentences, in that order."""

    heading: str
    facts: tuple[Fact, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[str, ...] = ()


def identity_of(content: Content) -> list[Fact]:
    """What tells this statement from every other; each page repeats it."""
    words = WORDS[content["language"]]
    return [
        (words["ticket"], content["ticket"]),
        (words["version"], str(content["version"])),
        (words["patient"], content["patient"]),
        (words["issued"], _day(content["issued_on"])),
    ]


def sections_of(content: Content) -> list[Section]:
    """All that Annex XIII, section 1 asks for, in its order."""
    words = WORDS[content["language"]]
    return [
        _maker(content, words),
        _device(content, words),
        _prescription(content, words),
        _properties(content, words),
        _materials(content, words),
        _conformity(content, words),
        _contains(content, words),
        _signature(content, words),
    ]


def replaced(content: Content) -> str:
    """What a correction says of the version before it; empty for the first."""
    if content["version"] == 1:
        return ""
    return WORDS[content["language"]]["replaces"].format(
        before=content["version"] - 1, day=_day(content["replaces"]), reason=content["reason"]
    )


def _maker(content: Content, words: dict[str, str]) -> Section:
    maker, place = content["maker"], content["made_at"]
    facts = [(words["name"], maker["name"]), (words["address"], maker["address"])]
    told = place["address"] if place == maker else f"{place['name']}, {place['address']}"
    return Section(words["maker"], (*facts, (words["made_at"], told)))


def _device(content: Content, words: dict[str, str]) -> Section:
    facts = (
        (words["described"], content["device"]),
        (words["identified"], words["order_number"].format(ticket=content["ticket"])),
        (words["implantable"], words["yes" if content["implantable"] else "no"]),
    )
    only = words["only"].format(code=content["patient"])
    return Section(words["device"], facts, sentences=(only,))


def _prescription(content: Content, words: dict[str, str]) -> Section:
    facts = (
        (words["prescriber"], content["prescriber"]),
        (words["institution"], content["institution"]),
        (words["prescribed"], _day(content["prescribed_on"])),
    )
    return Section(words["prescription"], tuple(fact for fact in facts if fact[1]))


def _properties(content: Content, words: dict[str, str]) -> Section:
    facts = [(label, value) for label, value in content["properties"]]
    if content["spans"]:
        facts.insert(0, (words["units"], ", ".join(content["spans"])))
    joined = any("=" in span for span in content["spans"])
    told = [_tooth(one) for one in content["teeth"]]
    sentences = (["; ".join(told) + "."] if told else []) + ([words["joined"]] if joined else [])
    return Section(words["properties"], tuple(facts), sentences=tuple(sentences))


def _tooth(one: Content) -> str:
    """`12 crown`, with the layer, another material and the implant where there is one."""
    more = [one["layer"], one["material"], one["implant"]]
    return ", ".join([f"{one['tooth']} {one['part']}", *filter(None, more)])


def _materials(content: Content, words: dict[str, str]) -> Section:
    if not content["lots"]:
        return Section(words["materials"], sentences=(words["no_lots"],))
    heads = tuple(words[name] for name in ("material", "maker", "product", "lot", "expires"))
    rows = [
        (
            one["material"],
            one["maker"],
            one["product"] or "–",
            one["lot"],
            _day(one["expires_on"]) if one["expires_on"] else "–",
        )
        for one in content["lots"]
    ]
    return Section(words["materials"], table=(heads, *rows))


def _conformity(content: Content, words: dict[str, str]) -> Section:
    unmet = content["unmet"]
    told = words["conforms_but"].format(unmet=unmet) if unmet else words["conforms"]
    return Section(words["conformity"], sentences=(told,))


def _contains(content: Content, words: dict[str, str]) -> Section:
    if not content["inside"]:
        return Section(words["contains"], sentences=(words["contains_none"],))
    kinds = ", ".join(words[kind] for kind in content["inside"])
    told = words["contains_some"].format(kinds=kinds, substances=content["substances"])
    return Section(words["contains"], sentences=(told,))


def _signature(content: Content, words: dict[str, str]) -> Section:
    signed = content["signed"]
    facts = (
        (words["signatory"], signed["name"]),
        (words["function"], signed["function"]),
        (words["signed_on"], f"{content['made_at']['address']}, {_day(content['issued_on'])}"),
        (words["kept"], _day(content["keep_until"])),
    )
    return Section(words["signature"], facts, sentences=(words["by_name"],))


def _day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d.%m.%Y}"
