"""A form page that saves itself and files that travel one by one, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from tests.portal.conftest import County, pdf, settle

from onedoor.cases import commands as cases
from onedoor.cases import queries
from onedoor.cases.rules.drafts import Draft

pytestmark = pytest.mark.journey
NAME = "contact_name"


@pytest.fixture
def county(committed_db: str) -> County:
    return settle()


@pytest.fixture
def draft(county: County) -> str:
    """An application with every page answered and nothing uploaded."""
    address = county.begin(county.citizen)
    county.fill(county.citizen, address)
    return address


@pytest.fixture
def page(gallery: str, chromium: Browser, county: County) -> Iterator[Page]:
    session = county.citizen.client.cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(base_url=gallery, locale="zh-CN")
    context.add_cookies([{"name": "session", "value": session, "url": gallery}])
    yield context.new_page()
    context.close()


def held(county: County) -> Draft:
    (found,) = queries.drafts(by=county.citizen.actor)
    return queries.draft(found.id, by=county.citizen.actor)


def test_a_page_saves_itself_and_goes_on_from_there(page: Page, county: County, draft: str) -> None:
    page.goto(f"{draft}page/subject/")
    page.locator(f'[name="{NAME}"]').fill("张小梅")
    expect(page.locator(".saved")).to_contain_text("已自动保存", timeout=15_000)
    assert held(county).content.answers[NAME] == "张小梅"
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/page/premises_page/")


def test_a_form_that_is_sent_saves_nothing_beside_it_so_that_a_mistake_can_be_put_right(
    page: Page, county: County, draft: str
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.goto(f"{draft}page/subject/")
    page.locator(f'[name="{NAME}"]').fill("张小梅")
    page.locator('[name="contact_mobile"]').fill("139")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator(".error-summary, [role=alert]").first).to_be_visible()
    assert sent == ["POST"]
    page.locator('[name="contact_mobile"]').fill("13800000001")
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/page/premises_page/")
    assert sent == ["POST", "POST"]


def test_what_is_half_typed_stays_on_the_page_and_is_said(page: Page, county: County, draft: str) -> None:
    before = held(county).content.answers
    page.goto(f"{draft}page/subject/")
    page.locator(f'[name="{NAME}"]').fill("张小梅")
    page.locator('[name="contact_mobile"]').fill("139")
    expect(page.locator(".saved")).to_contain_text("还有 1 处没填对", timeout=15_000)
    kept = held(county).content.answers
    assert kept[NAME] == "张小梅"
    assert kept.get("contact_mobile") != "139"
    assert set(before) - set(kept) <= {"contact_mobile"}


@pytest.mark.parametrize("status", [0, 500])
def test_a_page_that_could_not_be_saved_says_so_and_tries_again(
    page: Page, county: County, draft: str, status: int
) -> None:
    def fail(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif status:
            route.fulfill(status=status, body="<h1>500</h1>")
        else:
            route.abort()

    page.goto(f"{draft}page/subject/")
    page.route("**/page/subject/", fail)
    page.locator(f'[name="{NAME}"]').fill("张小梅")
    expect(page.locator(".saved")).to_contain_text("没有保存上，请检查网络", timeout=15_000)
    assert held(county).content.answers[NAME] != "张小梅"
    page.unroute("**/page/subject/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".saved")).to_contain_text("已自动保存", timeout=15_000)
    assert held(county).content.answers[NAME] == "张小梅"


def test_who_was_signed_out_signs_in_on_another_page_and_loses_nothing(page: Page, county: County, draft: str) -> None:
    def signed_out(route: Route) -> None:
        route.fulfill(status=401) if route.request.method == "POST" else route.continue_()

    page.goto(f"{draft}page/subject/")
    page.route("**/page/subject/", signed_out)
    page.locator(f'[name="{NAME}"]').fill("张小梅")
    expect(page.get_by_role("link", name="在新页面登录")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator(f'[name="{NAME}"]')).to_have_value("张小梅")
    page.unroute("**/page/subject/")
    page.context.clear_cookies(name="csrf")  # a new session has a new token
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/page/premises_page/")
    assert held(county).content.answers[NAME] == "张小梅"


def test_two_devices_are_told_and_neither_overwrites_the_other(page: Page, county: County, draft: str) -> None:
    address = f"{draft}page/subject/"
    page.goto(address)
    county.citizen.client.post(address, county.sent(county.citizen, address, **{NAME: "李大海"}))
    page.locator(f'[name="{NAME}"]').fill("张小梅")
    expect(page.locator(".saved")).to_contain_text("另一台设备上修改", timeout=15_000)
    assert held(county).content.answers[NAME] == "李大海"


def test_files_travel_one_by_one_and_one_that_failed_is_sent_again(page: Page, county: County, draft: str) -> None:
    tries: list[str] = []

    def second_fails(route: Route) -> None:
        if route.request.method == "POST":
            tries.append("POST")
        if len(tries) == 2 and route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.goto(f"{draft}materials/layout/")
    page.route("**/materials/layout/", second_fails)
    content = pdf().read()
    names = ("一.pdf", "二.pdf", "三.pdf")
    page.locator('input[type="file"]').set_input_files(
        [{"name": name, "mimeType": "application/pdf", "buffer": content} for name in names]
    )
    page.get_by_role("button", name="上传", exact=True).click()
    failed = page.locator(".sending li", has_text="二.pdf")
    expect(failed).to_contain_text("没有传上，请检查网络", timeout=15_000)
    expect(page.locator(".sending li", has_text="三.pdf")).to_contain_text("传好了", timeout=15_000)
    failed.get_by_role("button", name="再传一次").click()
    expect(page.locator(".files a")).to_have_text(["一.pdf", "三.pdf", "二.pdf"], timeout=15_000)
    assert len(held(county).content.files["layout"]) == 3
    assert len(tries) == 4


def test_a_file_that_is_refused_says_why(page: Page, draft: str) -> None:
    page.goto(f"{draft}materials/layout/")
    page.locator('input[type="file"]').set_input_files(
        [{"name": "一.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a pdf at all"}]
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator(".sending .wrong")).to_contain_text("一.pdf", timeout=15_000)


def test_files_of_a_supplement_travel_one_by_one_too(page: Page, county: County) -> None:
    number = county.submit(county.citizen)
    asked = {"layout": "请重画"}
    cases.request_supplement(number, by=county.clerk, at=timezone.now(), materials=asked)
    address = f"/track/{number}/supplement/"
    tries: list[str] = []

    def first_fails(route: Route) -> None:
        if route.request.method == "POST":
            tries.append("POST")
        if len(tries) == 1 and route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.goto(address)
    page.route(f"**{address}", first_fails)
    content = pdf().read()
    page.locator('input[type="file"]').set_input_files(
        [{"name": name, "mimeType": "application/pdf", "buffer": content} for name in ("一.pdf", "二.pdf")]
    )
    page.get_by_role("button", name="上传").click()
    failed = page.locator(".sending li", has_text="一.pdf")
    expect(failed).to_contain_text("没有传上，请检查网络", timeout=15_000)
    expect(page.locator(".sending li", has_text="二.pdf")).to_contain_text("传好了", timeout=15_000)
    failed.get_by_role("button", name="再传一次").click()
    expect(page.locator(".files:not(.sending) a")).to_have_text(["二.pdf", "一.pdf"], timeout=15_000)
    page.get_by_role("button", name="提交补正").click()
    page.wait_for_url(f"**/track/{number}/")
    expect(page.locator("main")).to_contain_text("补正已提交")
