"""Fields of the clinic's own in many records: seen first, kept together, in their history."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.custom import CustomValue
from schema.leads import Lead
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.test_bulk import fields_of, hidden
from tests.admin_views.test_own_fields_rights import reader
from tests.admin_views.test_writing import text
from tests.factories.cards import a_card
from tests.factories.custom import a_custom_field, a_custom_value
from tests.factories.leads import a_lead
from tests.factories.pipelines import a_pipeline

TYPED = {
    "text": ("Ștefan & Co", "Ștefan & Co"),
    "number": ("2,5", "2.5"),
    "day": ("30.11.2026", "30 Nov 2026"),
    "choice": ("red", "red"),
    "yes_no": ("True", "Yes"),
    "link": ("https://scans.test/7", "https://scans.test/7"),
    "money": ("1.234,50", "1,234.50"),
}


@pytest.fixture
def desk(inquiries):
    return inquiries.as_(somebody_who_may_do_everything())


def start(browser, *rows, table="lead"):
    return text(browser.send("/bulk/", {"table": table, "rowid": [str(row.id) for row in rows]}))


def go(browser, step, page, table="lead", **fields):
    return browser.send("/bulk/", {"table": table, "step": step, "rows": hidden(page, "rows"),
                                   "change": list(fields), **fields})  # fmt: skip


def said(code):
    return [lead_value(lead, code) for lead in Lead.select().order_by(Lead.id)]


def lead_value(lead, code):
    values = CustomValue.select().where(CustomValue.card == lead.card_id)
    return next((getattr(v, f"{v.type}_value") for v in values if v.field.code == code), None)


@pytest.mark.parametrize("kind", TYPED)
def test_a_field_of_each_type_is_shown_before_and_after_and_kept(desk, kind):
    field = a_custom_field(type=kind, code="mine", label="My field")
    leads = [a_lead(), a_lead()]
    typed, shown = TYPED[kind]
    page = start(desk, *leads)
    assert "custom__mine" in fields_of(page) and "My field" in page

    preview = text(go(desk, "preview", page, custom__mine=typed))
    assert "2 records would change" in preview and shown in preview.replace("&amp;", "&")
    assert CustomValue.select().count() == 0

    done = text(go(desk, "apply", preview, custom__mine=typed))
    assert "2 records changed" in done
    values = said("mine")
    assert None not in values and len(set(values)) == 1
    assert [card.row_version for card in Card.select()] == [2, 2]
    assert field.label in text(desk.get(f"/lead/history/?id={leads[1].id}"))

    again = text(go(desk, "preview", start(desk, *leads), custom__mine=typed))
    assert "2 records have these values already" in again


def test_a_record_edited_meanwhile_keeps_its_own_value(desk):
    a_custom_field(code="mine")
    leads = [a_lead(), a_lead()]
    page = start(desk, *leads)
    Card.update(row_version=2, priority="urgent").where(Card.id == leads[0].card_id).execute()

    answer = go(desk, "apply", page, custom__mine="Blue")

    assert answer.status_code == 409 and "Someone else changed this record" in text(answer)
    assert said("mine") == [None, None]


def test_a_required_value_is_not_emptied_in_any_of_them(desk):
    lead = a_lead()
    field = a_custom_field(code="mine", required_from_stage=lead.card.stage)
    a_custom_value(card=lead.card, field=field, text_value="Blue")

    answer = go(desk, "apply", start(desk, lead), custom__mine="")

    assert answer.status_code == 409
    assert "required at the stage where the card stands" in text(answer)
    assert said("mine") == ["Blue"]


def test_a_record_on_another_way_says_that_it_lacks_the_field(desk):
    way = a_pipeline(kind="lead")
    a_custom_field(code="mine", label="Only there", pipeline=way)
    there = a_lead(card=a_card("lead", pipeline=way))
    elsewhere = a_lead()
    assert "custom__mine" not in fields_of(start(desk, elsewhere))

    preview = text(go(desk, "preview", start(desk, there, elsewhere), custom__mine="Blue"))

    assert "One record would change" in preview
    assert "This field is not on that kind of card." in preview
    assert go(desk, "apply", preview, custom__mine="Blue").status_code == 200
    assert said("mine") == ["Blue", None]


def test_cards_offer_the_fields_of_their_kind_when_they_have_one(desk):
    for kind in ("lead", "claim"):
        a_custom_field(kind=kind, code="mine")
    lead, claim = a_lead().card, a_card("claim")
    assert "custom__mine" not in fields_of(start(desk, lead, claim, table="card"))

    page = start(desk, lead, table="card")
    answer = go(desk, "apply", page, table="card", custom__mine="Blue")

    assert "One record changed" in text(answer)
    assert said("mine") == ["Blue"]


@pytest.mark.parametrize(
    "rights",
    [
        {},
        {"verbs": ("edit",)},
        {"verbs": ("create",)},
        {"verbs": ("create", "edit"), "hides": ("text_value",)},
    ],
)
def test_who_may_not_fill_a_field_is_neither_offered_it_nor_obeyed(inquiries, rights):
    a_custom_field(code="mine")
    browser = reader(inquiries, **rights)
    page = start(browser, a_lead())

    answer = go(browser, "apply", page, custom__mine="Blue")

    assert "custom__mine" not in fields_of(page)
    assert answer.status_code == 422
    assert said("mine") == [None]


def test_a_field_that_is_no_longer_used_is_not_offered(desk):
    a_custom_field(code="mine", retired_on="2026-01-01")

    assert "custom__mine" not in fields_of(start(desk, a_lead()))
