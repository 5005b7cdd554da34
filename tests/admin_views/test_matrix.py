"""Every address of the panel for every role: the answer, the columns and the rows, and no more."""

from __future__ import annotations

import csv
import io
import re

import pytest
from peewee import ForeignKeyField

from schema import TABLES
from schema.audit import AuditEntry, ReadEntry
from schema.automations import Automation
from schema.base import Act, label, option, table_name
from schema.bench import BenchAct
from schema.cards import Card, CardStep, Note, Tick
from schema.components import Component, ComponentKind
from schema.custom import CustomField
from schema.holds import Hold
from schema.hours import Holiday, OpeningHours
from schema.lab import Material, Subcontractor, WorkType
from schema.loans import ToolLoan
from schema.lots import LotUse, MaterialLot
from schema.movements import ComponentMovement
from schema.orders import LabOrder
from schema.outside import Outsourcing
from schema.patients import Patient
from schema.pipeline_terms import KINDS
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.queue_marks import QueueMark
from schema.rights import Grant
from schema.skills import Skill, StageCapacity
from schema.staff import Role, Staff, StaffRole
from schema.stage_roles import StageRole
from schema.tracks import Assignment, Track
from schema.views import SavedViewRole
from seed.rights import ROLES
from tests.admin_views.eyes import Eyes
from tests.admin_views.secrets_in_rows import forbidden_marks, plant, planted
from tests.factories.views import a_shared_view, a_view
from tests.refusals import raw
from tests.web import a_web

CODES = [role.code for role in ROLES]
NOBODY = 987_654_321
TRANSFERS = ("card_step", "mode")
NOT_WRITTEN = {"index_view", "details_view", "export"}
ADDED_TO = NOT_WRITTEN | {"create_view", "ajax_lookup"}
EDITED = ADDED_TO | {"edit_view", "action_view"}
HAND_MADE = {
    "admin.act": "by right",
    "admin.index": "signed in",
    "admin.static": "open",
    "static": "open",
    "sheets.static": "open",
    "closed_days.index": "by right",
    "bench.act": "the bench",
    "outside.index": "outside works",
    "outside.scan": "outside works",
    "outside.send": "outside works",
    "outside.work": "outside works",
    "outside.act": "outside works",
    "bench.index": "the bench",
    "bench.works": "the bench",
    "machines.finish": "the machines",
    "machines.index": "the machines",
    "machines.lot": "the machines",
    "machines.out": "the machines",
    "machines.start": "the machines",
    "board.index": "cards",
    "board.move": "cards",
    "board.now": "cards",
    "board.show": "cards",
    "bulk.index": "those who edit",
    "first_run.begin": "open",
    "first_run.step": "open",
    "custody.act": "components",
    "custody.back": "loans",
    "custody.index": "components",
    "custody.loans": "loans",
    "custody.order": "components",
    "custody.scan": "components",
    "lot_desk.act": "lots",
    "lot_desk.index": "lots",
    "lot_desk.trace": "lots",
    "external_reports.receive": "by key",
    "find.answers": "signed in",
    "find.index": "signed in",
    "health.healthz": "open",
    "hours.index": "by right",
    "how_long.index": "by right",
    "imports.check": "import",
    "imports.columns": "import",
    "imports.index": "import",
    "imports.refused": "import",
    "imports.send": "import",
    "imports.write": "import",
    "own_language.choose": "open",
    "photo_pairs.index": "by right",
    "publishing.index": "by right",
    "publishing.show": "by right",
    "publishing.take_down": "by right",
    "shots.index": "by right",
    "shots.write": "by right",
    "pipelines.discard": "those who draw",
    "pipelines.index": "pipelines",
    "pipelines.map": "pipelines",
    "pipelines.move": "transfers",
    "taking_over.index": "transfers",
    "calling_off.begin": "by right",
    "calling_off.index": "by right",
    "calling_off.visit": "by right",
    "handing_over.begin": "by right",
    "handing_over.index": "by right",
    "handing_over.person": "by right",
    "pipelines.next": "those who draw",
    "pipelines.publish": "those who draw",
    "pipelines.retire": "those who draw",
    "remake_desk.begin": "signed in",
    "remake_desk.begin_rework": "signed in",
    "remake_desk.order": "by right",
    "remake_desk.track": "by right",
    "rights.copy": "admin",
    "auditing.entry": "audit entries",
    "auditing.index": "admin",
    "key_desk.end": "admin",
    "key_desk.make": "admin",
    "looked.index": "read entries",
    "queue.assign": "supervisors",
    "queue.index": "queue",
    "queue.mark": "supervisors",
    "registering.draft": "by right",
    "registering.index": "by right",
    "registering.keep": "by right",
    "rights.index": "admin",
    "card_page.act": "cards",
    "card_page.index": "cards",
    "card_page.page": "cards",
    "set_up.index": "admin",
    "signing_in.end_all": "signed in",
    "signing_in.make_link": "admin",
    "signing_in.password": "signed in",
    "signing_in.see_as": "admin",
    "signing_in.sign_in": "open",
    "signing_in.sign_ins": "signed in",
    "signing_in.sign_out": "signed in",
    "signing_in.use_link": "open",
    "paper_checks.begin": "by right",
    "paper_checks.check": "by right",
    "paper_checks.close": "by right",
    "paper_checks.index": "by right",
    "paper_checks.keep": "by right",
    "paper_checks.paper": "by right",
    "papers.copy": "by right",
    "statements.document": "by right",
    "statements.index": "by right",
    "statements.order": "by right",
    "papers.index": "by right",
    "papers.print_one": "by right",
    "scan.index": "signed in",
    "scan.open": "signed in",
    "ticket.index": "by right",
    "views.choose": "views",
    "views.edit": "views",
    "views.end": "views",
    "views.index": "views",
    "views.open": "views",
    "views.save": "views",
    "views.update": "views",
    "skills_matrix.index": "by right",
    "own_pin.show": "by right",
    "tablet.back": "signed in",
    "tablet.floor": "signed in",
    "tablet.keypad": "open",
    "tablet.names": "open",
    "tablet.sign_in": "open",
    "tablet.touched": "signed in",
    "tablet_desk.act": "those who look after tablets",
    "tablet_desk.index": "those who look after tablets",
    "tablet_desk.open_pin": "those who look after tablets",
    "wall.index": "queue",
    "wording_desk.index": "by right",
}


def address(model, page="", **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/{table_name(model).replace('_', '-')}/{page}" + (f"?{asked}" if asked else "")


def table_pages(model):
    """What can be done with rows of a table by hand has an address, and nothing else."""
    told = {"history_view"} if option(model, "audited", True) else set()
    if option(model, "verbs_only"):
        return NOT_WRITTEN | told
    if issubclass(model, Act):
        return ADDED_TO | told
    return told | (EDITED | {"end_view"} if by_hand(model) else EDITED)


def by_hand(model):
    """Whether people end rows by a day, and no verb does it for them."""
    name = option(model, "ends") or ""
    return name.endswith("_on") and name not in option(model, "verb_owned", ())


def refusal(model, page):
    """What a person is told who may not: 403, or 404 where nobody ever may."""
    return 403 if page in table_pages(model) else 404


def text(answer):
    return answer.get_data(as_text=True)


def somebody(code):
    """The first person who holds just this role."""
    role = Role.get(Role.code == code)
    for held in StaffRole.select().where(StaffRole.role == role).order_by(StaffRole.id):
        if StaffRole.select().where(StaffRole.staff == held.staff).count() == 1:
            Staff.update(language="en").where(Staff.id == held.staff_id).execute()
            return Staff.get_by_id(held.staff_id)
    raise AssertionError(f"nobody is only {code}")


@pytest.fixture(params=CODES)
def person(request, clinic):
    """Somebody of each role in turn."""
    return somebody(request.param)


@pytest.fixture
def eyes(person):
    return Eyes(person)


@pytest.fixture
def browser(clinic, person):
    return a_web(clinic).as_(person)


def test_every_address_is_known_to_this_test(clinic):
    rules = {rule.endpoint for rule in a_web(clinic).app.url_map.iter_rules()}
    expected = {f"{table_name(model)}.{page}" for model in TABLES for page in table_pages(model)}
    static = {f"{table_name(model)}.static" for model in TABLES}
    assert rules - static == expected | set(HAND_MADE)


def test_a_stranger_sees_nothing(clinic):
    stranger = a_web(clinic).stranger()
    for rule in a_web(clinic).app.url_map.iter_rules():
        if HAND_MADE.get(rule.endpoint) == "open" or rule.endpoint.endswith(".static"):
            continue
        path = rule.rule.replace("<export_type>", "csv").replace("<int:number>", "1")
        for method in rule.methods - {"OPTIONS"}:
            answer = stranger.open(path, method=method)
            assert answer.status_code in (302, 400, 401), (method, path)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/sign-in")


def test_tablets_are_looked_after_and_pins_are_set_by_those_who_may(browser, person):
    role = person.roles.get().role.code
    tablets, own = browser.get("/tablets/"), browser.get("/my-pin")
    assert tablets.status_code == (200 if role in ("lab_supervisor", "admin") else 403)
    assert own.status_code == (200 if role in ("lab_supervisor", "technician") else 403)
    for path in ("/tablets/1/revoke", "/tablets/1/open", "/tablets/pin/1/open"):
        allowed = (302, 404) if tablets.status_code == 200 else (403,)
        assert browser.send(path).status_code in allowed, path


def heads(page):
    table = page[page.index("<thead>") : page.index("</thead>")] if "<thead>" in page else ""
    found = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)<', table)
    return [word.strip() for word in found]


def in_order(page):
    """Keys of the rows as they stand in the list, from the links of their first cells."""
    body = page[page.index("<tbody>") : page.index("</tbody>")] if "<tbody>" in page else ""
    keys = re.findall(r'<td class="name"><a href="[^"]*details/\?id=(\d+)"', body)
    return [int(key) for key in keys]


def listed(page):
    return set(in_order(page))


def column_labels(model, names):
    def said(name):
        if name.startswith("custom."):
            _, kind, code = name.split(".")
            own = CustomField.get(CustomField.kind == kind, CustomField.code == code).label
            return f"{own} ({KINDS[kind]})" if model is Card else own
        field = Card._meta.fields[name[5:]] if name.startswith("card.") else None
        return label(field or model._meta.fields[name])

    return [said(name) for name in names]


def test_lists_and_exports_hold_the_columns_and_rows_of_the_role(browser, eyes):
    for model in TABLES:
        if not eyes.may("read", model):
            continue  # refused, as is seen where secrets are planted
        answer = browser.get(address(model, page_size=100))
        page, rows = text(answer), eyes.rows(model)
        assert answer.status_code == 200, model
        assert (heads(page) or not rows) and (
            not rows or heads(page) == column_labels(model, eyes.shown(model))
        ), model
        seen = listed(page)
        assert seen <= rows and len(seen) == min(len(rows), 100), model
        check_export(browser, eyes, model, rows)


def check_export(browser, eyes, model, rows):
    for kind in ("csv", "xlsx"):
        answer = browser.get(address(model, f"export/{kind}/"))
        assert answer.status_code == (200 if eyes.may("export", model) else 403), model
        if answer.status_code == 200 and kind == "csv":
            lines = list(csv.reader(io.StringIO(text(answer).removeprefix("\ufeff"))))
            assert lines[0] == column_labels(model, eyes.columns(model)), model
            assert len(lines) - 1 == len(rows), model


def what_is_said(answer):
    """The words of an error page, without the number under which the log knows it."""
    page = text(answer)
    return re.sub(r"[0-9a-f]{8}", "", page[page.index("<h1>") : page.index("</section>")])


RECORDS = ("details", "history", "edit")


def opened(model, page, eyes):
    """What a page of a record answers for a row of the role: it opens, or is refused."""
    view, verb = f"{page}_view", "edit" if page == "edit" else "read"
    there = view in table_pages(model) and eyes.may("read", model)
    return 200 if there and eyes.may(verb, model) else refusal(model, view)


def test_records_open_for_the_rows_of_the_role_and_no_others(browser, eyes):
    """The second row of each table; the first opens while there are secrets in it, see below."""
    nothing = None
    for model in TABLES:
        rows = eyes.rows(model)
        outside = sorted(set(eyes.table[model]) - rows)[:1]
        for page in RECORDS:
            told = opened(model, page, eyes)
            for key in sorted(rows)[1:2]:
                answer = browser.get(address(model, f"{page}/", id=key))
                assert answer.status_code == told, (model, page, key)
            for key in [*outside, NOBODY]:
                answer = browser.get(address(model, f"{page}/", id=key))
                assert answer.status_code == (404 if told == 200 else told), (model, page, key)
                if told == 200:
                    said = what_is_said(answer)
                    nothing = nothing or said
                    assert said == nothing, "absent and foreign rows must look alike"


def test_ending_is_for_those_who_may_edit_and_for_their_own_rows(browser, eyes):
    for model in TABLES:
        name = option(model, "ends") or ""
        allowed = by_hand(model) and eyes.may("edit", model) and eyes.reads(model, name)
        no = refusal(model, "action_view")
        outside = sorted(set(eyes.table[model]) - eyes.rows(model))[:1]
        for key in [*outside, NOBODY]:
            one = browser.send(address(model, "end/"), {"id": key})
            never = refusal(model, "end_view")
            assert one.status_code == (404 if eyes.may("read", model) else never), model
            many = browser.send(address(model, "action/"), {"action": "end", "rowid": key})
            assert many.status_code in ((404, 403) if allowed else (no,)), model
        if not allowed:
            for key in sorted(eyes.rows(model))[:1]:
                assert browser.send(address(model, "end/"), {"id": key}).status_code == refusal(
                    model, "end_view"
                )
    assert counts() == {table_name(m): len(eyes.table[m]) for m in TABLES if m.__name__ != "SignIn"}


def counts():
    return {
        table_name(m): raw(f'SELECT COUNT(*) FROM "{table_name(m)}"').fetchone()[0]
        for m in TABLES
        if m.__name__ != "SignIn"
    }


def test_pickers_offer_only_rows_of_the_role(browser, eyes):
    for model in TABLES:
        for field in model._meta.sorted_fields:
            if not isinstance(field, ForeignKeyField) or option(field.rel_model, "lookup"):
                continue
            url = address(model, "ajax/lookup/", name=field.name, query="", limit=100000)
            answer = browser.get(url)
            if answer.status_code != 200:
                assert answer.status_code in (403, 404), (model, field.name)
                continue
            assert eyes.may("create", model) or eyes.may("edit", model)
            assert eyes.reads(model, field.name)
            offered = {key for key, *_ in answer.get_json()}
            assert offered <= eyes.rows(field.rel_model), (model, field.name)
            assert len(offered) <= 20
        assert browser.get(address(model, "ajax/lookup/", name="x")).status_code in (403, 404)


def test_a_column_that_may_not_be_read_is_no_oracle(browser, eyes):
    for model in TABLES:
        if not eyes.may("read", model):
            continue
        readable = {*eyes.columns(model), "id", option(model, "supertype")}
        unread = [name for name in model._meta.sorted_field_names if name not in readable]
        if not unread:
            continue
        usual = in_order(text(browser.get(address(model))))
        for query in (every_filter(unread), *(f"sort={name}" for name in unread)):
            page = text(browser.get(f"{address(model)}?{query}"))
            assert in_order(page) == usual, (model, query)


def every_filter(names):
    """Filters that all have to hold, so that any one which is heeded is seen in the list."""
    ways = ("is=1", "has=a", "empty=")
    return "&".join(f"flt.{name}.{way}" for name in names for way in ways)


def test_pages_of_tables_open_by_right_and_no_role_meets_a_planted_secret_there(clinic, person):
    plant(clinic)
    browser, eyes = a_web(clinic).as_(person), Eyes(person)
    marks, told = forbidden_marks(eyes), ""
    for model in TABLES:
        reads = eyes.may("read", model)
        creates = reads and eyes.may("create", model)
        pages = {
            address(model): 200 if reads else 403,
            address(model, "new/"): 200 if creates else refusal(model, "create_view"),
            address(model, "export/csv/"): 200 if reads and eyes.may("export", model) else 403,
        }
        for key in sorted(eyes.rows(model))[:1]:
            pages |= {
                address(model, f"{page}/", id=key): opened(model, page, eyes) for page in RECORDS
            }
        if model is AuditEntry and reads:
            most = AuditEntry.select().order_by(AuditEntry.change_count.desc()).limit(3)
            pages |= {f"/audit/entry/?id={entry.id}": 200 for entry in most}
        for page, status in pages.items():
            body = without_secrets(browser, page, marks, (status,))
            told += body if "/history/" in page else ""
    assert any(mark in told for mark in set(planted) - set(marks)), "history shows what may be read"
    for mark, (table, _) in marks.items():
        here = next(model for model in TABLES if table_name(model) == table)
        if eyes.may("read", here):
            answer = browser.get(address(here, search=mark[:40]))
            assert answer.status_code == 200
            assert not listed(text(answer)), (table, mark)
        if option(here, "found"):
            page = text(browser.get("/find/", query_string={"search": mark[:40]}))
            assert 'class="answer' not in page.replace('class="answers-none', ""), (table, mark)


def without_secrets(browser, page, marks, expected=(200, 403, 404)):
    """What a page says, once no mark that the person must not meet was found there."""
    answer = browser.get(page)
    assert answer.status_code in expected, page
    body = text(answer)
    found = met(marks, body)
    assert not found, (page, {marks[mark] for mark in found})
    return body


def met(marks, body):
    """The marks on a page; those of letters are looked for where some word begins as they do."""
    words = " ".join(re.findall("zq[a-z0-9]*", body))
    lettered = re.compile("zq[a-z0-9]*")
    return {mark for mark in marks if mark in (words if lettered.fullmatch(mark) else body)}


def sees_cards(eyes):
    return eyes.may("read", Card) and all(eyes.reads(Card, name) for name in ("stage", "pipeline"))


def kinds_seen(eyes):
    """The kinds of card whose records the person may read, so that they have boards."""
    subtypes = {option(model, "kind"): model for model in TABLES if option(model, "supertype")}
    return {kind for kind, model in subtypes.items() if eyes.reads(model, "card")}


def ways_in_use():
    return list(Pipeline.select().where(Pipeline.published_at.is_null(False)))


def open_cards_on(way, eyes):
    """Keys of the open cards of a pipeline that are this person's to see."""
    rows = {key: eyes.table[Card][key] for key in eyes.rows(Card)}
    return {
        key
        for key, row in rows.items()
        if row["pipeline_id"] == way.id and row["closed_at"] is None
    }


def board_of(way):
    """The address of a board with all of its columns to the end."""
    whole = "&".join(f"all={stage.code}" for stage in way.stages)
    return f"/board/{way.code}?{whole}"


def test_boards_hold_the_open_cards_of_the_role_and_no_others(browser, eyes):
    sees, kinds, index = sees_cards(eyes), kinds_seen(eyes), browser.get("/board/")
    assert index.status_code == (200 if sees else 403)
    for way in ways_in_use():
        answer = browser.get(board_of(way))
        there = sees and way.kind in kinds
        assert answer.status_code == (200 if there else 404 if sees else 403), way.code
        assert (f'href="/board/{way.code}"' in text(index)) == there, way.code
        now = browser.get(f"/board/{way.code}/now")
        assert now.status_code == answer.status_code, way.code
        if not there:
            continue
        wanted = open_cards_on(way, eyes)
        shown = {int(key) for key in re.findall(r'data-card="(\d+)"', text(answer))}
        assert shown == wanted, way.code
        sent = "".join(now.get_json()["lanes"].values())
        assert {int(key) for key in re.findall(r'data-card="(\d+)"', sent)} <= wanted, way.code
        foreign = sorted(set(eyes.table[Card]) - eyes.rows(Card))
        here = [key for key in foreign if eyes.table[Card][key]["pipeline_id"] == way.id]
        for key in [*here[:1], *foreign[:1], NOBODY]:
            moved = browser.send(f"/board/{way.code}/move", {"card": key, "to": 1, "seen": 0})
            assert moved.status_code == 404, (way.code, key)


def test_no_role_meets_a_planted_secret_on_boards_and_cards(clinic, person):
    plant(clinic)
    browser, eyes = a_web(clinic).as_(person), Eyes(person)
    marks, told = forbidden_marks(eyes), ""
    pages = [board_of(way) for way in ways_in_use()]
    cards = {key: eyes.table[Card][key] for key in sorted(eyes.rows(Card))}
    for kind in KINDS:
        mine = [key for key, row in cards.items() if row["kind"] == kind]
        pages += [f"/cards/{key}" for key in {*mine[:3], *mine[-3:], *spoken_of(eyes, mine)}]
    pages += ["/custody/", "/custody/loans", "/lots/", "/lots/trace?q=L0", "/outside/"]
    pages += [f"/outside/{key}" for key in sorted(eyes.rows(Outsourcing))[:3]]
    for order in sorted(eyes.rows(LabOrder))[:2]:
        pages += [f"/ticket/{order}", f"/register/{order}", f"/custody/order/{order}"]
    pages += [f"/how-long/?work={work.id}&teeth=3" for work in WorkType.select().limit(2)]
    for row in eyes.table[LabOrder].values():
        pages += [f"/find/?search={row['ticket']}"] if row["ticket"] else []
    for page in pages:
        told += without_secrets(browser, page, marks)
    if sees_cards(eyes) and eyes.rows(Card) and kinds_seen(eyes):
        assert any(mark in told for mark in set(planted) - set(marks)), "what may be read is there"


def spoken_of(eyes, cards):
    """One card of each kind with a hold, a note, a forced step and a tick with its note."""
    places = ((Hold, "note"), (Note, "text"), (CardStep, "reason"), (Tick, "evidence_note"))
    for model, name in places:
        rows = eyes.table[model].values()
        yield from [row["card_id"] for row in rows if row[name] and row["card_id"] in cards][-1:]


def test_hand_made_pages_open_for_those_whom_they_are_for(browser, eyes, person):
    admin = person.roles.get().role.code == "admin"
    rights = browser.get("/rights/").status_code
    assert rights == (200 if admin else 403)
    assert browser.get("/set-up/").status_code == (200 if admin else 403)
    assert (browser.send("/rights/copy", {"role": 0}).status_code == 403) != admin
    for path, table in (("/hours/", OpeningHours), ("/closed-days/", Holiday), ("/skills/", Skill)):
        able = eyes.may("create", table) and eyes.may("edit", table)
        assert browser.get(path).status_code == (200 if able else 403), path
    asks = all(eyes.may("read", table) for table in (LabOrder, WorkType, Material))
    assert browser.get("/how-long/").status_code == (200 if asks else 403)
    writes = any(row.may_edit for role in roles_of(person) for row in grants(role, "wording"))
    assert browser.get("/wordings/").status_code == (200 if writes else 403)
    assert browser.get("/audit/").status_code == (200 if admin else 403)
    entry = browser.get(f"/audit/entry/?id={AuditEntry.get().id}").status_code
    assert entry == (200 if eyes.may("read", AuditEntry) else 403)
    asks = browser.get("/looked/").status_code
    assert asks == (200 if eyes.may("read", ReadEntry) else 403)
    importer = any(eyes.may("create", model) for model in (Patient,)) or importable(eyes)
    assert browser.get("/imports/").status_code == (200 if importer else 403)
    for path in ("/", "/find/", "/find/answers/?search=an", "/me/sign-ins", "/password"):
        assert browser.get(path).status_code == 200
    for path in ("/system-keys/make", "/system-keys/end", "/see-as", "/password-link"):
        answer = browser.send(path, {"role": 1, "staff": person.id})
        assert (answer.status_code == 403) != admin


def test_the_queue_opens_for_the_bench_and_is_arranged_by_its_supervisor(browser, eyes):
    card = eyes.reads(Card, "stage") and eyes.reads(Card, "due_at")
    bench = eyes.reads(Track, "order") and eyes.reads(Assignment, "technician")
    sees = card and bench and eyes.may("read", Skill) and eyes.may("read", StageCapacity)
    for path in ("/queue/", "/wall/"):
        assert browser.get(path).status_code == (200 if sees else 403), path
    marks = any(one.may_create for one in eyes.on(QueueMark))
    gives = eyes.may("create", Assignment) and eyes.may("edit", Assignment) and marks
    mark = browser.send("/queue/mark", {"mark": f"pin {NOBODY}"}).status_code
    assert mark == (404 if sees and marks else 403)
    moves = any(one.may_create for one in eyes.on(CardStep)) and eyes.reads(CardStep, "to_stage")
    works = sees and moves and any(one.may_create for one in eyes.on(BenchAct))
    for path in ("/bench/", "/bench/works"):
        assert browser.get(path).status_code == (200 if works else 403), path
    outside = sorted(set(eyes.table[Card]) - eyes.rows(Card))[:1]
    for key in [*outside, NOBODY]:
        tapped = browser.send("/bench/act", {"card": key, "deed": "start", "key": "k" * 20})
        assert tapped.status_code == 403, "a work that is not there is not the person's"
    given = browser.send("/queue/assign", {"track": NOBODY, "technician": 1}).status_code
    assert given == (302 if sees and gives else 403)


def test_maps_open_for_readers_and_are_drawn_by_those_who_shape_them(browser, eyes):
    looks = all(eyes.may("read", part) for part in (Pipeline, Stage, StageStep, ControlPoint))
    parts = (Pipeline, Stage, StageStep, StageRole, ControlPoint, Automation)
    draws = looks and all(eyes.may(verb, part) for part in parts for verb in ("create", "edit"))
    way = Pipeline.get(Pipeline.code == "zirconia")
    for path in ("/pipelines/", f"/pipelines/{way.id}/map"):
        assert browser.get(path).status_code == (200 if looks else 403), path
    moves = browser.get(f"/pipelines/{way.id}/move").status_code
    assert moves == (200 if looks and takes_over(eyes) else 403)
    answer = browser.send(f"/pipelines/{way.id}/map", {"act": "add_stage", "name": "More"})
    assert answer.status_code == (422 if draws else 403), "a version in use is not drawn"
    assert browser.send(f"/pipelines/{way.id}/next").status_code == (302 if draws else 403)
    for path in (f"/pipelines/{way.id}/publish", "/pipelines/"):
        assert (browser.send(path).status_code == 403) != draws, path
    assert Pipeline.select().where(Pipeline.code == way.code).count() == (2 if draws else 1)
    for page in ("discard", "retire"):
        answer = browser.send(f"/pipelines/{way.id}/{page}")
        assert answer.status_code == (302 if draws else 403), page
    assert Pipeline.get_by_id(way.id).retired_at is None, "an order's stage still opens cards here"


def takes_over(eyes):
    """Whether some role of theirs moves cards by other ways than the map's."""
    fixed = {one.role_id for one in eyes.limits if (one.table_name, one.column) == TRANSFERS}
    return any(one.may_create and one.role_id not in fixed for one in eyes.on(CardStep))


def roles_of(person):
    return [held.role for held in person.roles]


def grants(role, table):
    return Grant.select().where(Grant.role == role, Grant.table_name == table)


def importable(eyes):
    names = ("lead", "appointment", "staff")
    return any(eyes.may("create", m) for m in TABLES if table_name(m) in names)


def test_saved_views_are_changed_by_their_owners_and_by_those_who_may_share(browser, eyes, person):
    shares = eyes.may("create", SavedViewRole)
    own, foreign = a_view(owner=person), a_view()
    shared = a_shared_view(view=a_view(owner=None), role=person.roles.get().role).view
    assert browser.get("/views/").status_code == 200
    for view, opens, changes in (
        (own, eyes.may("read", Patient), True),
        (shared, eyes.may("read", Patient), shares),
        (foreign, False, False),
    ):
        assert browser.get(f"/views/{view.id}").status_code == (302 if opens else 404)
        pinned = browser.send(f"/views/{view.id}/choose", {"what": "pin", "on": "1"})
        assert pinned.status_code == (302 if opens else 404)
        assert browser.get(f"/views/{view.id}/edit").status_code == (200 if changes else 404)
        updated = browser.send(f"/views/{view.id}/update", {"question": "search=b"})
        allowed = {True: 302, False: 403}[eyes.may("read", Patient)] if changes else 404
        assert updated.status_code == allowed
        ended = browser.send(f"/views/{view.id}/end")
        assert ended.status_code == (302 if changes else 404)
    kept = browser.send("/views/save", {"table": "patient", "question": "", "name": "Kept"})
    assert kept.status_code == (302 if eyes.may("read", Patient) else 403)


def test_many_rows_are_changed_by_those_who_may_edit_each_of_them(browser, eyes):
    for model in TABLES:
        name = table_name(model)
        outside = sorted(set(eyes.table[model]) - eyes.rows(model))[:1]
        one = browser.send("/bulk/", {"table": name, "rowid": [*outside, NOBODY]})
        if not (eyes.may("read", model) and eyes.may("edit", model)):
            assert one.status_code == 403, model
            assert browser.send("/bulk/", {"table": name, "all": "1"}).status_code == 403, model
        else:
            assert one.status_code in (302, 403), model


def test_cards_open_within_scope_and_move_by_their_own_rights(browser, eyes):
    inside, outside = sorted(eyes.rows(Card))[:2], sorted(set(eyes.table[Card]) - eyes.rows(Card))
    sees = sees_cards(eyes)
    for key in inside:
        assert browser.get(f"/cards/{key}").status_code == (200 if sees else 403), key
    for key in [*outside[:2], NOBODY]:
        assert browser.get(f"/cards/{key}").status_code == (404 if sees else 403), key
        for act in ("move", "tick", "hold", "resume", "reassign", "note", "reopen", "untick"):
            answer = browser.send(f"/cards/{key}/{act}", {"stage": 1, "seen": 0})
            assert answer.status_code == (404 if sees else 403), (key, act)
    steps = [row for row in rights_on("card_step", eyes) if row.may_create]
    for key in inside if not steps else ():
        answer = browser.send(f"/cards/{key}/move", {"stage": 1, "seen": 0})
        assert answer.status_code == 403


def sees_parts(eyes):
    tables = (Component, ComponentKind, LabOrder)
    told = all(eyes.may("read", one) for one in tables) and eyes.may("read", ComponentMovement)
    return told and all(
        eyes.reads(ComponentMovement, name) for name in ("number", "from_holder", "to_holder")
    )


def test_components_are_handed_over_within_scope_by_those_who_may(browser, eyes):
    sees = sees_parts(eyes)
    assert browser.get("/custody/").status_code == (200 if sees else 403)
    assert browser.get("/custody/scan?code=B1").status_code == (302 if sees else 403)
    orders = eyes.rows(LabOrder) if eyes.may("read", LabOrder) else set()
    for key in sorted(orders)[:2]:
        assert browser.get(f"/custody/order/{key}").status_code == (200 if sees else 403), key
        for act, table, verb in (
            ("hand", "component_movement", "may_create"),
            ("missing", "component_movement", "may_create"),
            ("write-off", "component_incident", "may_edit"),
        ):
            able = any(getattr(row, verb) for row in rights_on(table, eyes))
            answer = browser.send(f"/custody/order/{key}/{act}")
            if not (sees and able):
                assert answer.status_code == 403, (key, act)
            else:
                assert answer.status_code in (302, 403), (key, act)
    for key in [*sorted(set(eyes.table[LabOrder]) - orders)[:2], NOBODY]:
        assert browser.get(f"/custody/order/{key}").status_code == (404 if sees else 403), key
        answer = browser.send(f"/custody/order/{key}/take", {"t.1": "on", "n.1": "1"})
        assert answer.status_code == (404 if sees else 403), key


def test_lots_are_read_registered_and_traced_by_right(browser, eyes):
    told = all(eyes.reads(MaterialLot, name) for name in ("material", "maker", "lot_number"))
    sees = eyes.may("read", MaterialLot) and told and eyes.may("read", Material)
    assert browser.get("/lots/").status_code == (200 if sees else 403)
    scan = browser.send("/lots/", {"first": "no label"}).status_code
    assert scan == (422 if sees and eyes.may("create", MaterialLot) else 403)
    traces = sees and eyes.may("read", LotUse)
    traces = traces and eyes.reads(LotUse, "lot") and eyes.reads(LotUse, "order")
    answer = browser.get("/lots/trace?q=L0")
    assert answer.status_code == (200 if traces else 403)
    if traces:
        links = {int(key) for key in re.findall(r"/lab-order/details/\?id=(\d+)", text(answer))}
        assert links <= eyes.rows(LabOrder)
    for key in sorted(eyes.table[MaterialLot])[:1]:
        opens = browser.send(f"/lots/{key}/open").status_code
        able = sees and eyes.may("edit", MaterialLot)
        assert opens == (302 if able else 403), key


def test_outside_works_are_seen_sent_and_taken_back_by_right(browser, eyes):
    told = ("track", "subcontractor", "sent_at", "expected_on", "returned_at")
    sees = eyes.may("read", Subcontractor) and eyes.may("read", Outsourcing)
    sees = sees and all(eyes.reads(Outsourcing, name) for name in told)
    assert browser.get("/outside/").status_code == (200 if sees else 403)
    assert browser.get("/outside/scan?code=NOTHING").status_code == (302 if sees else 403)
    inside = sorted(eyes.rows(Outsourcing)) if eyes.may("read", Outsourcing) else []
    beyond = sorted(set(eyes.table[Outsourcing]) - set(inside))[:1]
    edits = any(row.may_edit for row in rights_on("outsourcing", eyes))
    for key in inside[:1]:
        assert browser.get(f"/outside/{key}").status_code == (200 if sees else 403)
        for act in ("expect", "cost"):
            answer = browser.send(f"/outside/{key}/{act}", {"expected": "no day"})
            assert answer.status_code == (302 if sees and edits else 403), act
        assert edits or browser.send(f"/outside/{key}/back").status_code == 403
    for key in [*beyond, NOBODY]:
        assert browser.get(f"/outside/{key}").status_code == (404 if sees else 403), key
        answer = browser.send(f"/outside/{key}/back", {"how": "complete"})
        assert answer.status_code == (404 if sees else 403), key
    creates = sees and any(row.may_create for row in rights_on("outsourcing", eyes))
    tracks = eyes.rows(Track) if eyes.may("read", Track) else set()
    for key in sorted(set(eyes.table[Track]) & tracks)[:1]:
        card = eyes.table[Track][key]["card_id"]
        answer = browser.get(f"/outside/send/{card}")
        assert answer.status_code == (200 if creates else 403), key
    if sees:
        page = text(browser.get("/outside/"))
        links = {int(key) for key in re.findall(r'href="/outside/(\d+)"', page)}
        assert links <= set(inside)
        assert eyes.reads(Outsourcing, "cost") or "RON" not in page


def test_lent_tools_are_seen_lent_and_taken_back_by_right(browser, eyes):
    reads = sees_parts(eyes) and eyes.may("read", ToolLoan)
    assert browser.get("/custody/loans").status_code == (200 if reads else 403)
    able = {
        verb: any(getattr(row, verb) for row in rights_on("tool_loan", eyes))
        for verb in ("may_create", "may_edit")
    }
    lends = browser.send("/custody/loans", {"kind": 1}).status_code
    assert lends == (302 if reads and able["may_create"] else 403)
    inside = sorted(eyes.rows(ToolLoan))[:1] if eyes.may("read", ToolLoan) else []
    outside = sorted(set(eyes.table[ToolLoan]) - set(inside))[-1:] if not inside else []
    for key in [*outside, NOBODY]:
        answer = browser.send(f"/custody/loans/{key}/back")
        assert answer.status_code == (404 if sees_parts(eyes) else 403), key
    for key in inside if sees_parts(eyes) else ():
        answer = browser.send(f"/custody/loans/{key}/back")
        assert answer.status_code == (302 if able["may_edit"] else 403), key


def rights_on(table, eyes):
    held = [row.role for row in eyes.staff.roles]
    return list(Grant.select().where(Grant.role.in_(held), Grant.table_name == table))
