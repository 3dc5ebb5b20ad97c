"""The applicants of a trial and what happens to them, told so that nobody needs to know the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.trial.paths import Choices
from onedoor.items.rules.values import Item
from onedoor.kernel.clock import Limit
from onedoor.kernel.expr import Expr, Value, describe
from onedoor.kernel.plan import Step

SURNAMES = "李王张杨赵刘陈罗段鲁"
TRAITS = 6  # so many answers make somebody known


class Teller:
    """Tells of one item's applicants. ``asked``: the facts that make a difference, in their order."""

    def __init__(self, item: Item, asked: Sequence[str]) -> None:
        self.words, self.asked = labels_of(item), [name for name in asked if name != "applicant.kind"]

    def who(self, number: int, choices: Choices) -> str:
        """``李某（个人，餐饮服务，租用）``: a surname, the kind of applicant and the answers that make a difference."""
        kind = choices.get("applicant.kind")
        name = SURNAMES[number % len(SURNAMES)]
        told = [self._word("applicant.kind", kind)] if kind is not None else []
        told += [self._word(key, choices[key]) for key in self.asked if choices.get(key) is not None]
        more = "等" if len(told) > TRAITS else ""
        return f"{name}某{'单位' if kind == 'entity' else ''}（{'，'.join(filter(None, told[:TRAITS]))}{more}）"

    def _word(self, key: str, value: Value | None) -> str:
        name = self.words.get(key, key)
        if isinstance(value, bool):
            return name if value else ("" if key.startswith("applicant.") else f"{name}：否")
        if isinstance(value, tuple):
            return "、".join(self._option(key, each) for each in value)
        return self._option(key, value)

    def _option(self, key: str, value: object) -> str:
        told = self.words.get(f"{key}={value}")
        return told.partition("（")[0] if told else f"{self.words.get(key, key)}：{value}"

    def condition(self, whens: Iterable[Expr]) -> str:
        """What these conditions demand, in words."""
        return "，并且".join(describe(when, self.words) for when in whens)


def chain_told(chain: Sequence[Step]) -> str:
    """``材料审查（2个工作日）→现场核查（3个工作日）``."""
    return "→".join(f"{step.name}（{step.work}）" for step in chain if step.work)


def total(limits: Sequence[Limit]) -> str:
    """``一共 8 个工作日``, or nothing where they are in several units."""
    if len({limit.unit for limit in limits}) != 1:
        return "依次办下来"
    whole = Limit(sum(limit.number for limit in limits), limits[0].unit, limits[0].start)
    return f"一共要{whole}"
