"""At the counter: people without an account, agents, paper, one press or two, and who may stand behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff
from tests.desk.window.counter import COMPANY, NEW, NEW_AGENT, OTHER, PDF, PERSON, Counter, mark_of, number_of, offer

from onedoor.access import queries as access
from onedoor.cases import queries
from onedoor.cases.rules.papers import Paper
from onedoor.cases.rules.values import PaperForm, State
from onedoor.desk.window.visit import place_of
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, system
from onedoor.registries import queries as registries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
CLERK = staff("综窗", None, Act.RECEIVE)
PLATFORM = system("tests")


@pytest.fixture
def counter(world: World, acting: SignIn) -> Counter:
    return Counter(acting(CLERK), offer(world))


@pytest.fixture
def full(world: World, acting: SignIn) -> Counter:
    """A clerk who may also accept and notify for the organ."""
    item = offer(world)
    return Counter(acting(staff("全权", item.organ, Act.RECEIVE, Act.ACCEPT, Act.NOTIFY)), item)


def case_of(number: str):  # type: ignore[no-untyped-def]
    return queries.case_page(number, by=PLATFORM, on=timezone.localdate()).case


def scan(name: str = "委托书.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def mandate(*, days: int = 30) -> dict[str, object]:
    until = timezone.localdate() + timedelta(days=days)
    fields = {"mandate_kind": "delegation", "mandate_scope": "this", "paper.mandate": "original"}
    parts = {"year": until.year, "month": until.month, "day": until.day}
    return {**fields, **{f"mandate_until-{part}": value for part, value in parts.items()}}


def test_the_window_is_only_for_those_who_receive(world: World, acting: SignIn, counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    assert acting(ANONYMOUS).get("/desk/window/").status_code == 302
    for other in (world.citizen, world.reviewer):
        for address in ("/desk/window/", "/desk/window/supplement/", sheet):
            assert acting(other).get(address).status_code == 404
    assert "窗口收件" in counter.browser.get("/desk/").content.decode()


def test_a_visit_is_good_for_its_own_clerk_only_and_cannot_be_altered(acting: SignIn, counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    assert counter.browser.get(sheet).status_code == 200
    colleague = acting(staff("同事", None, Act.RECEIVE))
    assert colleague.get(sheet).status_code == 404
    assert counter.browser.get(sheet.replace("/desk/window/", "/desk/window/x")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1"), "第18位校验不通过"),
        (COMPANY[:-1] + ("0" if COMPANY[-1] != "0" else "1"), "统一社会信用代码第18位校验不通过"),
        ("", "请输入申请人的身份证号码"),
        ("5305241980", "应为18位"),
        ("赵永福", "这里填号码，不填姓名"),
    ],
)
def test_a_wrong_number_is_told_plainly_and_kept(counter: Counter, typed: str, told: str) -> None:
    answer = counter.stand(typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()


def test_a_person_without_account_is_entered_once_and_found_again(counter: Counter) -> None:
    asked = counter.stand(f" {PERSON[:6]} {PERSON[6:].lower()} ")
    assert asked.status_code == 200
    assert "applicant_name" in asked.content.decode()
    assert counter.stand(applicant_name="", applicant_phone="1").status_code == 422
    counter.visit(**NEW)
    assert counter.stand().status_code == 302
    party = registries.person_ref(PERSON)
    assert party
    reads = registries.readings_of(party, by=PLATFORM)
    assert {read.purpose for read in reads} == {"窗口收件：核对来办人的身份"}


def test_an_application_at_the_window_is_received_with_paper_and_a_receipt(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    fresh = counter.browser.get(sheet).content.decode()
    assert PERSON in fresh or "张三" in fresh
    page = counter.browser.get(counter.hand_in(sheet)["Location"])
    number = number_of(page)
    case = case_of(number)
    assert (case.channel, case.applicant_name, case.agent, case.state) == ("window", "张三", None, State.SUBMITTED)
    assert set(case.paper.values()) == {PaperForm.BOTH}
    receipt = queries.receipt_of("0123456789abcdef", by=CLERK)
    assert receipt
    assert receipt.password in page.content.decode()
    assert "窗口已收纸质复印件，已核对原件" in counter.browser.get(f"/desk/cases/{number}/").content.decode()
    pdf = counter.browser.get(f"/desk/cases/{number}/papers/intake/")
    assert pdf.content.startswith(b"%PDF")


def test_a_second_press_repeats_the_receipt(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    first = counter.hand_in(sheet)["Location"]
    assert counter.hand_in(sheet)["Location"] == first
    assert counter.hand_in(sheet, **{"scan.layout": scan("平面图.pdf")})["Location"] == first
    assert queries.count(by=PLATFORM) == 1


def test_an_error_stands_at_its_field_and_loses_nothing(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    key = next(name for name in counter.filled() if name.startswith("paper.")).removeprefix("paper.")
    typed = {**counter.filled(paper=False), "entity_name": "老街米线店", f"scan.{key}": scan("一.pdf")}
    answer = counter.browser.post(sheet, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "还缺" in text
    assert "老街米线店" in text
    assert "一.pdf" in text
    assert 'name="situations.business" value="catering" checked' in text
    assert queries.count(by=PLATFORM) == 0


def test_a_refused_scan_is_told_at_its_material(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    key = next(name for name in counter.filled() if name.startswith("paper.")).removeprefix("paper.")
    answer = counter.hand_in(sheet, **{f"scan.{key}": SimpleUploadedFile("坏.pdf", b"MZ not a pdf")})
    assert answer.status_code == 422
    assert f'id="f-materials.{key}-error"' in answer.content.decode()


def test_enter_or_refresh_hands_nothing_in(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    for act in ("refresh", "accept", "nonsense"):
        assert counter.hand_in(sheet, act=act).status_code == 200
    assert queries.count(by=PLATFORM) == 0


def test_whoever_may_accept_does_it_in_the_same_flow(full: Counter) -> None:
    sheet = full.visit(**NEW)
    page = full.browser.get(full.hand_in(sheet, act="accept")["Location"])
    case = case_of(number_of(page))
    assert case.state is State.ACCEPTED
    assert "受理通知书" in page.content.decode()


def test_what_is_missing_is_told_once_on_the_spot(full: Counter) -> None:
    page = full.browser.get(full.tell(full.visit(**NEW), **full.filled(paper=False))["Location"])
    case = case_of(number_of(page))
    assert case.state is State.SUPPLEMENT
    assert case.supplement
    assert all("未提交" in fault for fault in case.supplement.materials.values())
    assert "一次性告知书" in page.content.decode()


def test_a_form_with_faults_is_taken_in_and_its_faults_are_told_with_what_the_clerk_wrote(full: Counter) -> None:
    typed = {**full.filled(), "entity_name": "", "contact_mobile": "12", "fault.form": "字迹看不清。"}
    sheet = full.visit(**NEW)
    assert full.browser.post(sheet, {**typed, "act": "receive"}).status_code == 422
    case = case_of(number_of(full.browser.get(full.tell(sheet, **typed)["Location"])))
    assert case.supplement
    lines = case.supplement.materials["form"].splitlines()
    assert lines[0] == "请填写“经营者名称”。"
    assert lines[-1] == "字迹看不清。"
    assert len(lines) == 3
    paper = queries.paper(case.number, Paper.SUPPLEMENT, by=PLATFORM)
    assert paper.startswith(b"%PDF")


def test_the_notice_is_shown_before_it_goes_out_and_goes_out_only_as_it_was_shown(full: Counter) -> None:
    sheet = full.visit(**NEW)
    typed = {**full.filled(paper=False), "act": "notify"}
    shown = full.browser.post(sheet, typed)
    assert shown.status_code == 200
    assert "告知只有一次" in shown.content.decode()
    seen = mark_of(shown)
    other = full.browser.post(sheet, {**typed, "fault.layout": "图看不清。", "seen": seen})
    assert "图看不清。" in other.content.decode()
    assert queries.count(by=PLATFORM) == 0
    assert full.browser.post(sheet, {**typed, "seen": seen}).status_code == 302


def test_what_the_place_of_the_case_hangs_on_cannot_wait_for_a_notice(full: Counter) -> None:
    answer = full.browser.post(full.visit(**NEW), {**full.filled(), "place_area": "", "act": "notify"})
    assert answer.status_code == 422
    assert 'id="f-place_area-error"' in answer.content.decode()


def test_a_notice_without_any_fault_is_no_notice(full: Counter) -> None:
    answer = full.hand_in(full.visit(**NEW), act="notify")
    assert answer.status_code == 422
    assert "没有要告知的" in answer.content.decode()


def test_an_agent_shows_a_mandate_which_is_recorded_with_its_scan(counter: Counter) -> None:
    sheet = counter.visit(stands=OTHER, **NEW, **NEW_AGENT)
    without = counter.hand_in(sheet)
    assert without.status_code == 422
    assert "请扫描或拍照上传委托书" in without.content.decode()
    case = case_of(
        number_of(
            counter.browser.get(counter.hand_in(sheet, **mandate(), **{"scan.shown-mandate": scan()})["Location"])
        )
    )
    agent = registries.person_ref(OTHER)
    assert case.agent == agent
    (held,) = access.mandates_at_counter(case.applicant, by=CLERK, place=place_of(CLERK))
    assert (held.terms.agent, held.terms.items) == (agent, frozenset({counter.item.code}))
    again = counter.browser.get(counter.visit(stands=OTHER)).content.decode()
    assert "mandate_until" not in again


def test_a_mandate_that_has_ended_is_refused_at_its_field_and_nothing_is_kept(counter: Counter) -> None:
    sheet = counter.visit(stands=OTHER, **NEW, **NEW_AGENT)
    answer = counter.hand_in(sheet, **mandate(days=-1), **{"scan.shown-mandate": scan()})
    assert answer.status_code == 422
    assert "f-mandate_until" in answer.content.decode()
    assert queries.count(by=PLATFORM) == 0


def test_a_guardian_of_a_grown_up_is_refused_together_with_the_application(counter: Counter) -> None:
    sheet = counter.visit(stands=OTHER, **NEW, **NEW_AGENT)
    typed = {**mandate(), "mandate_kind": "guardian", "scan.shown-mandate": scan()}
    answer = counter.hand_in(sheet, **typed)
    assert answer.status_code == 422
    assert "已满十八周岁" in answer.content.decode()
    assert queries.count(by=PLATFORM) == 0


def test_a_new_company_is_entered_with_its_head_who_needs_no_mandate(counter: Counter) -> None:
    assert counter.stand(COMPANY).status_code == 422
    asked = counter.stand(COMPANY, stands=OTHER)
    assert 'name="head"' in asked.content.decode()
    company = {"applicant_name": "老街米线店", "applicant_kind": "sole_trader", "applicant_area": "530524101001"}
    sheet = counter.visit(COMPANY, stands=OTHER, head=OTHER, **company, **NEW_AGENT)
    entity = registries.entity_by_uscc(COMPANY)
    assert entity
    assert entity.facts.legal_representative == registries.person_ref(OTHER)
    page = counter.browser.get(sheet).content.decode()
    assert "法定代表人" in page
    assert "mandate_until" not in page
    answer = counter.browser.post(sheet, counter.filled(kind="entity"))
    assert answer.status_code == 302, answer.content.decode()


def test_items_are_found_by_the_words_people_use_and_recent_ones_come_first(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    items_page = sheet.removesuffix(f"{counter.item.code}/")
    found = counter.browser.get(items_page, {"q": "开小饭馆"}).content.decode()
    assert counter.item.code in found
    assert "最近收过" not in counter.browser.get(items_page).content.decode()
    counter.hand_in(sheet)
    assert "最近收过" in counter.browser.get(items_page).content.decode()


def test_an_item_of_another_organ_is_not_offered(world: World, acting: SignIn) -> None:
    item = offer(world)
    stranger = Counter(acting(staff("外窗", "11530524015240066A", Act.RECEIVE)), item)
    sheet = stranger.visit(**NEW)
    assert stranger.browser.get(sheet).status_code == 404
    assert item.code not in stranger.browser.get(sheet.removesuffix(f"{item.code}/")).content.decode()
