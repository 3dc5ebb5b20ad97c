"""One applicant on the way through situations and form, page by page, by the rules that hold for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from onedoor.items.rules import synthetic
from onedoor.items.rules.paper import Writer
from onedoor.items.rules.trial.paths import Choices
from onedoor.kernel.expr import Value, holds
from onedoor.kernel.journey import Answer, Form, Page, Question, clean_page, first_incomplete, next_page, pages_for
from onedoor.kernel.journey.cleaning import Unclean, clean


@dataclass(slots=True)
class Walk:
    """What came of it. ``seen``: ``page.…`` and ``question.…``; ``stuck``: at which page and question, and why."""

    facts: dict[str, Value | Answer]
    seen: set[str] = field(default_factory=set)
    stuck: tuple[str, str, str] | None = None


def walk(form: Form, choices: Choices, *, writer: Writer) -> Walk:
    """From the first page to the end, or to where it does not go on. Raises nothing."""
    walker = _Walker(form, choices, writer)
    walker.go()
    return walker.walk


class _Walker:
    def __init__(self, form: Form, choices: Choices, writer: Writer) -> None:
        self.form, self.choices, self.writer = form, choices, writer
        provided = {name: value for name, value in choices.items() if name.startswith("applicant.")}
        self.facts: dict[str, object] = {"applicant.agent": False, **provided}
        self.answers: dict[str, Answer] = {}
        self.walk = Walk({name: value for name, value in self.facts.items()})  # type: ignore[misc]

    def go(self) -> None:
        page = next(iter(pages_for(self.form, self.answers, self.facts)), None)
        while page is not None:
            if f"page.{page.key}" in self.walk.seen:
                self._stuck(page, "", "又回到了已经填过的这一页，永远走不完")
                return
            self.walk.seen.add(f"page.{page.key}")
            if not self._fill(page):
                return
            page = next_page(self.form, self.answers, page.key, facts=self.facts)
        left = first_incomplete(self.form, self.answers, facts=self.facts)
        if left is not None:
            self._stuck(left, "", "已经走过这一页，填完后面的又多出没有答的问题")
        self.walk.facts |= self.answers

    def _stuck(self, page: Page, question: str, why: str) -> None:
        self.walk.stuck = (page.key, question, why)

    def _fill(self, page: Page) -> bool:
        """Whether the page took the answers."""
        raw: dict[str, object] = {}
        known = {**self.facts, **self.answers}
        for question in page.questions:
            if question.when is not None and not holds(question.when, known):
                continue
            self.walk.seen.add(f"question.{question.key}")
            if self.choices.get(question.key, question) is None:
                continue  # left open
            try:
                raw[question.key] = known[question.key] = self._answer(question)
            except (ValueError, KeyError):
                self._stuck(page, question.key, _why(question))
                return False
        cleaned = clean_page(self.form, page.key, raw, today=self.writer.today, answers=self.answers, facts=self.facts)
        for error in cleaned.errors[:1]:
            self._stuck(page, error.field, error.message)
        self.answers |= cleaned.values
        return not cleaned.errors

    def _answer(self, question: Question) -> object:
        """What was chosen, where the question takes it; else an answer that is the same for all."""
        value = self.choices.get(question.key)
        if value is not None:
            try:
                if clean(question, _raw(value), self.writer.today) is not None:
                    return _raw(value)
            except Unclean:
                pass
        try:
            return synthetic.answer(question, today=self.writer.today, area=self.writer.area)
        except ValueError:
            return self.writer.answer(question)


def _raw(value: Value) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _why(question: Question) -> str:
    if question.pattern:
        return f"“{question.label}”要求的格式没有能通过的例子，示范文本也做不出来；请改格式，或者补一个示范答案"
    return f"“{question.label}”没有一个选项可以选"
