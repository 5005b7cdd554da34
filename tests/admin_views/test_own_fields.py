"""Fields of the clinic's own behave like any other column of their record, on every screen."""

from __future__ import annotations

import re

import pytest

from schema.cards import Card
from schema.custom import CustomField, CustomValue
from schema.leads import Lead
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.test_writing import text
from tests.factories.cards import a_card
from tests.factories.custom import a_custom_field
from tests.factories.leads import a_lead
from tests.factories.pipelines import a_pipeline, stage_of
from tests.factories.staff import a_clinic
from tests.pages import posted
from tests.rows import change
from tests.web import a_web

TYPED = {
    "text": ("Ștefan & Co <b>", "Ștefan & Co <b>"),
    "number": ("2,5", "2.5"),
    "day": ("2026-11-30", "30 Nov 2026"),
    "choice": ("red", "red"),
    "yes_no": ("True", "Yes"),
    "link": ("https://scans.test/7", "scans.test"),
    "money": ("1.234,50", "1,234.50"),
}


@pytest.fixture
def desk(house):
    """Somebody who may do everything, in a house where changes of rights are counted."""
    a_clinic()
    return a_web(house).as_(somebody_who_may_do_everything())


def lead_page(desk, lead):
    return posted(text(desk.get(f"/lead/edit/?id={lead.id}")))


def value_of(lead, code):
    row = (
        CustomValue.select().join(CustomField).where(CustomValue.card == lead.card_id)
        .where(CustomField.code == code).dicts().get()
    )  # fmt: skip
    return row[f"{row['type']}_value"]


def test_every_type_is_typed_kept_and_shown(desk):
    lead = a_lead()
    for kind in TYPED:
        a_custom_field(type=kind, code=f"my_{kind}", label=f"My {kind}")
    form = lead_page(desk, lead) | {
        f"custom__my_{kind}": typed for kind, (typed, _) in TYPED.items()
    }

    answer = desk.send(f"/lead/edit/?id={lead.id}", form)

    assert answer.status_code == 302, text(answer)
    details = text(desk.get(f"/lead/details/?id={lead.id}"))
    listed = text(desk.get("/lead/"))
    again = text(desk.get(f"/lead/edit/?id={lead.id}"))
    for _, shown in TYPED.values():
        escaped = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert escaped in details
        assert escaped in listed
    assert "<b>" not in details + listed + again
    assert posted(again)["custom__my_money"] == ["1,234.50"]
    assert desk.send(f"/lead/edit/?id={lead.id}", posted(again)).status_code == 302


def test_what_makes_no_sense_is_said_at_its_field_and_stays(desk):
    lead = a_lead()
    for kind in ("number", "day", "link", "money", "choice"):
        a_custom_field(type=kind, code=kind)
    bad = {"number": "many", "day": "31.02.2026", "link": "http://x", "money": "dear",
           "choice": "violet"}  # fmt: skip
    form = lead_page(desk, lead) | {f"custom__{kind}": typed for kind, typed in bad.items()}

    refused = desk.send(f"/lead/edit/?id={lead.id}", form)

    assert refused.status_code == 422
    for kind, typed in bad.items():
        assert f'id="error-custom__{kind}"' in text(refused)
        assert kind == "choice" or f'value="{typed}"' in text(refused)
    assert CustomValue.select().count() == 0


def test_a_new_record_takes_its_values_in_the_same_act(desk):
    lead = a_lead()
    a_custom_field(type="choice", code="colour")
    form = lead_page(desk, lead) | {"custom__colour": "blue", "name": "Popa Ana"}
    form = {name: value for name, value in form.items() if not name.endswith("row_version")}

    assert desk.send("/lead/new/", form | {"phone": "12"}).status_code == 422
    assert CustomValue.select().count() == 0
    assert desk.send("/lead/new/", form | {"phone": "0722418330"}).status_code == 302

    assert value_of(Lead.get(name="Popa Ana"), "colour") == "blue"


def test_the_second_of_two_editors_of_a_value_is_refused(desk):
    lead = a_lead()
    a_custom_field(code="word")
    page = lead_page(desk, lead)

    first = desk.send(f"/lead/edit/?id={lead.id}", page | {"custom__word": "First"})
    second = desk.send(f"/lead/edit/?id={lead.id}", page | {"custom__word": "Second"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "First" in text(second)
    assert 'value="Second"' in text(second)
    assert value_of(lead, "word") == "First"


def test_a_card_is_edited_with_its_own_fields_too(desk):
    lead = a_lead()
    a_custom_field(code="word", kind="lead")
    a_custom_field(code="other", kind="claim")
    page = posted(text(desk.get(f"/card/edit/?id={lead.card_id}")))

    assert "custom__other" not in page
    saved = desk.send(f"/card/edit/?id={lead.card_id}", page | {"custom__word": "Seen"})
    late = desk.send(f"/card/edit/?id={lead.card_id}", page | {"custom__word": "Late"})

    assert (saved.status_code, late.status_code) == (302, 409)
    assert value_of(lead, "word") == "Seen"
    assert "Seen" in text(desk.get(f"/lead/details/?id={lead.id}"))


def test_an_emptied_value_is_gone_from_screens_and_its_row_stays(desk):
    lead = a_lead()
    a_custom_field(code="word")
    desk.send(f"/lead/edit/?id={lead.id}", lead_page(desk, lead) | {"custom__word": "Zebra"})

    answer = desk.send(f"/lead/edit/?id={lead.id}", lead_page(desk, lead) | {"custom__word": ""})

    assert answer.status_code == 302
    assert "Zebra" not in text(desk.get("/lead/"))
    assert value_of(lead, "word") is None


def test_a_field_of_one_pipeline_stands_on_its_cards_only(desk):
    way = a_pipeline(kind="lead")
    lead, other = a_lead(card=a_card("lead", pipeline=way)), a_lead()
    a_custom_field(code="special", label="Special", pipeline=way)

    assert "custom__special" in lead_page(desk, lead)
    assert "custom__special" not in lead_page(desk, other)
    assert "Special" not in text(desk.get(f"/lead/details/?id={other.id}"))


def test_a_field_is_asked_for_from_its_stage_on(desk):
    way = a_pipeline(kind="lead")
    lead = a_lead(card=a_card("lead", pipeline=way))
    field = a_custom_field(code="word", required_from_stage=stage_of(way, "working"))

    free = desk.send(f"/lead/edit/?id={lead.id}", lead_page(desk, lead))
    change(field, required_from_stage=stage_of(way, "new"))
    asked = desk.send(f"/lead/edit/?id={lead.id}", lead_page(desk, lead))

    assert (free.status_code, asked.status_code) == (302, 422)
    assert 'id="error-custom__word"' in text(asked)


def test_a_retired_field_is_read_where_it_has_a_value_and_nowhere_else(desk):
    lead, other = a_lead(), a_lead()
    field = a_custom_field(code="word", label="Old word")
    desk.send(f"/lead/edit/?id={lead.id}", lead_page(desk, lead) | {"custom__word": "Zebra"})
    change(field, retired_on="2026-11-20")

    assert "Zebra" in text(desk.get(f"/lead/details/?id={lead.id}"))
    assert "Old word" not in text(desk.get(f"/lead/details/?id={other.id}"))
    assert "Old word" not in text(desk.get("/lead/"))
    assert "custom__word" not in lead_page(desk, lead)


def test_the_value_of_a_card_is_not_offered_as_a_row_of_its_own(desk):
    lead = a_lead()
    a_custom_field(code="word")
    desk.send(f"/lead/edit/?id={lead.id}", lead_page(desk, lead) | {"custom__word": "Zebra"})

    assert "Custom values" not in re.sub(
        r"<nav.*?</nav>", "", text(desk.get(f"/lead/details/?id={lead.id}")), flags=re.S
    )
    assert desk.get("/custom-value/new/").status_code == 404
    assert desk.get(f"/custom-value/edit/?id={CustomValue.get().id}").status_code == 404
    assert Card.select().count() == 1
