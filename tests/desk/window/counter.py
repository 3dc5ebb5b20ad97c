"""What a clerk has on the counter: an item with materials, numbers, a filled page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World

from onedoor.cases.rules.application import wanted
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.kernel.actor import system
from onedoor.kernel.codes import make_id_number, make_uscc

PERSON = make_id_number("533025", date(1980, 3, 1), 1)  # an old prefix, good for life
OTHER = make_id_number("530524", date(1985, 6, 2), 2)
COMPANY = make_uscc("92530524", "MA6K0001")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SITUATION = {"business": "catering", "rented": "yes"}
NEW = {"applicant_name": "张三", "applicant_phone": "13800000000", "applicant_area": "530524101001"}
NEW_AGENT = {"stands_name": "李四", "stands_phone": "13900000000"}


def offer(world: World) -> ItemVersion:
    """The item with its materials to bring."""
    items.publish([catalogued("食品经营许可")], by=system("tests"), at=AT)
    published.forget()
    return published.published(world.item.code)


@dataclass(frozen=True)
class Counter:
    browser: Client
    item: ItemVersion

    def stand(self, number: str = PERSON, **typed: str) -> HttpResponse:
        return self.browser.post("/desk/window/", {"number": number, **typed})

    def visit(self, number: str = PERSON, **typed: str) -> str:
        """The address of the sheet for whoever stands here."""
        answer = self.stand(number, **typed)
        assert answer.status_code == 302, answer.content.decode()
        return f"{answer['Location']}{self.item.code}/"

    def filled(self, *, paper: bool = True, kind: str = "person") -> dict[str, object]:
        """The sheet as a clerk fills it in."""
        facts = {**SITUATION, "applicant.kind": kind, "applicant.agent": False}
        today = timezone.localdate()
        answers = synthetic.answers(self.item.form, facts=facts, today=today, area="530524101001")
        typed: dict[str, object] = {f"situations.{key}": value for key, value in SITUATION.items()}
        for key, value in answers.items():
            typed[key] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        needed = wanted(self.item, {**facts, **answers})  # type: ignore[dict-item]
        assert needed
        ticks = {f"paper.{material.key}": ["original", "copy"] for material in needed}
        return {**typed, **(ticks if paper else {}), "key": "0123456789abcdef", "act": "receive"}

    def hand_in(self, sheet: str, **typed: object) -> HttpResponse:
        return self.browser.post(sheet, {**self.filled(), **typed})

    def tell(self, sheet: str, **typed: object) -> HttpResponse:
        """收件并一次性告知: the lines are shown first, then go out."""
        shown = self.browser.post(sheet, {**typed, "act": "notify"})
        return self.browser.post(sheet, {**typed, "act": "notify", "seen": mark_of(shown)})


def mark_of(page: HttpResponse) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def number_of(page: HttpResponse) -> str:
    found = re.search(r"/desk/cases/([0-9A-Z]+)/", page.content.decode())
    assert found, page.content.decode()
    return found[1]
