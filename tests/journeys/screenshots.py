"""``bin/screenshots [NAME …]``: pictures of every main page, from a real instance; names: only what begins so.

ONEDOOR_JOURNEYS=FOLDER takes them from the demo instance that already serves that folder, else one is started.
"""

from __future__ import annotations

import json
import sys

from playwright.sync_api import Page, Route, sync_playwright
from tests.cases.conftest import catalogued
from tests.journeys.album import DESK, OUT, Album, serving
from tests.journeys.browsing import Applicant, Officer
from tests.journeys.doors import CHROMIUM, FLAGS, Door

ITEM = "食品经营许可"
CODE = "11530524015240058F400013102600001"
GUIDES = (
    ("guide-bundle", "开办餐饮店（一件事）", "办事指南：一件事"),
    ("guide-ways", "中介机构从事代理记账业务审批", "办事指南：两种办法任选"),
)
ANSWERS = {"business": "catering", "rented": "yes", "catering_projects": ["hot", "drinks"], "delivery_way": "online"}
ANSWERS |= {"electronic_service": True, "place_address": "云南省保山市昌宁县田园镇人民路88号"}
OPEN = (
    ("home", "/", "首页"),
    ("search", "/search/?q=开小饭馆", "查找：开小饭馆"),
    ("search-none", "/search/?q=看流星雨", "查找：没有找到"),
    ("browse", "/items/", "我要办：全部事项"),
    ("browse-event", "/items/?event=养老", "按人生大事：养老"),
    ("look", "/look/", "我要看"),
    ("halls", "/look/halls/", "到哪里办"),
    ("local", "/places/", "家门口办"),
    ("village", "/places/530524102203/", "一个村能办什么"),
    ("ask", "/ask/", "我要问"),
    ("ask-found", "/ask/?q=健康证", "我要问：已经有的答复"),
    ("ask-open", "/ask/open/", "用编号看答复"),
    ("track-ask", "/track/", "我要查"),
    ("verify-how", "/verify/", "证照验真：怎么验"),
    ("rate-open", "/rate/", "我要评"),
    ("mine-outside", "/mine/", "我的：登录以前"),
    ("agency", "/agency/", "代办等我确认"),
    ("login", "/account/login/", "登录"),
    ("heard-enter", "/heard/", "陈述和听证：用编号和通知码打开"),
    ("announcements", "/announcements/", "公示和听证公告"),
    ("relay-enter", "/relay/", "查异地代收"),
    ("tour", "/tour/", "导览：可以试的十件事"),
    ("fault-404", "/没有这一页/", "没有找到这一页"),
)
NARROWED = (
    ("browse-topic", "主题", "养老服务"),
    ("browse-organ", "部门和乡镇", "昌宁县市场监督管理局"),
    ("browse-level", "层级", "乡级"),
    ("browse-audience", "服务对象", "个人"),
    ("browse-place", "您在哪里", "漭水镇"),
)
MINE = (
    ("mine", "lixiulan", "/mine/", "我的"),
    ("mine-empty", "alu", "/mine/", "我的：还没有办件"),
    ("messages", "lixiulan", "/mine/messages/", "消息"),
    ("mandates", "lixiulan", "/mine/mandates/", "授权他人办理"),
    ("mandate-new", "lixiulan", "/mine/mandates/new/", "新增授权"),
    ("readings", "lixiulan", "/mine/readings/", "谁看过我的信息"),
    ("questions", "lixiulan", "/mine/questions/", "我的咨询"),
    ("ratings", "lixiulan", "/rate/", "我要评：可以评价的办件"),
    ("offers-ask", "zhaoyongfu", "/mine/offers/", "我可能可以享受的：先问"),
    ("fault-403", "lixiulan", "/desk/", "不能打开的一页"),
)
TO_PAY = "value @? '$.payments.* ? (@.receipt == null && @.exempt == \"\" && @.lapsed == null)' AND state = 'accepted'"
FOLLOWED = (
    ("track", "state = 'accepted'", "", "办理进度：办理中"),
    ("track-submitted", "state = 'submitted'", "", "办理进度：已收到"),
    ("track-supplement", "state = 'supplement'", "", "办理进度：等您补正"),
    ("supplement", "state = 'supplement'", "supplement/", "补正"),
    ("track-payment", TO_PAY, "", "办理进度：等您缴费"),
    ("withdraw", "state = 'accepted'", "withdraw/", "撤回申请"),
    ("track-refused", "outcome = 'denied'", "", "办理进度：未获批准，理由和救济途径"),
    ("track-elsewhere", "outcome IN ('not_competent', 'not_required')", "", "办理进度：不归这里管"),
    ("track-withdrawn", "outcome = 'withdrawn'", "", "办理进度：已撤回"),
    ("track-granted", "outcome = 'granted'", "", "办理进度：已办成"),
    ("rate", "outcome = 'granted' AND value->>'rating' IS NULL", "rate/", "评价"),
)
OF_COMPANIES = (
    ("track-bundle", "chenzhiming", "item_name LIKE '%（一件事）' AND state = 'accepted'", "", "一件事：各项进度"),
    ("track-bundle-partly", "daohan", "item_name LIKE '%（一件事）' AND state <> 'accepted'", "", "一件事：部分办成"),
    ("track-owed", "lixiulan", "applicant_name LIKE '%老街%' AND value->'promised' <> '{}'", "owed/", "补交后补的材料"),
)
AT_DESKS = (
    ("scjg04", "desk-inbox", "", "工作台：待办"),
    ("scjg04", "desk-search", "search/", "工作台：查询"),
    ("scjg04", "desk-words", "words/", "工作台：意见模板"),
    ("scjg04", "desk-absence", "absence/", "工作台：请假和代班"),
    ("scjg06", "desk-docket", "docket/", "工作台：本机关全部办件"),
    ("scjg05", "desk-consult", "consult/", "工作台：咨询"),
    ("zwfw11", "window", "window/", "综合窗口：谁来办"),
    ("zwfw11", "window-supplement", "window/supplement/", "综合窗口：来补材料"),
    ("zwfw11", "desk-relays", "relay/", "综合窗口：替别处机关收的件"),
    ("tyz03", "desk-agency", "agency/", "工作台：代办"),
    ("tyz03", "desk-agency-new", "agency/new/", "工作台：替谁办"),
    ("xzf01", "director", "director/?period=month", "督查：办件与平台使用"),
    ("xzf01", "director-halls", "director/places/", "督查：大厅与授权"),
    ("scjg07", "catalogue", "catalogue/", "事项管理：本机关的清单和草稿"),
    ("scjg07", "catalogue-item", f"catalogue/items/{CODE}/", "事项管理：每个字段来自哪一级"),
    ("scjg07", "catalogue-whatif", f"catalogue/items/{CODE}/whatif/", "事项管理：改了会怎样"),
    ("scjg07", "catalogue-moving", f"catalogue/items/{CODE}/moving/", "事项管理：在办件换到新版本"),
    ("zwfw14", "standards", "standards/", "标准化：各机关的标准化指数"),
    ("zwfw14", "standards-check", "standards/check/", "标准化：检查结果"),
    ("zwfw14", "standards-compare", "standards/compare/00013102600001/", "标准化：同一事项逐项比较"),
    ("zwfw14", "standards-laws", "standards/laws/", "标准化：事项引用的法律和标准"),
    ("zwfw14", "standards-norms", "standards/norms/", "标准化：大厅服务规范"),
    ("system", "people", "people/", "人员与账号"),
    ("system", "people-new", "people/new/", "人员与账号：登记新人员"),
)


def main() -> None:
    """Take them all, or those that were named."""
    OUT.mkdir(parents=True, exist_ok=True)
    album = Album(tuple(sys.argv[1:]))
    with serving() as instance, sync_playwright() as playwright:
        door = Door(instance, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        finding(door, album)
        applying(door, album)
        following(door, album)
        for name, username, path, title in MINE:
            visit(door.let_in(Applicant, username).page, album, name, door.instance.url + path, title)
        offered(door, album)
        after(door, album)
        working(door, album)
        faults(door, album)
        sys.stdout.write(album.close())
        door.close()


def visit(page: Page, album: Album, name: str, address: str, title: str, modes: tuple[str, ...] | None = None) -> None:
    """Open one address, if it is wanted, and take it."""
    if album.wants(name):
        page.goto(address)
    album.take(page, name, title, *([modes] if modes else []))


def finding(door: Door, album: Album) -> None:
    page = door.let_in(Applicant, "").page
    for name, path, title in OPEN:
        visit(page, album, name, door.instance.url + path, title)
    for name, facet, value in NARROWED:
        page.goto(door.instance.url + "/items/")
        part = page.locator(".sift details", has_text=facet).first
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        part.get_by_role("link", name=value).first.click()
        album.take(page, name, f"我要办：按{facet}", ("desktop",))
    page.goto(door.instance.url + "/search/?q=开小饭馆")
    page.locator(".hits").get_by_role("link", name=ITEM, exact=True).click()
    guide = page.url
    album.take(page, "guide", "办事指南：食品经营许可")
    visit(page, album, "guide-situation", guide + "?business=catering&rented=yes", "办事指南：只看我需要的材料")
    visit(page, album, "guide-form", guide + "form/", "空白申请表")
    for name, item, title in GUIDES:
        if album.wants(name):
            page.goto(f"{door.instance.url}/search/?q={item}")
            page.locator(".hits").get_by_role("link", name=item, exact=True).click()
        album.take(page, name, title)
    if album.wants("object"):
        page.goto(f"{door.instance.url}/announcements/")
        page.get_by_role("link", name="我有异议").first.click()
    album.take(page, "object", "对公示提异议")
    rows = door.instance.ask("SELECT token FROM licences_licence ORDER BY id LIMIT 1")
    visit(page, album, "verify", f"{door.instance.url}/verify/{rows[0][0]}/", "证照验真")
    rows = door.instance.ask("SELECT min(id) FROM hotline_entry")
    visit(page, album, "ask-answer", f"{door.instance.url}/ask/answers/{rows[0][0]}/", "一条公开的问答")


def applying(door: Door, album: Album) -> None:
    """One application from the guide to the receipt; a page that fails to save itself; an error."""
    owner = door.let_in(Applicant, "lixiulan")
    owner.scripts = False  # the page's own run; nobody looks for faults here
    page = owner.page
    page.goto(door.instance.url + "/search/?q=开小饭馆")
    page.locator(".hits").get_by_role("link", name=ITEM, exact=True).click()
    page.get_by_role("link", name="开始办理").first.click()
    album.take(page, "apply-start", "开始办理：为谁办")
    page.get_by_label("老街米线店").check()
    page.get_by_role("button", name="开始填写").click()
    album.take(page, "apply-situation", "一页一问：情形")
    page.get_by_role("button", name="保存并继续").click()
    album.take(page, "apply-error", "一页一问：没有填的", DESK)
    answer_until(owner, "subject", album, "apply-page", "填表：谁来申请（已知的不再填）")
    page.context.set_offline(True)
    page.locator("form[data-keep] input:not([type=hidden])").first.press("End")
    page.locator("form[data-keep]").dispatch_event("input")
    page.locator(".saved--wrong").wait_for()
    album.take(page, "apply-offline", "填表：断网时", DESK, whole=False)
    page.context.set_offline(False)
    page.locator(".saved:not(.saved--wrong)").wait_for()
    owner.fill_in(catalogued(ITEM), ANSWERS)
    check = page.url
    page.goto(check.replace("/check/", "/materials/"))
    album.take(page, "apply-materials", "材料清单")
    page.locator("ol.tasks a").first.click()
    album.take(page, "apply-material", "上传一份材料")
    page.goto(check)
    album.take(page, "apply-check", "核对并提交")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/done/")
    album.take(page, "apply-done", "申请已收到")


def answer_until(owner: Applicant, key: str, album: Album, name: str, title: str) -> None:
    """Answer the pages before one, and take that one."""
    for _ in range(4):
        if f"/page/{key}/" in owner.page.url:
            break
        situation = owner.page.locator('[name="asked"]').get_attribute("value") or ""
        owner.page.locator(f'[name="{situation}"][value="{ANSWERS[situation]}"]').check()
        owner.page.get_by_role("button", name="保存并继续").click()
    album.take(owner.page, name, title)


def following(door: Door, album: Album) -> None:
    """Cases of the sample county, each as its own applicant sees it; a question that was answered."""
    for name, where, path, title in FOLLOWED:
        username, number = case_of(door, where)
        page = door.let_in(Applicant, username).page
        visit(page, album, name, f"{door.instance.url}/track/{number}/{path}", title)
    for name, username, where, path, title in OF_COMPANIES:
        rows = door.instance.ask(f"SELECT number FROM cases_case WHERE {where} ORDER BY id LIMIT 1")
        page = door.let_in(Applicant, username).page
        visit(page, album, name, f"{door.instance.url}/track/{rows[0][0]}/{path}", title)
    relayed = door.let_in(Applicant, "lixiulan").page
    visit(relayed, album, "relay", f"{door.instance.url}/relay/{relay_of(door)}/", "异地代收：办到哪一步")
    rows = door.instance.ask("SELECT number FROM hotline_question WHERE asker = 'person:2' AND state = 'closed'")
    asker = door.let_in(Applicant, "lixiulan").page
    visit(asker, album, "ask-answered", f"{door.instance.url}/ask/{rows[0][0]}/", "我的问题：已结束")


def relay_of(door: Door) -> str:
    """The relay of the sample county that is on its way."""
    return str(door.instance.ask("SELECT number FROM relay_relay WHERE is_open ORDER BY id LIMIT 1")[0][0])


def case_of(door: Door, wanted: str) -> tuple[str, str]:
    """A case of somebody who has an account, with the username."""
    names = {row["name"]: row["username"] for row in door.accounts() if not row["secret"] and not row["client"]}
    for number, name in door.instance.ask(f"SELECT number, applicant_name FROM cases_case WHERE {wanted} ORDER BY id"):
        if name in names:
            return names[str(name)], str(number)
    raise LookupError(wanted)


def after(door: Door, album: Album) -> None:
    """What a holder may ask for, and what one who is heard sees."""
    held = "SELECT max(number) FROM licences_licence WHERE holder_name LIKE '%老街米线店%' AND ended IS NULL"
    page = door.let_in(Applicant, "lixiulan").page
    address = f"{door.instance.url}/mine/licences/{door.instance.ask(held)[0][0]}/reissue/"
    visit(page, album, "licence-ask", address, "申请补发证照")
    heard = "SELECT number FROM cases_case WHERE value->'hearing'->'meeting' <> 'null' LIMIT 1"
    page = door.let_in(Applicant, "zhouguoqiang").page
    visit(
        page, album, "heard", f"{door.instance.url}/heard/{door.instance.ask(heard)[0][0]}/", "陈述和听证：利害关系人"
    )


def offered(door: Door, album: Album) -> None:
    """What the register knows of somebody of sixty-two, after they asked for it."""
    page = door.let_in(Applicant, "zhaoyongfu").page
    page.goto(f"{door.instance.url}/mine/offers/")
    page.get_by_role("button", name="帮我看看").click()
    album.take(page, "offers", "我可能可以享受的", DESK)


def working(door: Door, album: Album) -> None:
    """The desk, which is made for a desk, and can be read on a telephone."""
    for username, name, path, title in AT_DESKS:
        page = door.let_in(Officer, username).page
        visit(page, album, name, f"{door.instance.url}/desk/{path}", title, DESK)
    window = door.let_in(Officer, "zwfw11").page
    visit(window, album, "desk-relay", f"{door.instance.url}/desk/relay/{relay_of(door)}/", "综合窗口：代收件", DESK)
    director = door.let_in(Officer, "xzf01").page
    if album.wants("director-use"):
        director.goto(f"{door.instance.url}/desk/director/?period=month#adoption")
    album.take(director, "director-use", "督查：平台使用与一人兼任", ("desktop",), whole=False)
    page = door.let_in(Officer, "scjg04").page
    page.goto(f"{door.instance.url}/desk/")
    page.locator("a.row").first.click()
    case = page.url.split("?")[0]
    for tab, title in (("application", "申请与材料"), ("story", "经过"), ("clocks", "时限"), ("papers", "文书")):
        visit(page, album, f"desk-case-{tab}", f"{case}?tab={tab}", f"工作台：办件页，{title}", DESK)
    rows = door.instance.ask(f"SELECT number FROM cases_case WHERE {OF_COMPANIES[0][2]} ORDER BY id LIMIT 1")
    lead = door.let_in(Officer, "scjg06").page
    visit(lead, album, "desk-bundle", f"{door.instance.url}/desk/cases/{rows[0][0]}/", "工作台：一件事和联合踏勘", DESK)
    rows = door.instance.ask(f"SELECT number FROM cases_case WHERE item_name LIKE '不动产登记%' AND {TO_PAY} LIMIT 1")
    fees = door.let_in(Officer, "zrzy04").page
    visit(fees, album, "desk-payment", f"{door.instance.url}/desk/cases/{rows[0][0]}/", "工作台：缴费", DESK)
    clerk = door.let_in(Officer, "scjg05").page
    clerk.goto(f"{door.instance.url}/desk/")
    clerk.locator("a.row", has_text="受理").first.click()
    album.take(clerk, "desk-accept", "工作台：受理、一次性告知", DESK)
    clerk.goto(f"{door.instance.url}/desk/consult/")
    clerk.locator("a.row").first.click()
    album.take(clerk, "desk-consult-question", "工作台：答复咨询", DESK)


def faults(door: Door, album: Album) -> None:
    """Faults that a healthy instance never has."""
    told = json.loads(door.instance.program("tests.journeys.faults"))
    page = door.let_in(Applicant, "").page

    def serve(route: Route) -> None:
        status = route.request.url.rpartition("/")[2]
        route.fulfill(status=int(status), content_type="text/html; charset=utf-8", body=told[status])

    page.route("**/fault/*", serve)
    for status, title in (("500", "网站出了问题"), ("503", "网站正在维护")):
        visit(page, album, f"fault-{status}", f"{door.instance.url}/fault/{status}", title, DESK)


if __name__ == "__main__":
    main()
