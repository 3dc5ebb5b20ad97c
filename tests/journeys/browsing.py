"""A person in front of a browser: every page they land on is looked at, by axe too where it shows something new."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Locator, Page

from onedoor.items.rules import Item, synthetic
from onedoor.kernel.journey import Question, QuestionKind

SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# The kinds of parts that a page is made of: what an element is, is called and is dressed in, not what it says.
PARTS = """() => {
  const told = ["type", "role", "class", "aria-current", "aria-invalid", "open"];
  return [...document.querySelectorAll("body *")].map(e => e.tagName + told.map(n => " " + e.getAttribute(n)).join(""));
}"""
Parts = dict[tuple[str, ...], set[str]]


@dataclass
class Visitor:
    """One browser window of one person at one instance. ``scripts`` off: axe has nothing to run with, so it rests.

    ``known``: the kinds of parts that axe has seen in this run, by route, screen and view. It looks at a page again
    only where a kind is new there.
    """

    context: BrowserContext
    url: str
    scripts: bool = True
    known: Parts = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "Content Security Policy" in text:
            self.wrong.append(f"{self.page.url}: {text}")

    def goto(self, path: str) -> int:
        """Open an address; its status."""
        answer = self.page.goto(path if path.startswith("http") else self.url + path)
        self.look()
        assert answer is not None
        return answer.status

    def click(self, target: Locator | str) -> None:
        """Press something that leads to another page, and look at that."""
        found = self.page.locator(target) if isinstance(target, str) else target
        with self.page.expect_navigation():
            found.first.click()
        self.look()

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.click(self.page.get_by_role("button", name=name))

    def follow(self, name: str) -> None:
        """Follow the link of that name."""
        self.click(self.page.get_by_role("link", name=name))

    def look(self) -> None:
        """What is wrong with this page."""
        where = self.page.url.removeprefix(self.url)
        self.seen.append(where)
        if self.page.locator("[data-fault='500']").count():
            self.wrong.append(f"{where}: 500")
        if self.page.evaluate(TOO_WIDE):
            self.wrong.append(f"{where}: wider than the screen")
        if self.scripts and self._shows_new_parts(where):
            for found in violations(self.page):
                self.wrong.append(f"{where}: {found['id']} {found['nodes'][0]['html'][:160]}")

    def _shows_new_parts(self, where: str) -> bool:
        screen = (self.page.viewport_size or {}).get("width", 0)
        view = self.page.locator("html").get_attribute("data-view") or ""
        known = self.known.setdefault((route_of(where), str(screen), view), set())
        before = len(known)
        known.update(self.page.evaluate(PARTS))
        return len(known) > before

    def says(self, *texts: str) -> None:
        """The page shows each of these."""
        shown = self.page.locator("body").inner_text()
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{missing} not on {self.page.url}:\n{shown[:3000]}"


@dataclass
class Applicant(Visitor):
    """A citizen who fills in forms: what the platform knows already is kept, the rest is typed."""

    today: date = field(default_factory=date.today)
    area: str = "530524101001"

    def fill(self, question: Question, told: Mapping[str, Any]) -> None:
        """Answer one question as a hand would: what was told, else what stands there, else something valid."""
        if question.key not in told and self._answered(question.key):
            return
        value = told.get(question.key)
        if value is None:
            value = synthetic.answer(question, today=self.today, area=self.area)
        self._enter(question.key, value)

    def _answered(self, key: str) -> bool:
        inputs = self.page.locator(f'[name="{key}"]')
        if inputs.count() == 0:
            return False
        if (inputs.first.get_attribute("type") or "") in {"radio", "checkbox"}:
            return self.page.locator(f'[name="{key}"]:checked').count() > 0
        return bool(inputs.first.input_value())

    def _enter(self, key: str, value: Any) -> None:
        field_ = self.page.locator(f'[name="{key}"]')
        if field_.count() == 0:  # a date in three parts
            for part, text in zip(("year", "month", "day"), str(value).split("-"), strict=True):
                self.page.locator(f'[name="{key}-{part}"]').fill(text)
            return
        if (field_.first.get_attribute("type") or "") in {"radio", "checkbox"}:
            words = {True: "yes", False: "no"}
            for each in value if isinstance(value, list) else [words.get(value, value)]:
                choice = self.page.locator(f'[name="{key}"][value="{each}"]')
                if not choice.is_visible():  # a village stands below its town
                    self.page.locator("details", has=choice).locator("summary").click()
                choice.check()
        elif field_.first.evaluate("e => e.tagName") == "SELECT":
            field_.first.select_option(str(value))
        else:
            field_.first.fill(str(value))

    def fill_in(self, item: Item, told: Mapping[str, Any]) -> None:
        """Every page of the journey, every material, until the answers can be checked."""
        questions = {question.key: question for page in item.form.pages for question in page.questions}
        for situation in item.situations:
            first = situation.options[0].value
            questions[situation.key] = Question(situation.key, "", QuestionKind.CHOICE, options=())
            told = {situation.key: first, **told}
        for _ in range(60):
            if "/check/" in self.page.url:
                return
            if "/materials/" in self.page.url:
                self.bring_materials()
                self.press("继续：核对并提交")
                continue
            asked = self.page.locator('[name="asked"]').get_attribute("value") or ""
            for key in asked.split():
                self.fill(questions[key], told)
            self.press("保存并继续")
            assert self.page.locator(".faults").count() == 0, self.page.locator("main").inner_text()
        raise AssertionError(f"the form never ended: {self.seen[-8:]}")

    def bring_materials(self) -> None:
        """Upload a photograph for everything that still must be uploaded."""
        while (open_ := self.page.locator("ol.tasks li", has_text="还没有上传").get_by_role("link")).count():
            self.click(open_.first)
            self.page.locator('input[type="file"]').set_input_files([photograph("材料.png")])
            self.press("上传")
            self.follow("这份好了，回材料清单")


@dataclass
class Officer(Visitor):
    """An officer at the desk."""

    def open(self, number: str) -> None:
        """From the inbox, by the number, to the case."""
        self.goto(f"/desk/?q={number}")
        self.click(f'a.row[href*="{number}"]')

    def form(self, label: str) -> Locator:
        """The form of one act, folded open: what was given to a colleague stands folded."""
        form = self.page.locator("details.act-form").filter(has=self.page.locator("summary", has_text=label)).first
        if form.get_attribute("open") is None:
            form.locator("summary").click()
        return form

    def act(self, label: str, button: str, **fields: str) -> None:
        """Fill in the form of one act and send it. Values: text, "on" for a box or the values of several, a radio's
        value, a choice's words.
        """
        form = self.form(label)
        for name, value in fields.items():
            place = form.locator(f'[name="{name.replace("__", ".")}"]')
            kind = place.first.get_attribute("type") or ""
            if kind == "checkbox":
                for box in [form.locator(f'[name="{name}"][value="{one}"]') for one in value.split("、")]:
                    (place.first if value == "on" else box).check()
            elif kind == "radio":
                form.locator(f'[name="{name}"][value="{value}"]').check()
            elif place.first.evaluate("e => e.tagName") == "SELECT":
                place.first.select_option(label=value)
            else:
                place.first.fill(value)
        self.click(form.get_by_role("button", name=button))
        self.says("已办理，并记入办件经过")

    def sign_step(self, name: str, *, officers: str = "", verdict: str = "passed", opinion: str = "") -> None:
        """Finish one step."""
        fields = {"verdict": verdict, "opinion": opinion or f"{name}：符合要求。"}
        self.act(name, "签名并提交", **fields | ({"officers": officers} if officers else {}))


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe refuses on this page. All rules run; only what they refuse is told in full: that is quicker."""
    return list(Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"])


def route_of(address: str) -> str:
    """The route of an address; what has none stands for itself."""
    plain = address.partition("?")[0].partition("#")[0]
    try:
        return resolve(plain).route
    except Resolver404:
        return plain


def photograph(name: str) -> dict[str, Any]:
    """A small picture, as a telephone would send it."""
    width, height = 240, 160
    rows = b"".join(b"\0" + bytes((x * y) % 251 for x in range(width)) for y in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
    return {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"".join(chunks)}
