"""What forms ask for: no end of what only begins, names instead of numbers, words of sums."""

from __future__ import annotations

import re

from schema.leads import InquirySource
from schema.staff import Clinic
from tests.admin_views.seats import a_seat
from tests.factories.billing import a_draft_invoice, an_invoice, an_invoice_line
from tests.factories.lab import a_work_type
from tests.factories.lots import a_material_lot
from tests.factories.patients import a_guardian, a_patient
from tests.factories.pipelines import a_stage, an_automation
from tests.factories.recall import a_recall_rule
from tests.factories.staff import a_clinic, a_location, a_person
from tests.pages import posted


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def names_in(page: str) -> set[str]:
    return set(re.findall(r' name="([\w.-]+)"', re.sub(r"(?s)<template.*?</template>", "", page)))


def test_a_new_record_is_not_asked_when_it_ends(desk):
    patient = a_patient()
    new, old = "/patient/new/", f"/patient/edit/?id={patient.id}"

    assert "ended_on" not in names_in(text(desk.get(new)))
    assert "ended_on" in names_in(text(desk.get(old)))
    assert {"starts_on", "ends_on"} <= names_in(text(desk.get("/absence/new/")))


def test_an_end_that_is_sent_with_a_new_record_is_not_kept(desk):
    sent = {"name": "Old room", "address": "", "phone": "", "ended_on": "2020-01-01"}

    desk.send("/location/new/", sent)

    assert "Old room" in text(desk.get("/location/"))
    assert "1 Jan 2020" not in text(desk.get("/location/"))


def test_a_row_that_stands_in_its_parents_form_can_end_and_a_new_one_cannot(desk):
    guardian = a_guardian()

    page = text(desk.get(f"/patient/edit/?id={guardian.patient_id}"))

    assert "guardians-0-ended_on" in names_in(page)
    assert "guardians-__INDEX__-name" in page
    assert "guardians-__INDEX__-ended_on" not in page


def test_a_draft_invoice_is_called_as_what_it_is_and_an_issued_one_by_its_number(desk):
    patient = a_patient(last_name="Oprișan", first_name="Corina")
    draft, issued = a_draft_invoice(patient=patient), an_invoice()
    line = an_invoice_line(invoice=draft)

    for page in (f"/invoice/edit/?id={draft.id}", f"/invoice-line/edit/?id={line.id}"):
        assert "Draft invoice, Oprișan Corina, " in text(desk.get(page))
    line = issued.lines.get()
    assert "Draft invoice" not in text(desk.get(f"/invoice-line/details/?id={line.id}"))


def test_a_draft_invoice_tells_nobody_the_name_of_a_patient_whom_they_may_not_see(house):
    draft = a_draft_invoice(patient=a_patient(last_name="Oprișan"))
    browser, _ = a_seat(house, {"invoice": "", "invoice_line": ""})

    page = text(browser.get(f"/invoice/details/?id={draft.id}"))

    assert "Draft invoice" in page
    assert "Oprișan" not in page


def test_fields_that_mean_something_together_say_so(desk):
    assert "All three are added: 2 months and 2 weeks." in text(desk.get("/recall/new/"))


def test_ticks_stand_under_each_other_and_beside_a_field_at_the_height_of_its_control(desk):
    consent, material = text(desk.get("/consent/new/")), text(desk.get("/material/new/"))

    assert 'class="field yes-no"' in consent
    assert "level" not in consent.split("<form")[-1]
    assert 'class="field yes-no level"' in material


def options_of(page: str, name: str) -> dict[str, str]:
    """The words of a select by the values that it sends."""
    select = re.search(rf'(?s)<select [^>]*name="{name}".*?</select>', page)
    assert select
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', select[0]))


def test_codes_are_chosen_from_what_exists_by_their_names(desk):
    a_stage(code="wax_up", name="Wax-up"), a_recall_rule(code="half_year", name="Half a year")

    skill, automation = text(desk.get("/skill/new/")), text(desk.get("/automation/new/"))

    assert options_of(skill, "stage_code")["wax_up"] == "Wax-up"
    assert options_of(automation, "recall_rule_code")["half_year"] == "Half a year"
    assert options_of(text(desk.get("/role-grant/new/")), "table_name")["patient"] == "Patient"


def test_a_code_that_nothing_bears_is_refused_and_one_that_stands_already_stays(desk):
    technician = a_person()
    sent = {"staff": technician.id, "stage_code": "milling", "level": "mid"}
    refused = desk.send("/skill/new/", sent)
    assert refused.status_code == 422
    assert "Choose a value from the list." in refused.get_data(as_text=True)

    kind = a_work_type(route="OLD")
    rule = an_automation(only_route="OLD")
    kind.delete_instance()
    page = text(desk.get(f"/automation/edit/?id={rule.id}"))
    assert options_of(page, "only_route")["OLD"] == "OLD"


def test_money_is_in_the_clinics_currency_until_another_one_is_chosen_by_name(desk):
    a_clinic()
    Clinic.update(currency="MDL").execute()

    page = text(desk.get("/invoice/new/"))

    assert '<option value="MDL" selected>MDL · Moldovan Leu</option>' in page
    assert next(iter(options_of(page, "currency"))) == "MDL"
    assert options_of(page, "currency")["JPY"] == "JPY · Japanese Yen"
    assert "DEM" not in options_of(page, "currency")


def test_a_currency_of_nowhere_is_refused(desk):
    sent = {"patient": a_patient().id, "total": "10", "currency": "XQX"}

    assert desk.send("/invoice/new/", sent).status_code == 422


def test_a_code_left_empty_is_made_of_the_name(desk):
    assert desk.send("/inquiry-source/new/", {"name": "Bilet de autobuz"}).status_code == 302

    assert InquirySource.get().code == "bilet_de_autobuz"


def test_two_people_who_changed_a_code_see_its_name_on_both_sides(desk):
    kind = a_recall_rule(code="half_year", name="Half a year")
    rule = an_automation(action="recall", recall_rule_code=kind.code)
    address = f"/automation/edit/?id={rule.id}"
    first, second = posted(text(desk.get(address))), posted(text(desk.get(address)))

    assert desk.send(address, first | {"recall_rule_code": "", "action": "risk"}).status_code == 302
    met = desk.send(address, second | {"recall_rule_code": "half_year", "text": "x"})

    assert met.status_code == 409
    assert "Half a year" in met.get_data(as_text=True)


def test_a_new_lot_is_not_asked_when_its_maker_called_it_back(desk):
    lot = a_material_lot()

    assert not {"finished_at", "withdrawn_at"} & names_in(text(desk.get("/material-lot/new/")))
    page = text(desk.get(f"/material-lot/edit/?id={lot.id}"))
    assert {"finished_at", "withdrawn_at", "opened_at"} <= names_in(page)


def test_a_mistake_in_a_row_says_in_which_row_of_which_list_it_is(desk):
    sent = {"last_name": "Popa", "first_name": "Ana", "location": a_location().id}
    sent |= {"guardians-0-name": "Ana", "guardians-0-relation": "mother"}
    sent |= {"guardians-1-name": "Ion", "guardians-1-phone": "77", "guardians-1-relation": "father"}

    page = desk.send("/patient/new/", sent | {"language": "ro"}).get_data(as_text=True)

    assert "Guardians, row 2: Phone of the guardian: «77» is not a phone number" in page
    assert 'href="#guardians-1-phone"' in page


def test_a_sentence_is_typed_across_the_form_and_a_name_in_half_of_it(desk):
    page = text(desk.get("/followup/new/"))

    assert re.search(r'class="field wide">\s*<label for="subject"', page)
    assert re.search(r'class="field">\s*<label for="priority"', page)
