"""The trial itself: every applicant from the first question to the decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onedoor.items.rules.facts import Narrowed, for_situation, whole_form
from onedoor.items.rules.paper import Writer
from onedoor.items.rules.trial.paths import Choices, Paths
from onedoor.items.rules.trial.process import fits, longest, why_no_end
from onedoor.items.rules.trial.stories import Teller, chain_told, total
from onedoor.items.rules.trial.values import Failure, Trial, Trouble
from onedoor.items.rules.trial.walk import walk
from onedoor.items.rules.values import Item, Material
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.expr import Expr
from onedoor.kernel.tree import Path
from onedoor.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Part:
    """Something that somebody must come to: where it stands, its name, and what must hold for it."""

    path: Path
    key: str
    name: str
    whens: tuple[Expr, ...]


class Course:
    """One item under trial: what was walked, who came to what, and what went wrong."""

    def __init__(self, item: Item, *, writer: Writer, calendar: Calendar) -> None:
        self.item, self.writer, self.calendar = item, writer, calendar
        self.paths, self.form = Paths(item), whole_form(item)
        self.teller = Teller(item, [variable.name for variable in self.paths.asked])
        self.titles = {page.key: page.title for page in self.form.pages}
        self.parts = tuple(_parts(item))
        self.reached: set[str] = set()
        self.judged: set[tuple[frozenset[str], Limit]] = set()
        self.walked = 0
        self.failures: dict[tuple[Trouble, Path], Failure] = {}
        self.left_out: list[str] = []

    def run(self) -> Trial:
        """Walk them all; then look for somebody for each part that nobody came to."""
        if not all(variable.values for variable in self.paths.asked if variable.name == "applicant.kind"):
            self._fail(Trouble.NOBODY, ("audiences",), "没有人可以申请：事项没有写服务对象。")
            return self._result(complete=True)
        rows, complete, missed = self.paths.chosen()
        for row in rows:
            self._send(row)
        if missed:
            self.left_out.append(f"有 {missed} 对答案没有试过：可能的情形太多")
        if not any(
            trouble is Trouble.STUCK for trouble, _ in self.failures
        ):  # what lies behind shows when it is mended
            for part in self.parts:
                self._search(part)
        return self._result(complete=complete)

    def _result(self, *, complete: bool) -> Trial:
        return Trial(self.walked, complete, tuple(self.left_out), tuple(self.failures.values()))

    def _fail(self, trouble: Trouble, path: Path, story: str) -> None:
        """Of each trouble at a place the first applicant tells."""
        self.failures.setdefault((trouble, path), Failure(trouble, path, story))

    def _send(self, row: Choices) -> None:
        """One applicant."""
        who = self.teller.who(self.walked, row)
        self.walked += 1
        went = walk(self.form, row, writer=self.writer)
        self.reached |= went.seen
        if went.stuck:
            self._stuck(who, went.stuck)
            return
        called = for_situation(self.item, went.facts)
        self.reached |= {f"materials.{one.key}" for one in called.materials}
        self._owed(called)
        self.reached |= {f"plan.{one.key}" for one in called.steps}
        if (keys := (frozenset(step.key for step in called.steps), called.promised)) not in self.judged:
            self.judged.add(keys)
            self._review(who, called)
        self._later(who, called)

    def _owed(self, called: Narrowed) -> None:
        """The fees, reductions and promised limits that this applicant came to."""
        for fee in called.fees:
            at = f"fees.{self.item.fees.index(fee.fee)}"
            self.reached.add(at)
            if fee.reduction:
                self.reached.add(f"{at}.{fee.fee.reductions.index(fee.reduction)}")
        if called.shorter:
            self.reached.add(f"limit.{called.shorter.key}")

    def _stuck(self, who: str, where: tuple[str, str, str]) -> None:
        page, question, why = where
        key = f"question.{question}" if question else f"page.{page}"
        at = next((part.path for part in self.parts if part.key == key), ("form",))
        self._fail(
            Trouble.STUCK, at, f"{who}填到“{self.titles.get(page, page)}”这一页就填不下去了：{why.rstrip('。')}。"
        )

    def _review(self, who: str, called: Narrowed) -> None:
        """From acceptance to the decision, and whether there is time for it."""
        key, why = why_no_end(called.steps)
        if why:
            self._fail(Trouble.ENDLESS, self._step(key), f"{who}的申请受理以后等不到决定：{why}。")
            return
        chain = longest(called.steps)
        limits = [step.work for step in chain if step.work]
        for name, whole, at in (
            ("承诺", called.promised, self._promise(called)),
            ("法定", self.item.clock.legal, ("clock", "legal")),
        ):
            if limits and whole and not fits(limits, whole, self.calendar):
                given = f"{name}的期限是{whole}" if whole.number else f"{name}当场办结"
                told = f"{who}的申请要依次走{chain_told(chain)}，{total(limits)}，可是{given}。"
                self._fail(Trouble.TOO_LONG, at, told)
                return

    def _promise(self, called: Narrowed) -> Path:
        """Where the limit stands that this applicant is promised."""
        if called.shorter:
            return ("shorter_limits", self.item.shorter_limits.index(called.shorter), "limit")
        return ("clock", "promised")

    def _step(self, key: str) -> Path:
        found = [index for index, step in enumerate(self.item.plan.steps) if step.key == key]
        return ("plan", "steps", found[0]) if found else ("plan", "steps")

    def _later(self, who: str, called: Narrowed) -> None:
        """What may be brought later must be there before the decision is due."""
        promised = called.promised
        for material in called.materials:
            if material.tolerated and not self._in_time(material, promised):
                told = (
                    f"{who}可以后补“{material.name}”，{material.tolerated_days}个工作日内补齐；"
                    f"可是{promised if promised.number else '当场'}就要办结，作决定时这份材料可能还没有来。"
                )
                at = ("materials", self.item.materials.index(material), "tolerated_days")
                self._fail(Trouble.TOO_LATE, at, told)

    def _in_time(self, material: Material, promised: Limit) -> bool:
        given = Limit(material.tolerated_days, Unit.WORKDAY, StartEvent.ACCEPTED)
        return fits([given], promised, self.calendar, early=True)

    def _search(self, part: Part) -> None:
        """Where nobody came to it: is there anybody at all who could?"""
        if part.key in self.reached:
            return
        row = self.paths.one_with(part.whens)
        if row is not None:
            self._send(row)
        if part.key in self.reached:
            return
        if row is None and self.paths.world.possible(*part.whens):
            self.left_out.append(f"没有试到{part.name}：它的条件要计算，或者情形太多")
            return
        why = f"它只在这种情形出现：{self.teller.condition(part.whens)}，没有人能这样回答" if part.whens else ""
        self._fail(Trouble.UNREACHABLE, part.path, f"没有一个申请人走得到{part.name}。{why or '每个人都绕过了它'}。")


def _parts(item: Item) -> Iterator[Part]:
    for index, situation in enumerate(item.situations):
        whens = _held(situation.when)
        yield Part(("situations", index), f"question.{situation.key}", f"情形“{situation.question}”", whens)
    for number, page in enumerate(item.form.pages):
        at: Path = ("form", "pages", number)
        yield Part(at, f"page.{page.key}", f"“{page.title}”这一页", _held(page.when))
        for index, question in enumerate(page.questions):
            whens = _held(page.when, question.when)
            yield Part((*at, "questions", index), f"question.{question.key}", f"问题“{question.label}”", whens)
    for index, material in enumerate(item.materials):
        yield Part(("materials", index), f"materials.{material.key}", f"材料“{material.name}”", _held(material.when))
    yield from _money_and_time(item)
    for index, step in enumerate(item.plan.steps):
        yield Part(("plan", "steps", index), f"plan.{step.key}", f"环节“{step.name}”", _held(step.when))


def _money_and_time(item: Item) -> Iterator[Part]:
    for index, fee in enumerate(item.fees):
        yield Part(("fees", index), f"fees.{index}", f"收费“{fee.name}”", _held(fee.when))
        for row, one in enumerate(fee.reductions):
            place, key = ("fees", index, "reductions", row), f"fees.{index}.{row}"
            yield Part(place, key, f"收费“{fee.name}”的减免“{one.standard}”", _held(fee.when, one.when))
    for index, limit in enumerate(item.shorter_limits):
        yield Part(("shorter_limits", index), f"limit.{limit.key}", f"承诺时限“{limit.limit}”", (limit.when,))


def _held(*whens: Expr | None) -> tuple[Expr, ...]:
    return tuple(when for when in whens if when is not None)
