"""``onedoor items import|export|lint|diff PATH``: the catalogue as files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

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
    lint,
    write,
)
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid, Refused


class Command(BaseCommand):
    help = "事项文件：导入、导出、检查、比较（PATH 是一个文件夹或者一个 .yaml 文件）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["import", "export", "lint", "diff"])
        parser.add_argument("path", type=Path)
        parser.add_argument("--json", action="store_true", help="只在标准输出打印 JSON")
        parser.add_argument("--from", dest="effective_from", type=date.fromisoformat, default=None, help="生效日期")

    def handle(self, *args: Any, **options: Any) -> None:
        act = {"import": self._import, "export": self._export, "lint": self._lint, "diff": self._diff}
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
        path.mkdir(parents=True, exist_ok=True)
        rows = []
        for line in queries.catalogue():
            file = path / f"{line.code}.yaml"
            file.write_text(write(item_of(queries.version(line.id))), encoding="utf-8")
            rows.append({"code": line.code, "name": line.name, "file": str(file)})
        self._print(rows, options, lambda r: f"{r['name']} → {r['file']}")

    def _lint(self, path: Path, options: dict[str, Any]) -> None:
        sources, faults = queries.read_folder(path)
        rows = [_of_fault(fault) for fault in faults]
        rows += [_of_finding(s, f) for s in sources for f in lint(s.item, queries.tables())]
        wrong = sum(row["severity"] == Severity.ERROR for row in rows)
        self._print(
            rows,
            options,
            lambda r: f"{r['file']}:{r['line']}: {r['field']}：{r['message']} [{r['rule']}，{r['severity']}]",
        )
        if wrong:
            raise CommandError(f"{wrong} 处错误。")

    def _diff(self, path: Path, options: dict[str, Any]) -> None:
        sources, faults = queries.read_folder(path)
        if faults:
            self._faults(tuple(faults), options)
            raise CommandError(f"{len(faults)} 处错误，无法比较。")
        variants = [variant for source in sources for variant in expand(source.item)]
        newest = queries.newest([variant.code for variant in variants])
        rows = []
        for variant in variants:
            held = newest.get(variant.code)
            changes = diff(item_of(queries.version(held[0])), variant) if held else (Change("", None, variant.name),)
            rows += [_of_change(variant, change) for change in changes]
        self._print(rows, options, lambda r: f"{r['name']} {r['field'] or '（新事项）'}：{r['before']} → {r['after']}")

    def _faults(self, faults: tuple[FileFault, ...], options: dict[str, Any]) -> None:
        self._print(
            [_of_fault(fault) for fault in faults],
            options,
            lambda r: f"{r['file']}:{r['line']}: {r['field']}：{r['message']} [{r['rule']}]",
        )

    def _print(self, rows: list[dict[str, Any]], options: dict[str, Any], line: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(line(row))


def item_of(version: Item) -> Item:
    """The item of a published version, without what publication added."""
    return Item(**{name: getattr(version, name) for name in Item.__dataclass_fields__})


def _of_fault(fault: FileFault) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "field": fault.field,
        "rule": fault.rule,
        "basis": "",
        "severity": Severity.ERROR,
        "message": fault.message,
    }


def _of_finding(source: ItemSource, finding: Finding) -> dict[str, Any]:
    return {
        "file": source.file,
        "line": source.line(finding.path),
        "field": finding.field,
        "rule": finding.rule,
        "basis": finding.basis,
        "severity": finding.severity,
        "message": finding.message,
    }


def _of_change(variant: Item, change: Change) -> dict[str, Any]:
    return {
        "code": variant.code,
        "name": variant.name,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }
