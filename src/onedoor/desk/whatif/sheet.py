"""Everything that the page of a forecast shows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases.rules.allotted import Source
from onedoor.cases.rules.simulating import ChangeKind
from onedoor.desk.catalogue.drawing import Drawing, draw
from onedoor.desk.fields.saying import say_worker
from onedoor.desk.whatif.histogram import Histogram, histogram, percent
from onedoor.items.rules.facts import labels_of
from onedoor.kernel.expr import describe
from onedoor.kernel.plan import StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onedoor.cases.queries.forecasts import Forecast
    from onedoor.cases.rules.hindsight import Hindsight
    from onedoor.cases.rules.simulating import Change, Gain
    from onedoor.items.rules import Item, ItemVersion
    from onedoor.kernel.plan import Step

SOURCES: Final = {
    Source.HISTORY: gettext_lazy("近一年办过的件"),
    Source.PROMISE: gettext_lazy("承诺的环节时限"),
    Source.STATUTE: gettext_lazy("法定时限"),
}
LIMITS: Final = {"promised": gettext_lazy("承诺时限"), "legal": gettext_lazy("法定时限")}
SHARES: Final = (50, 80, 95, 100)
MOST_GAINS: Final = 12
MOST_NUMBERS: Final = 20


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the table: what the picture shows, in words; ``decides``: in how many lives it is on the way.

    ``note``: whose time it is, and what was assumed of it.
    """

    name: str
    organ: str
    after: str
    when: str
    limit: str
    usual: int
    longest: int
    decides: str
    note: str


@dataclass(frozen=True, slots=True)
class GainLine:
    """What one change would give."""

    words: str
    saved: str
    usual: int
    late: str


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit of the item, and how many would take longer."""

    name: str
    days: int
    late: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page."""

    forecast: Forecast
    within: tuple[tuple[int, int], ...]
    limits: tuple[LimitLine, ...]
    bottleneck: tuple[str, str] | None
    histogram: Histogram
    drawing: Drawing
    steps: tuple[StepLine, ...]
    gains: tuple[GainLine, ...]


def sheet(item: ItemVersion, forecast: Forecast) -> Sheet:
    """The forecast of an item as its page shows it."""
    found, plan = forecast.found, item.plan
    marks = {str(LIMITS[name]): days for name, days in forecast.limits.items()}
    deciding = {key for key, lives in found.critical.items() if lives * 2 >= found.lives}
    sticks = found.bottleneck
    return Sheet(
        forecast=forecast,
        within=tuple((share, found.within(share)) for share in SHARES),
        limits=tuple(
            LimitLine(str(LIMITS[name]), days, percent(found.longer_than(days), found.lives))
            for name, days in forecast.limits.items()
        ),
        bottleneck=(plan.step(sticks).name, percent(found.critical[sticks], found.lives)) if sticks else None,
        histogram=histogram(found.totals, marks, promised=forecast.limits.get("promised")),
        drawing=draw(plan, say_worker, critical=deciding),
        steps=tuple(_step(item, step, forecast) for step in plan.steps),
        gains=_gains(item, forecast),
    )


def _step(item: ItemVersion, step: Step, forecast: Forecast) -> StepLine:
    days = sorted(forecast.durations.get(step.key) or (0,))
    return StepLine(
        name=step.name,
        organ=say_worker(step),
        after="、".join(item.plan.step(need).name for need in step.after),
        when=describe(step.when, labels_of(item)) if step.when else "",
        limit=str(step.limit) if step.limit else "",
        usual=days[(len(days) - 1) // 2],
        longest=days[-1],
        decides=percent(forecast.found.critical.get(step.key, 0), forecast.found.lives),
        note=_note(step, forecast),
    )


def _note(step: Step, forecast: Forecast) -> str:
    measured = forecast.measured(step.key)
    if step.kind is StepKind.PAYMENT:
        return _("申请人缴费的时间") if measured else _("申请人缴费的时间，按用满期限算")
    if step.kind is StepKind.REGISTER_CHECK:
        return "" if measured else _("按当场核验通过算，转人工核对的没有算")
    return _("没有办过，按时限") if step.key in forecast.assumed else ""


def _gains(item: ItemVersion, forecast: Forecast) -> tuple[GainLine, ...]:
    lives, promised = forecast.found.lives, forecast.limits.get("promised", 0)
    worth: Sequence[Gain] = [gain for gain in forecast.gains if gain.saved * 10 >= lives][:MOST_GAINS]
    return tuple(
        GainLine(
            words=_words(item, gain.change),
            saved=f"{gain.saved * 10 // lives // 10}.{gain.saved * 10 // lives % 10}",
            usual=gain.after.within(50),
            late=percent(gain.after.longer_than(promised), lives),
        )
        for gain in worth
    )


def _words(item: ItemVersion, change: Change) -> str:
    said = {"step": item.plan.step(change.step).name}
    if change.kind is ChangeKind.SHORTEN:
        return _("「%(step)s」缩短一天") % said
    if change.kind is ChangeKind.AT_ONCE:
        return _("「%(step)s」当天缴清") % said
    if change.kind is ChangeKind.DROP:
        return _("不办「%(step)s」") % said
    return _("「%(step)s」与「%(need)s」同时办") % {**said, "need": item.plan.step(change.need).name}


@dataclass(frozen=True, slots=True)
class PastSheet:
    """The past under a draft, in words; ``numbers``: the first cases that would have gone otherwise."""

    found: Hindsight
    promised: str
    lines: tuple[tuple[str, int], ...]
    numbers: tuple[str, ...]


def past(item: ItemVersion, draft: Item, found: Hindsight) -> PastSheet:
    """What the year before would have been under a draft."""
    names = {step.key: step.name for plan in (item.plan, draft.plan) for step in plan.steps}
    papers = {material.key: material.name for material in draft.materials}
    lines = [(_("要多办「%(name)s」") % {"name": names.get(key, key)}, times) for key, times in found.added.items()]
    lines += [(_("不用办「%(name)s」") % {"name": names.get(key, key)}, times) for key, times in found.dropped.items()]
    lines += [(_("要多交「%(name)s」") % {"name": papers[key]}, times) for key, times in found.asked.items()]
    numbers = tuple(one.number for one in found.changed[:MOST_NUMBERS])
    return PastSheet(found, str(draft.clock.promised), tuple(lines), numbers)
