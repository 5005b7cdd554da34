"""Fields of the clinic's own in lists: filtered by type, searched, sorted, grouped, chosen."""

from __future__ import annotations

import logging
import re

import pytest

from schema.custom import CustomValue
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.test_writing import text
from tests.factories.custom import a_custom_field, a_custom_value
from tests.factories.leads import a_lead
from tests.factories.staff import a_clinic
from tests.web import a_web

GROUPED = {
    "choice": {"choice_value": "red"},
    "yes_no": {"yes_no_value": True},
    "day": {"day_value": "2026-11-30"},
}


@pytest.fixture
def desk(house):
    """Somebody who may do everything, in a house where changes of rights are counted."""
    a_clinic()
    return a_web(house).as_(somebody_who_may_do_everything())


def names(desk, query):
    return re.findall(r'<td class="name"><a[^>]*>([^<]*)</a>', text(desk.get(f"/lead/?{query}")))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("flt.custom.lead.text.has=stefan", "A"),
        ("flt.custom.lead.text.is=Ștefan Tower", "A"),
        ("flt.custom.lead.number.from=2,4", "A"),
        ("flt.custom.lead.number.to=2.4", "B"),
        ("flt.custom.lead.day.is=30.11.2026", "A"),
        ("flt.custom.lead.day.to=2026-11-29", "B"),
        ("flt.custom.lead.choice.is=red", "A"),
        ("flt.custom.lead.choice.not=red", "BC"),
        ("flt.custom.lead.yes_no.is=0", "B"),
        ("flt.custom.lead.link.has=scans", "A"),
        ("flt.custom.lead.money.from=1.000,00", "A"),
        ("flt.custom.lead.text.filled=1", "AB"),
        ("flt.custom.lead.text.empty=1", "C"),
        ("search=stefan", "A"),
        ("search=red", ""),
        ("sort=custom.lead.number", "CBA"),
        ("sort=-custom.lead.number", "ABC"),
        ("flt.custom.claim.text.is=x", "CBA"),
    ],
)
def test_a_question_finds_the_rows_that_it_means(desk, query, found):
    leads = {name: a_lead(name=name) for name in "ABC"}
    said = {
        "text": ("Ștefan Tower", "Water"),
        "number": ("2.5", "2.25"),
        "day": ("2026-11-30", "2026-11-29"),
        "choice": ("red", "blue"),
        "yes_no": (True, False),
        "link": ("https://scans.test/7", "https://files.test/8"),
        "money": (123_450, 500),
    }
    for kind, values in said.items():
        field = a_custom_field(type=kind, code=kind, searchable=kind == "text")
        for name, value in zip("AB", values, strict=True):
            facts = {"card": leads[name].card, "field": field, "type": kind}
            CustomValue.create(**facts, **{f"{kind}_value": value})

    got = names(desk, query)

    assert sorted(got) == sorted(found)
    if "sort=" in query:
        assert "".join(got) == found


def test_a_list_takes_no_more_questions_for_more_fields(desk, counted):
    a_lead()
    before = counted(lambda: desk.get("/lead/"))
    for _ in range(5):
        a_custom_field(searchable=True)
    desk.get("/lead/")
    assert counted(lambda: desk.get("/lead/")) <= before


@pytest.fixture
def counted():
    """How many statements a piece of work sends to the database."""

    def count(work):
        seen = []

        class Ears(logging.Handler):
            def emit(self, record):
                seen.append(record)

        ears, log = Ears(), logging.getLogger("peewee")
        log.addHandler(ears)
        level = log.level
        log.setLevel(logging.DEBUG)
        try:
            work()
        finally:
            log.removeHandler(ears)
            log.setLevel(level)
        return len(seen)

    return count


@pytest.mark.parametrize("kind", ["choice", "yes_no", "day"])
def test_a_list_is_grouped_by_a_field_of_the_clinics_own(desk, kind):
    field = a_custom_field(type=kind, code="mine", label="Mine")
    a_custom_value(card=a_lead().card, field=field, **GROUPED[kind])
    a_lead()

    page = text(desk.get("/lead/?group=custom.lead.mine"))

    heads = re.findall(r'href="/lead/\?([^"]*flt\.custom\.lead\.mine[^"]*)"', page)
    assert len({head for head in heads if "group" not in head}) == 2
    for head in heads:
        assert len(names(desk, head.replace("&amp;", "&"))) == 1


def test_a_list_shows_the_chosen_fields_in_their_order(desk):
    a_custom_value(card=a_lead(name="Popa").card, field=a_custom_field(code="one", label="One"))
    a_custom_field(code="two", label="Two", in_list=False)

    page = text(desk.get("/lead/?columns=name,custom.lead.two,custom.lead.one"))

    heads = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)<', page)
    assert [head.strip() for head in heads] == ["Name", "Two", "One"]
