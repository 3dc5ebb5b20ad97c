"""Following a case: by sign-in or by number and password; supplement, withdrawal, result; closed to everybody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.portal.conftest import PLATFORM, County, pdf

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Outcome, State
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules.codes import Source
from onedoor.portal.apply.filling import filling_of


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.fixture
def receipt(county: County) -> tuple[str, str]:
    """Number and query password of a case just received."""
    return received(county, at=timezone.now())


def received(county: County, *, at: datetime) -> tuple[str, str]:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    county.upload(county.citizen, draft)
    held = queries.draft(draft.split("/")[3], by=county.citizen.actor)
    application = filling_of(held, by=county.citizen.actor).application(electronic_service=True)
    found = commands.submit(application, by=county.citizen.actor, at=at, key=held.id)
    return found.number, found.password


def ask(county: County, number: str, **materials: str) -> None:
    commands.request_supplement(number, by=county.clerk, at=timezone.now(), materials=materials)


def bearer(number: str, password: str) -> Client:
    client = Client()
    answer = client.post("/track/", {"number": number.lower(), "password": f" {password[:4]} {password[4:]} "})
    assert answer.status_code == 302, text(answer)
    return client


def state(county: County, number: str) -> State:
    page = queries.case_page(number, by=county.citizen.actor, on=timezone.localdate())
    return page.case.state


def test_a_case_page_says_phase_clock_article_who_and_what_comes_next(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    html = text(county.citizen.client.get(f"/track/{number}/"))
    assert "已收到" in html
    assert "答复是否受理" in html
    assert "个工作日" in html
    assert "行政许可法" in html
    assert "自收到申请之日起即为受理" in html
    assert county.item.organ_name in html
    assert county.item.contacts.enquiry in html
    assert 'aria-current="step"' in html
    assert "送达结果" in html
    assert "部门共享 · 免提交" in html
    assert f"/track/{number}/papers/receipt-1/" in html
    commands.accept(number, by=county.clerk, at=timezone.now())
    accepted = text(county.citizen.client.get(f"/track/{number}/"))
    assert "承诺办结" in accepted
    assert "法定办结：" in accepted
    assert "材料审查" in accepted


def test_papers_and_files_open_for_the_applicant_and_for_nobody_else(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    pdf_ = county.citizen.client.get(f"/track/{number}/papers/receipt/")
    assert pdf_["Content-Type"] == "application/pdf"
    assert pdf_.content.startswith(b"%PDF")
    page = county.citizen.client.get(f"/track/{number}/")
    (file,) = [row.href for _, files in page.context["materials"] for row in files]
    served = county.citizen.client.get(file)
    assert "sandbox" in served["Content-Security-Policy"]
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    for client in (county.stranger.client, Client()):
        assert client.get(file).status_code == 404
        assert client.get(f"/track/{number}/papers/receipt/").status_code == 404
    for kind in ("decision", "nothing"):
        assert county.citizen.client.get(f"/track/{number}/papers/{kind}/").status_code == 404


@pytest.mark.parametrize("place", ["", "withdraw/", "supplement/", "rate/", "papers/receipt/"])
def test_somebody_elses_case_does_not_exist(county: County, receipt: tuple[str, str], place: str) -> None:
    number, _ = receipt
    assert county.stranger.client.get(f"/track/{number}/{place}").status_code == 404
    assert Client().get(f"/track/{number}/{place}").status_code == 404
    assert county.stranger.client.post(f"/track/{number}/{place}").status_code in {404, 405}
    assert state(county, number) is State.SUBMITTED


def test_number_and_password_open_that_case_alone(county: County, receipt: tuple[str, str]) -> None:
    number, password = receipt
    other = county.submit(county.stranger)
    client = bearer(number, password)
    html = text(client.get(f"/track/{number}/"))
    assert "已收到" in html
    assert county.citizen.id_number not in html
    assert client.get(f"/track/{other}/").status_code == 404
    assert client.get("/mine/").status_code == 200
    assert number not in text(client.get("/mine/"))


def test_wrong_guesses_are_told_and_stop(county: County, receipt: tuple[str, str]) -> None:
    number, password = receipt
    client = Client()
    for _ in range(5):
        answer = client.post("/track/", {"number": number, "password": "00000000"})
        assert answer.status_code == 422
        assert "不对" in text(answer)
    answer = client.post("/track/", {"number": number, "password": password})
    assert answer.status_code == 422
    assert "次数过多" in text(answer)
    assert client.get(f"/track/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("number", "password"), [("", ""), ("53052420260302", "1"), ("长" * 5000, "\0"), ("530524202603020003179", "")]
)
def test_a_mistyped_number_is_told_before_anything_is_counted(county: County, number: str, password: str) -> None:
    answer = Client().post("/track/", {"number": number, "password": password})
    assert answer.status_code == 422
    assert 'href="#f-number"' in text(answer)


def test_a_supplement_takes_exactly_what_was_asked(county: County, receipt: tuple[str, str]) -> None:
    number, password = receipt
    ask(county, number, layout="看不清水池位置，请重画")
    page = text(county.citizen.client.get(f"/track/{number}/"))
    assert "等您补正" in page
    assert "要补 1 处" in page
    client, address = bearer(number, password), f"/track/{number}/supplement/"
    html = text(client.get(address))
    assert "看不清水池位置，请重画" in html
    assert "经营者名称" not in html
    version = client.get(address).context["case"].version
    empty = client.post(address, {"version": version, "hand_in": "1"})
    assert empty.status_code == 422
    assert 'href="#f-layout"' in text(empty)
    client.post(address, {"version": version, "upload": "layout", "layout": pdf("新图.pdf", words=b"new")})
    assert "新图.pdf" in text(client.get(address))
    assert client.post(address, {"version": version, "hand_in": "1"})["Location"] == f"/track/{number}/"
    assert state(county, number) is State.SUBMITTED
    assert "新图.pdf" in text(county.citizen.client.get(f"/track/{number}/"))
    assert client.get(address)["Location"] == f"/track/{number}/"


def test_a_file_that_the_page_sends_by_itself_is_answered_briefly(county: County, receipt: tuple[str, str]) -> None:
    number, password = receipt
    ask(county, number, layout="请重画")
    client, address = bearer(number, password), f"/track/{number}/supplement/"
    version = client.get(address).context["case"].version
    sent = {"version": version, "upload": "1", "layout": pdf("新图.pdf")}
    answer = client.post(address, sent, headers={"Accept": "application/json"})
    assert answer.json() == {"version": version, "errors": []}
    refused = client.post(address, sent | {"layout": pdf("图.jpg")}, headers={"Accept": "application/json"})
    assert "图.jpg" in refused.json()["errors"][0]
    assert "新图.pdf" in text(client.get(address))


def test_a_bad_file_in_a_supplement_is_told_at_its_field(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    ask(county, number, layout="请重画")
    address = f"/track/{number}/supplement/"
    version = county.citizen.client.get(address).context["case"].version
    bad = pdf("图.jpg")
    answer = county.citizen.client.post(address, {"version": version, "hand_in": "1", "layout": bad})
    assert answer.status_code == 422
    assert 'id="f-layout-error"' in text(answer)
    assert state(county, number) is State.SUPPLEMENT


def test_the_form_is_corrected_where_the_notice_asks_for_it(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    ask(county, number, form="面积与平面图不符")
    address = f"/track/{number}/supplement/"
    shown = county.citizen.client.get(address)
    assert "面积与平面图不符" in text(shown)
    given = {key: _raw(value) for key, value in shown.context["correction"].values.items()}
    sent = given | {"version": shown.context["case"].version, "hand_in": "1", "place_size": "很大"}
    answer = county.citizen.client.post(address, sent)
    assert answer.status_code == 422
    assert 'href="#f-place_size"' in text(answer)
    answer = county.citizen.client.post(address, sent | {"place_size": "88"})
    assert answer.status_code == 302, text(answer)
    assert "88 平方米" in text(county.citizen.client.get(f"/track/{number}/"))


def _raw(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def test_a_stale_supplement_is_a_conflict(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    ask(county, number, layout="请重画")
    address = f"/track/{number}/supplement/"
    answer = county.citizen.client.post(address, {"version": 1, "hand_in": "1", "layout": pdf()})
    assert answer.status_code == 409
    assert state(county, number) is State.SUPPLEMENT


def test_a_withdrawal_is_asked_once_more(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    address = f"/track/{number}/withdraw/"
    assert "不能恢复" in text(county.citizen.client.get(address))
    assert state(county, number) is State.SUBMITTED
    assert county.citizen.client.post(address, {"version": "x"}).status_code == 409
    version = county.citizen.client.get(address).context["case"].version
    assert county.citizen.client.post(address, {"version": version, "reason": "长" * 3000}).status_code == 422
    answer = county.citizen.client.post(address, {"version": version, "reason": "不开了"})
    assert answer["Location"] == f"/track/{number}/"
    assert "已撤回" in text(county.citizen.client.get(f"/track/{number}/"))
    assert county.citizen.client.get(address).status_code == 302


def test_a_decision_bears_one_name_on_its_face_in_every_list_and_as_a_file(
    county: County, receipt: tuple[str, str]
) -> None:
    number, _ = receipt
    county.decide(number)
    page = county.citizen.client.get(f"/track/{number}/")
    paper = next(row for row in page.context["papers"] if row.key.startswith("decision"))
    assert paper.name == "准予行政许可决定书"
    assert f"{paper.name}.pdf" in {row.name for row in page.context["results"]}
    assert (
        quote(f"{paper.name}.pdf")
        in county.citizen.client.get(f"/track/{number}/papers/decision/")["Content-Disposition"]
    )
    delivered = text(county.citizen.client.get(f"/track/{number}/")).count(paper.name)
    assert delivered >= 2


def test_a_late_case_says_so_in_plain_words_with_what_its_applicant_can_do(county: County) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    number, _ = received(county, at=long_ago)
    commands.accept(number, by=county.clerk, at=long_ago)
    html = text(county.citizen.client.get(f"/track/{number}/"))
    for words in ("超期了", "承诺办结：应当在", "催办：", "投诉：", "行政复议向昌宁县人民政府申请", "第二十三条"):
        assert words in html
    assert county.item.contacts.complaint in html
    mine = text(county.citizen.client.get("/mine/"))
    assert "已超期" in mine
    assert f"/track/{number}/#late" in mine


def test_before_the_laws_own_limit_has_passed_no_remedy_is_promised(county: County) -> None:
    ago = timezone.now() - timedelta(days=11)  # the promise is 5 working days, the law's limit 10
    number, _ = received(county, at=ago)
    commands.accept(number, by=county.clerk, at=ago)
    late = county.citizen.client.get(f"/track/{number}/").context["late"]
    assert late is None or not late.remedy


def test_citizens_pages_write_every_date_in_one_form(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    county.decide(number)
    pages = (f"/track/{number}/", "/mine/", "/mine/messages/", "/track/", f"/items/{county.item.code}/", "/rate/")
    for address in pages:
        answer = county.citizen.client.get(address)
        assert answer.status_code == 200, address
        shown = re.sub(r"<[^>]*>", "", text(answer))
        assert re.findall(r"(?<!年)(?<!\d)\d{1,2}月\d{1,2}日", shown) == [], address
        assert re.findall(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d日（周", shown) == [], address


def pdf_of(content: bytes) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("证照.pdf", content)


def test_a_refusal_gives_reasons_and_remedies(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    county.decide(number, Outcome.DENIED)
    html = text(county.citizen.client.get(f"/track/{number}/"))
    assert "未获批准" in html
    assert "操作间不符合要求" in html
    assert county.item.remedies.review_organ in html
    assert county.item.remedies.court in html


def test_not_accepted_says_why_and_where_to_turn(county: County, receipt: tuple[str, str]) -> None:
    number, _ = receipt
    commands.refuse_acceptance(
        number, by=county.clerk, at=timezone.now(), outcome=Outcome.NOT_COMPETENT, reason="不归本局管",
        where_to_turn="到邻县市场监督管理局办理",
    )  # fmt: skip
    html = text(county.citizen.client.get(f"/track/{number}/"))
    assert "未受理" in html
    assert "不归本局管" in html
    assert "到邻县市场监督管理局办理" in html


def tolerant(county: County) -> County:
    """The same item, whose rules of hygiene are the applicant's to bring, and may come later."""
    item = catalogued("食品经营许可")
    own = tuple(m if m.key == "rules" else replace(m, source=Source.SHARED) for m in item.materials)
    items.publish([replace(item, materials=own)], by=PLATFORM, at=timezone.now())
    published.forget()
    return replace(county, item=published.published(item.code))


def test_a_material_may_be_promised_and_brought_later_by_the_applicants_choice_alone(county: County) -> None:
    county = tolerant(county)
    browser, draft = county.citizen.client, county.begin(county.citizen)
    assert county.fill(county.citizen, draft, rules_adopted=False) == f"{draft}materials/"
    address = f"{draft}materials/rules/"
    shown = browser.get(address)
    assert "我承诺以后补交" in text(shown)
    assert "选择文件（选填）" not in text(shown)  # one of the two is needed
    version = shown.context["filling"].draft.version
    assert browser.post(address, {"version": version, "promise": "later"}).status_code == 302
    assert "以后补交" in text(browser.get(f"{draft}materials/"))
    assert "个工作日内交来" in text(browser.get(f"{draft}check/"))
    answer = browser.post(f"{draft}check/", {"electronic_service": "yes"})
    number = str(browser.get(answer["Location"]).context["receipt"].number)
    commands.accept(number, by=county.clerk, at=timezone.now())
    page = text(browser.get(f"/track/{number}/"))
    assert "请您补交" in page
    assert "承诺书" in page
    assert "容缺受理通知书" in page
    assert county.stranger.client.get(f"/track/{number}/owed/").status_code == 404
    empty = browser.post(
        f"/track/{number}/owed/", {"version": browser.get(f"/track/{number}/owed/").context["case"].version}
    )
    assert empty.status_code == 422
    version = empty.context["case"].version
    assert browser.post(f"/track/{number}/owed/", {"version": version, "rules": pdf("制度.pdf")}).status_code == 302
    after = text(browser.get(f"/track/{number}/"))
    assert "请您补交" not in after
    assert "制度.pdf" in after
    assert browser.get(f"/track/{number}/owed/").status_code == 302


def test_what_a_notice_asks_for_may_be_promised_too_where_the_item_says_so(county: County) -> None:
    county = tolerant(county)
    browser, draft = county.citizen.client, county.begin(county.citizen)
    county.fill(county.citizen, draft, rules_adopted=False)
    county.upload(county.citizen, draft, "rules")
    answer = browser.post(f"{draft}check/", {"electronic_service": "yes"})
    number = str(browser.get(answer["Location"]).context["receipt"].number)
    ask(county, number, rules="看不清，请重交。")
    shown = browser.get(f"/track/{number}/supplement/")
    assert "我承诺受理后" in text(shown)
    sent = {"version": shown.context["case"].version, "promise.rules": "later", "hand_in": "1"}
    assert browser.post(f"/track/{number}/supplement/", sent).status_code == 302
    page = queries.case_page(number, by=county.citizen.actor, on=timezone.localdate())
    assert (page.case.state, list(page.case.promised)) == (State.SUBMITTED, ["rules"])
