"""Who meets fields of the clinic's own: whoever meets the record, as far as types are theirs."""

from __future__ import annotations

from schema.custom import CustomValue
from tests.admin_views.test_own_fields_work import sent_file
from tests.admin_views.test_writing import text
from tests.factories.rights import a_field_grant, a_grant
from tests.factories.staff import a_location, a_person, a_role
from tests.pages import posted


def reader(web, *, verbs=(), hides=()):
    """Somebody who may edit inquiries, and custom values as far as is told."""
    role = a_role("reader")
    full = {"may_create": True, "may_edit": True, "may_export": True, "scope": "all"}
    for table in ("lead", "card", "custom_field", "pipeline", "stage", "inquiry_source"):
        a_grant(role=role, table_name=table, **full)
    if verbs:
        rights = {f"may_{verb}": verb in verbs for verb in ("create", "edit", "export")}
        a_grant(role=role, table_name="custom_value", scope="all", **rights)
    for column in hides:
        a_field_grant(role=role, table_name="custom_value", column=column, access="hidden")
    return web.as_(a_person(role_code="reader", location=a_location()))


def pages(browser, lead):
    addresses = ("/lead/", f"/lead/details/?id={lead.id}", f"/lead/edit/?id={lead.id}",
                 "/lead/export/csv/", "/lead/new/")  # fmt: skip
    return "".join(text(browser.get(address)) for address in addresses)


def test_who_may_not_read_custom_values_meets_none_of_them(inquiries, filled):
    browser = reader(inquiries)

    seen = pages(browser, filled)

    assert "Popa Ana" in seen
    for secret in ("My money", "My text", "777,00", "Zebra", "custom__"):
        assert secret not in seen
    assert "Popa Ana" not in text(browser.get("/lead/?search=zebra"))
    assert "left out" in text(browser.get("/lead/?flt.custom.lead.text.is=Zebra"))
    form = posted(text(browser.get(f"/lead/edit/?id={filled.id}")))
    browser.send(f"/lead/edit/?id={filled.id}", form | {"custom__text": "Forged"})
    assert CustomValue.get(type="text").text_value == "Zebra"


def test_a_role_that_sees_no_prices_sees_no_fields_of_money(inquiries, filled):
    browser = reader(inquiries, verbs=("create", "edit"), hides=("money_value",))

    seen = pages(browser, filled)

    assert "Zebra" in seen and "custom__text" in seen
    for secret in ("My money", "777,00", "custom__money"):
        assert secret not in seen
    assert "left out" in text(browser.get("/lead/?flt.custom.lead.money.from=1"))
    form = posted(text(browser.get(f"/lead/edit/?id={filled.id}")))
    sent = form | {"custom__text": "Lion", "custom__money": "1"}
    assert browser.send(f"/lead/edit/?id={filled.id}", sent).status_code == 302
    assert CustomValue.get(type="text").text_value == "Lion"
    assert CustomValue.get(type="money").money_value == 77_700


def test_who_may_only_read_custom_values_does_not_type_them(inquiries, filled):
    browser = reader(inquiries, verbs=("export",))

    assert "Zebra" in text(browser.get("/lead/"))
    assert "custom__" not in text(browser.get(f"/lead/edit/?id={filled.id}"))
    assert "custom__" not in text(browser.get("/lead/new/"))


def test_a_column_that_may_not_be_typed_is_not_imported(inquiries, filled):
    browser = reader(inquiries, verbs=("export",))
    assert "custom.text" not in str(
        sent_file(browser, ["Nume;Telefon;My text", "Dan;0722418332;x"])
    )

    chosen = {"column.0": "name", "column.1": "phone", "column.2": "custom.text"}
    assert browser.send("/imports/check", chosen).status_code == 403
