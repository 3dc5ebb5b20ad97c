"""``onedoor items import|export|lint|test PATH``, ``onedoor items diff PATH [OTHER]``: the catalogue as files."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.items import commands, queries
from onedoor.items.rules import (
    BadFile,
    Change,
    FileFault,
    Finding,
    Item,
    ItemSource,
    Severity,
    diff,
    expand,
    item_of,
)
from onedoor.items.rules.comparison import Part
from onedoor.items.rules.counties import beside, pairs
from onedoor.items.rules.exchange import Rows, to_json, to_xlsx
from onedoor.items.rules.layers import Deviation
from onedoor.items.rules.lint import Located, lint_all, sarif
from onedoor.items.rules.standards import against
from onedoor.items.rules.trial import Trial
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.tree import place

FORMATS: Final[dict[str, Callable[[Rows], bytes]]] = {
    "json": to_json,
    "xlsx": lambda rows: to_xlsx(rows, queries.access()),
}
PART_NAMES: Final = {
    Part.NAME: "名称", Part.LIMITS: "时限", Part.MATERIALS: "材料", Part.STEPS: "环节", Part.FEES: "收费",
}  # fmt: skip
ASPECTS: Final = {
    "name": "名称",
    **dict.fromkeys(("materials", "situations", "form"), "材料"),
    **dict.fromkeys(("plan", "flow", "special_procedures", "separate_duties"), "环节"),
    **dict.fromkeys(("clock", "limit_notes"), "时限"),
}


class Command(BaseCommand):
    help = "事项文件：导入、导出、检查、测试、比较（PATH 是文件夹、.yaml 文件，或者国家接入表 .json、.xlsx）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["import", "export", "lint", "test", "diff"])
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "other", type=Path, nargs="?", help="diff：与它（也可以是别的县的）比较；不写的，与已发布的比较"
        )
        parser.add_argument(
            "--format", choices=["yaml", *FORMATS], help="export：不写的，按 PATH 的后缀，没有的用 yaml"
        )
        parser.add_argument("--json", action="store_true", help="只在标准输出打印 JSON")
        parser.add_argument("--sarif", action="store_true", help="lint：只在标准输出打印 SARIF 2.1.0")
        parser.add_argument(
            "--on", type=date.fromisoformat, default=None, help="lint：按哪一天有效的规定检查（默认今天）"
        )
        parser.add_argument("--draw", action="store_true", help="test：把每份表格和文书做成 PDF（慢）")
        parser.add_argument("--from", dest="effective_from", type=date.fromisoformat, default=None, help="生效日期")

    def handle(self, *args: Any, **options: Any) -> None:
        act = {
            "import": self._import,
            "export": self._export,
            "lint": self._lint,
            "test": self._test,
            "diff": self._diff,
        }
        act[options["what"]](options["path"], options)

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        try:
            made = commands.import_folder(
                path, by=system("items"), at=timezone.now(), effective_from=options["effective_from"]
            )
        except BadFile as bad:
            self._faults(bad.faults, options)
            raise CommandError(f"没有导入任何事项：{len(bad.faults)} 处错误。") from bad
        except (Invalid, Refused) as error:
            raise CommandError(str(error)) from error
        rows = [{"code": p.code, "name": p.name, "version": p.number, "new": p.new} for p in made]
        self._print(
            rows,
            options,
            lambda r: f"{r['name']} {r['code']} 第{r['version']}版{'（新）' if r['new'] else '（无变化）'}",
        )

    def _export(self, path: Path, options: dict[str, Any]) -> None:
        form = options["format"] or path.suffix.removeprefix(".")
        if form in FORMATS:
            rows = queries.as_tables()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(FORMATS[form](rows))
            self._print([{"table": t, "rows": len(r)} for t, r in rows.items()], options, _counted)
            return
        files = queries.as_files()
        for place_, content in files.items():
            (path / place_).parent.mkdir(parents=True, exist_ok=True)
            (path / place_).write_text(content, encoding="utf-8", newline="\n")
        for old in {*path.glob("*.yaml"), *path.glob("standards/*.yaml")} - {path / place_ for place_ in files}:
            if queries.written_by_us(old.name):
                old.unlink()  # what an earlier export wrote and is offered no more
        self._print([{"file": str(path / place_)} for place_ in files], options, lambda r: r["file"])

    def _lint(self, path: Path, options: dict[str, Any]) -> None:
        standards, faults = queries.read_standards(path)
        sources, more = queries.read_folder(path)
        faults += more
        found = lint_all([s.item for s in sources], queries.tables(), on=options["on"] or timezone.localdate())
        rows = [_of_fault(fault) for fault in faults]
        rows += [_of_finding(s, f) for s, told in zip(sources, found, strict=True) for f in told]
        rows += [_of_deviation(s, d) for s in sources for d in against(s.item, standards, queries.policies())]
        if options["sarif"]:
            self.stdout.write(json.dumps(sarif(rows), ensure_ascii=False, indent=1))
        else:
            self._print([asdict(row) for row in rows], options, _line)
        if wrong := sum(row.severity is Severity.ERROR for row in rows):
            raise CommandError(f"{wrong} 处错误。")

    def _test(self, path: Path, options: dict[str, Any]) -> None:
        """Synthetic applicants on every path; a failing one is told as a story."""
        sources, faults = queries.read_folder(path)
        if faults:
            self._faults(tuple(faults), options)
            raise CommandError(f"{len(faults)} 处错误，无法测试。")
        on = options["on"] or timezone.localdate()
        rows = [_of_trial(s, queries.tried(s.item, on=on, draw=options["draw"])) for s in sources]
        self._print(rows, options, _told)
        if failed := sum(bool(row["failures"]) for row in rows):
            raise CommandError(f"{failed} 个事项有走不通的路。")

    def _diff(self, path: Path, options: dict[str, Any]) -> None:
        mine = self._variants(path, options)
        if options["other"]:
            self._beside(mine, self._variants(options["other"], options), options)
        else:
            ids = [held[0] for held in queries.newest(list(mine)).values()]
            theirs = {one.code: item_of(one) for one in queries.versions_by_id(ids)}
            # from what is published to what a file would make of it
            self._changes({code: (theirs.get(code), mine.get(code)) for code in {**theirs, **mine}}, options)

    def _beside(self, mine: dict[str, Item], theirs: dict[str, Item], options: dict[str, Any]) -> None:
        """Field by field where these are the same organs' lists; side by side where they are another county's."""
        if mine.keys() & theirs.keys():
            self._changes({code: (mine.get(code), theirs.get(code)) for code in {**mine, **theirs}}, options)
            return
        rows = [
            asdict(row) for pair in pairs(mine.values(), theirs.values()) for row in beside(pair, queries.policies())
        ]
        if options["json"]:
            self._print(rows, options, str)
        else:
            self._print(list(_headed(rows)), options, _side_by_side)

    def _changes(self, held: dict[str, tuple[Item | None, Item | None]], options: dict[str, Any]) -> None:
        rows = [row for before, after in held.values() for row in _of_change(before, after)]
        self._print(rows, options, lambda r: f"{r['name']} {r['aspect']} {r['field']}：{r['before']} → {r['after']}")

    def _variants(self, path: Path, options: dict[str, Any]) -> dict[str, Item]:
        sources, faults = queries.read_folder(path)
        if faults:
            self._faults(tuple(faults), options)
            raise CommandError(f"{len(faults)} 处错误，无法比较。")
        return {variant.code: variant for source in sources for variant in expand(source.item)}

    def _faults(self, faults: tuple[FileFault, ...], options: dict[str, Any]) -> None:
        self._print([asdict(_of_fault(fault)) for fault in faults], options, _line)

    def _print(self, rows: list[dict[str, Any]], options: dict[str, Any], line: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(line(row))


def _of_trial(source: ItemSource, found: Trial) -> dict[str, Any]:
    return {"file": source.file, "name": source.item.name, **asdict(found)} | {
        "failures": [
            {"trouble": f.trouble, "field": f.field, "line": source.line(f.path), "story": f.story}
            for f in found.failures
        ]
    }


def _told(row: dict[str, Any]) -> str:
    extent = "全部情形" if row["complete"] else "每两个答案都配过"
    lines = [f"{row['name']}：{'有走不通的路' if row['failures'] else '走得通'}（{row['paths']} 个申请人，{extent}）"]
    lines += [f"  {row['file']}:{f['line']} {f['story']}" for f in row["failures"]]
    return "\n".join([*lines, *(f"  未试：{each}" for each in row["left_out"])])


def _of_fault(fault: FileFault) -> Located:
    return Located(fault.file, fault.line, fault.field, fault.rule, Severity.ERROR, fault.message)


def _of_finding(source: ItemSource, finding: Finding) -> Located:
    return Located(
        source.file,
        source.line(finding.path),
        finding.field,
        finding.rule,
        finding.severity,
        finding.message,
        finding.basis,
        finding.remedy,
    )


def _of_deviation(source: ItemSource, one: Deviation) -> Located:
    return Located(
        source.file, source.line(one.path), place(one.path), "standards.deviation", Severity.ERROR, one.message
    )


def _line(row: dict[str, Any]) -> str:
    place = f"{row['file']}:{row['line']}: {row['field'] + '：' if row['field'] else ''}"
    remedy = f"\n    → {row['remedy']}（依据：{row['basis']}）" if row["remedy"] else ""
    return f"{place}{row['message']} [{row['rule']}，{row['severity']}]{remedy}"


def _of_change(before: Item | None, after: Item | None) -> list[dict[str, Any]]:
    """Field by field, each with the aspect that people compare by."""
    one = after or before
    if one is None:
        return []
    changes = diff(before, after) if before and after else (Change("", before and before.name, after and after.name),)
    return [
        {
            "code": one.code,
            "name": one.name,
            "aspect": ASPECTS.get(re.split(r"[.\[]", change.field)[0], "其他") if change.field else "事项",
            "field": change.field,
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]


def _headed(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row, marked where another item begins."""
    last = ""
    for row in rows:
        yield {**row, "first": row["code"] != last}
        last = row["code"]


def _side_by_side(row: dict[str, Any]) -> str:
    told = ("；".join(f"{who}：{value}" for who, value in row[side]) or "没有这个事项" for side in ("ours", "theirs"))
    line = f"  {PART_NAMES[row['part']]} {row['field']} {' │ '.join(told)}".replace("  ", " ")
    return f"{row['name']} {row['code'][-14:]}\n {line}" if row["first"] else f" {line}"


def _counted(row: dict[str, Any]) -> str:
    return f"{row['table']} {row['rows']} 行"
