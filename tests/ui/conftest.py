"""A gallery of every part, served without a database, for a real browser to look at."""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import Browser, Page
from tests.journeys.browsing import violations

from onedoor.kernel.errors import Conflict, FieldError
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.ui.parts import ClockBox, Fact, FileRow, Link, Moment, Tag, Task, Tone

SHOTS = os.environ.get("ONEDOOR_SHOTS", "")
SCREENS = {"desktop": (1200, 900), "phone": (360, 800)}
STICKING_OUT = """[...document.querySelectorAll('.card .tag, .card .number')].filter(e =>
  e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right
).map(e => 'sticks out: ' + e.outerHTML.slice(0, 90))"""
SMALL = """(least) => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = (e.type === 'radio' || e.type === 'checkbox' ? e.closest('label') : e).getBoundingClientRect();
  if (!box.width || e.type === 'hidden' || e.closest('.skip, [aria-hidden=true]')) return false;
  if (e.tagName === 'A' && getComputedStyle(e).display === 'inline') return false;  // a word in a sentence
  return box.height + 0.5 < least || box.width + 0.5 < Math.min(least, 44);
}).map(e => 'small: ' + e.outerHTML.slice(0, 90))"""
CHINA = ZoneInfo("Asia/Shanghai")
HERE = Path(__file__).parent


QUESTIONS = (
    Question("name", "店铺名称", QuestionKind.TEXT, hint="写营业执照上的名称。", prefill="entity.name"),
    Question("phone", "手机号码", QuestionKind.MOBILE, prefill="person.phone"),
    Question("opened", "开业日期", QuestionKind.DATE, hint="例如 2026 3 17"),
    Question("area", "经营面积", QuestionKind.DECIMAL, unit="平方米"),
    Question("kind", "经营方式", QuestionKind.CHOICE, options=(Option("a", "堂食"), Option("b", "外卖", "没有座位"))),
    Question("goods", "经营项目", QuestionKind.CHOICES, options=(Option("x", "热食类"), Option("y", "冷食类"))),
    Question("notes", "其他说明", QuestionKind.TEXTAREA, required=False),
)
ANSWERS = {"name": "某餐饮店", "opened": "2026-13-01", "goods": ["x"]}
ERRORS = (
    FieldError("phone", "请填写手机号码，11 位数字"),
    FieldError("opened", "没有这个日期：月份应在 1 到 12 之间"),
    FieldError("kind", "请选择经营方式"),
    FieldError("plan", "请上传经营场所平面图"),
)
FACTS = (
    Fact("申请人", "昌宁县某餐饮店（个体工商户）", href="#", action="更正"),
    Fact("统一社会信用代码", "92530524MA6XXXXX0X", tag=Tag("电子证照", Tone.GO)),
    Fact("经营场所", "解放路 12 号", href="#", action="更正"),
    Fact("身份证明", "由公安部门共享，无需提交", tag=Tag("免提交", Tone.GO)),
)


def case(request: HttpRequest) -> HttpResponse:
    context = {
        "tasks": (
            Task("营业执照变更", note="县市场监督管理局", tag=Tag("已通过", Tone.GO)),
            Task("食品经营许可", "#", "县市场监督管理局 · 现场核查已预约 3月12日 上午", Tag("审查中", Tone.WAIT)),
            Task("户外招牌设置", "#", "县城市管理局 · 请补充：招牌效果图", Tag("等您补正", Tone.TODO)),
            Task("公众聚集场所消防安全检查", note="县消防救援大队", tag=Tag("尚未开始")),
        ),
        "facts": FACTS,
        "clock": ClockBox(
            "承诺办结",
            "还剩 6 个工作日",
            ("预计 3月17日（周二）前办结。专家评审 2 个工作日依法不计入。",),
            ("依据《行政许可法》第四十二条：法定 20 个工作日，本县承诺 8 个工作日。",),
        ),
        "moments": (
            Moment("提交申请", datetime(2026, 3, 2, 9, 12, tzinfo=CHINA), "网上"),
            Moment("受理", datetime(2026, 3, 3, 10, 5, tzinfo=CHINA), "王某，综合窗口 3 号"),
            Moment("户外招牌设置：受理前请补正招牌效果图", date(2026, 3, 6), "一次性告知", "now"),
            Moment("作出决定", state="next"),
        ),
        "page_obj": Paginator(range(95), 10).page(5),
    }
    return render(request, "case.html", context)


def form(request: HttpRequest) -> HttpResponse:
    errors = ERRORS if "wrong" in request.GET else ()
    files = (FileRow("平面图.pdf", 320_000, "#", "17"),)
    context = {"questions": QUESTIONS, "answers": ANSWERS, "errors": errors, "files": files}
    return render(request, "form.html", context)


def desk(request: HttpRequest) -> HttpResponse:
    rail = (
        Link("待办", "#", True, 17),
        Link("窗口受理", "#"),
        Link("征求意见", "#", count=3),
        Link("待签章", "#", count=5),
    )
    reason = Question("reason", "理由与依据", QuestionKind.TEXTAREA)
    return render(request, "desk.html", {"rail": rail, "reason": reason, "facts": FACTS})


def stale(request: HttpRequest) -> HttpResponse:
    raise Conflict


def gallery_urls() -> ModuleType:
    module = ModuleType("gallery_urls")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("", include("onedoor.ui.urls")),
        path("case/", case),
        path("form/", form),
        path("desk/", desk),
        path("stale/", stale),
        path("", include("onedoor.portal.urls")),
    ]
    for status, name in ((400, "bad_request"), (403, "forbidden"), (404, "not_found"), (500, "inner_fault")):
        setattr(module, f"handler{status}", f"onedoor.ui.errors.{name}")
    return module


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The address of the gallery; its settings hold for the module that asked."""
    from django.conf import settings

    templates = [{**settings.TEMPLATES[0], "DIRS": [HERE / "gallery"]}]
    middleware = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    with override_settings(ROOT_URLCONF=gallery_urls(), TEMPLATES=templates, DEMO=True, MIDDLEWARE=middleware):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=Quiet)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


def opened(chromium: Browser, gallery: str, *, screen: str, view: str, session: str) -> Page:
    """A window of this size and view, in which it is heard what the browser complains of."""
    width, height = SCREENS[screen]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    if view != "standard":
        context.add_cookies([{"name": "view", "value": view, "url": gallery}])
    if session:
        context.add_cookies([{"name": "session", "value": session, "url": gallery}])
    return context.new_page()


@pytest.fixture
def faults(gallery: str, chromium: Browser) -> Iterator[Callable[..., list[str]]]:
    """What is wrong with one page: too wide, too small to hit, blocked by CSP, refused by axe.

    One window for each size, view and session, whatever pages it shows: each page is loaded anew in it.
    """
    windows: dict[tuple[str, str, str], Page] = {}
    heard: list[str] = []

    def window(screen: str, view: str, session: str) -> Page:
        key = (screen, view, session)
        if key not in windows:
            page = windows[key] = opened(chromium, gallery, screen=screen, view=view, session=session)
            page.on("console", lambda m: heard.append(m.text) if "Content Security Policy" in m.text else None)
            page.on("pageerror", lambda error: heard.append(str(error)))
        return windows[key]

    def look(path: str, screen: str, view: str, session: str = "") -> list[str]:
        page = window(screen, view, session)
        heard.clear()
        page.goto(gallery + path)
        if SHOTS:
            name = path.strip("/").replace("/", "-").replace("?", "-")[:40] or "home"
            page.screenshot(path=Path(SHOTS) / f"{name}-{screen}-{view}.png", full_page=True)
        wrong = []
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append("wider than the screen")
        wrong += page.evaluate(STICKING_OUT)
        wrong += page.evaluate(SMALL, 60 if "elder" in view else 44)
        wrong += [f"axe: {v['id']} {v['nodes'][0]['html'][:120]}" for v in violations(page)]
        return wrong + heard

    yield look
    for page in windows.values():
        page.context.close()
