"""``onedoor areas load`` and ``onedoor areas year``: divisions and calendars from a county's data folder."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.areas import commands
from onedoor.areas.rules import NATION, PublishedYear
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid

ACTOR = system("areas")


class Command(BaseCommand):
    help = "加载行政区划与工作日历（load），登记新公布的年份（year）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        load = what.add_parser("load", help="加载区划、全国日历和本地节日")
        load.add_argument("--calendar", action="store_true", help="只加载日历")
        load.add_argument("--folder", type=Path, default=commands.DATA, help="县的数据文件夹")
        year = what.add_parser("year", help="登记一年的放假安排")
        year.add_argument("year", type=int)
        year.add_argument("--notice", required=True, help="通知名称和文号")
        year.add_argument("--area", default=NATION, help="12 位区划代码；默认全国")
        year.add_argument("--off", nargs="*", type=date.fromisoformat, default=[], help="放假日")
        year.add_argument("--make-up", nargs="*", type=date.fromisoformat, default=[], help="调休上班日")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load(options) if options["what"] == "load" else self._year(options)
        except Invalid as error:
            raise CommandError("\n".join(e.message for e in error.errors)) from error

    def _load(self, options: dict[str, Any]) -> None:
        folder = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"没有数据文件夹 {folder}")
        if not options["calendar"]:
            done = commands.load_divisions(commands.read_division_folder(folder), by=ACTOR, at=timezone.now())
            self.stdout.write(f"行政区划：新增 {done.added}，变更 {done.changed}")
        years = (*commands.published_years(), *commands.read_festivals(folder))
        done = commands.load_calendar(years, by=ACTOR, at=timezone.now())
        self.stdout.write(f"工作日历：登记 {done.added} 个年份，其中变更 {done.changed} 个")

    def _year(self, options: dict[str, Any]) -> None:
        off, make_up = frozenset(options["off"]), frozenset(options["make_up"])
        year = PublishedYear(options["area"], options["year"], options["notice"], off, make_up)
        changed = commands.add_year(year, by=ACTOR, at=timezone.now())
        self.stdout.write(f"{options['year']} 年：{'已登记' if changed else '没有变化'}")
