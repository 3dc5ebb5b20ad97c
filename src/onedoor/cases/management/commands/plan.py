"""``onedoor plan bpmn ITEM``, ``plan read FILE``, ``plan simulate ITEM``: the review plan of an item."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.cases.queries.forecasts import Forecast, forecast
from onedoor.cases.queries.hindsight import looked_back
from onedoor.cases.rules.allotted import Source
from onedoor.cases.rules.hindsight import Hindsight
from onedoor.cases.rules.simulating import ChangeKind, Gain
from onedoor.items import queries as items
from onedoor.items.rules import Item, ItemVersion, expand, write_plan
from onedoor.kernel.actor import system
from onedoor.kernel.errors import NotFound
from onedoor.kernel.plan import Step, StepKind, bpmn_of, plan_from_bpmn, problems
from onedoor.kernel.tree import Malformed, place

SHARES = (50, 80, 95, 100)
SOURCES = {Source.STATUTE: "法定时限", Source.PROMISE: "承诺的环节时限", Source.HISTORY: "近一年办过的件"}


class Command(BaseCommand):
    help = "审查流程：导出 BPMN、读回 BPMN、推演办理时间"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        bpmn = what.add_parser("bpmn", help="把一个事项的流程打印成 BPMN 2.0，任何建模工具都能打开")
        bpmn.add_argument("item", help="事项编码，或者完整的事项名称")
        read = what.add_parser("read", help="读一个 BPMN 文件，打印事项文件里的 plan；说不清的图形逐一指出")
        read.add_argument("file", type=Path)
        simulate = what.add_parser("simulate", help="推演：全程多少个工作日，卡在哪里，改哪里能快多少")
        simulate.add_argument("item", help="事项编码，或者完整的事项名称")
        simulate.add_argument(
            "--durations", type=Source, choices=list(Source), default=Source.PROMISE, metavar="statute|promise|history"
        )
        simulate.add_argument("--seed", type=int, default=1, help="同一个种子，结果相同")
        simulate.add_argument("--against", type=Path, metavar="FILE", help="改过的事项文件：近一年办过的件照它重办一遍")
        simulate.add_argument("--json", action="store_true", help="只在标准输出打印 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        {"bpmn": self._bpmn, "read": self._read, "simulate": self._simulate}[options["what"]](options)

    def _bpmn(self, options: dict[str, Any]) -> None:
        item = _item(options["item"])
        self.stdout.write(bpmn_of(item.plan, name=item.name))

    def _read(self, options: dict[str, Any]) -> None:
        try:
            plan = plan_from_bpmn(options["file"].read_text("utf-8"))
        except Malformed as malformed:
            for fault in malformed.faults:
                self.stderr.write(f"{place(fault.path) or options['file']}：{fault.message}")
            raise CommandError(f"读不成流程：{len(malformed.faults)} 处。") from malformed
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"打不开 {options['file']}：请核对文件名和编码（UTF-8）。") from error
        self.stdout.write(write_plan(plan))

    def _simulate(self, options: dict[str, Any]) -> None:
        item = _item(options["item"])
        source, seed = options["durations"], options["seed"]
        if options["against"]:
            self._look_back(item, options)
            return
        found = forecast(item, source, on=timezone.localdate(), seed=seed, by=system("plan"))
        if options["json"]:
            self.stdout.write(json.dumps(_tree(item, found), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(item, found)))

    def _look_back(self, item: ItemVersion, options: dict[str, Any]) -> None:
        draft = _draft(item, options["against"])
        found = looked_back(item, draft, on=timezone.localdate(), by=system("plan"))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_past_lines(item, draft, found)))


def _draft(item: ItemVersion, path: Path) -> Item:
    """The same item in a file. CommandError where it cannot be read, is another item, or has no sound plan."""
    sources, faults = items.read_folder(path)
    if faults:
        raise CommandError("；".join(f"{fault.file}:{fault.line} {fault.message}" for fault in faults))
    found = [one for source in sources for one in expand(source.item) if one.code == item.code]
    if not found:
        raise CommandError(f"{path} 里没有事项 {item.code}。")
    draft = items.composed(found[:1])[0] if item.members else found[0]
    if wrong := problems(draft.plan):
        raise CommandError("；".join(wrong))
    return draft


def _past_lines(item: Item, draft: Item, found: Hindsight) -> list[str]:
    names = {step.key: step.name for plan in (item.plan, draft.plan) for step in plan.steps}
    papers = {material.key: material.name for material in draft.materials}
    lines = [f"{item.name}：近一年办结 {found.cases} 件照改过的重办一遍，{len(found.changed)} 件有变化"]
    lines += [f"  要多办「{names[key]}」：{times} 件" for key, times in found.added.items()]
    lines += [f"  不用办「{names[key]}」：{times} 件" for key, times in found.dropped.items()]
    lines += [f"  要多交「{papers[key]}」：{times} 件" for key, times in found.asked.items()]
    lines.append(f"  超过承诺的 {draft.clock.promised}：照原来 {found.late_then} 件，照改过的 {found.late} 件")
    return [*lines, f"  答案已经清除、无法重办：{found.erased} 件"] if found.erased else lines


def _item(name: str) -> ItemVersion:
    code = next((line.code for line in items.catalogue() if name in {line.code, line.name}), name)
    try:
        return items.published(code)
    except NotFound as error:
        raise CommandError(f"没有已发布的事项「{name}」。请写事项编码，或者完整的名称。") from error


def _tree(item: ItemVersion, found: Forecast) -> dict[str, Any]:
    return {
        "item": item.code,
        "version": item.number,
        "durations": found.source,
        "seed": found.seed,
        "cases": found.cases,
        "exact": found.found.exact,
        "lives": found.found.lives,
        "within": {str(share): found.found.within(share) for share in SHARES},
        "totals": dict(found.found.totals),
        "bottleneck": found.found.bottleneck,
        "critical": found.found.critical,
        "limits": found.limits,
        "late": {name: found.found.longer_than(days) for name, days in found.limits.items()},
        "assumed": found.assumed,
        "changes": [
            {"change": g.change.kind, "step": g.change.step, "beside": g.change.need, "saved": g.saved,
             "within": {str(share): g.after.within(share) for share in SHARES}}
            for g in found.gains
        ],
    }  # fmt: skip


def _lines(item: ItemVersion, found: Forecast) -> list[str]:
    how = "逐一算过" if found.found.exact else f"抽样 {found.found.lives} 件，种子 {found.seed}"
    lines = [f"{item.name} 第{item.number}版　按{SOURCES[found.source]}　{how}"]
    if found.source is Source.HISTORY:
        lines.append(f"近一年办结 {found.cases} 件" if found.cases else "近一年没有办结的件：按承诺的环节时限算")
    lines += [told for step in item.plan.steps if (told := _assumed(step, found))]
    lines.append("　".join(f"{share}% 在 {found.found.within(share)} 个工作日以内" for share in SHARES))
    if key := found.found.bottleneck:
        share = found.found.critical[key] * 100 // found.found.lives
        lines.append(f"卡在「{item.plan.step(key).name}」：{share}% 的件由它决定办完的日子")
    lines += [f"  {_told(item, gain, found)}" for gain in found.gains if gain.saved]
    return lines


def _assumed(step: Step, found: Forecast) -> str:
    """What was assumed of a step that does not take the organ's time."""
    if step.kind is StepKind.PAYMENT:
        return f"「{step.name}」是申请人的时间" + ("" if found.measured(step.key) else "：按用满缴费期限算")
    by_rule = step.kind is StepKind.REGISTER_CHECK and not found.measured(step.key)
    return f"「{step.name}」按当场核验通过算，不占时间；转人工核对的没有算" if by_rule else ""


def _told(item: ItemVersion, gain: Gain, found: Forecast) -> str:
    name = item.plan.step(gain.change.step).name
    words = {
        ChangeKind.SHORTEN: f"「{name}」缩短一天",
        ChangeKind.DROP: f"不办「{name}」",
        ChangeKind.AT_ONCE: f"「{name}」当天缴清",
        ChangeKind.BESIDE: f"「{name}」与「{item.plan.step(gain.change.need).name if gain.change.need else ''}」同时办",
    }
    tenths = gain.saved * 10 // found.found.lives
    return f"{words[gain.change.kind]}：平均快 {tenths // 10}.{tenths % 10} 个工作日"
