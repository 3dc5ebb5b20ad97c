"""``onedoor workdays add DATE N`` and ``onedoor workdays between A B``: JSON on standard output."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onedoor.areas import queries
from onedoor.kernel.errors import Refused
from onedoor.kernel.workdays import add_workdays, workdays_between


class Command(BaseCommand):
    help = "工作日计算：起算日不计；超出已公布年份的结果标明暂定"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", default=None, help="12 位区划代码；默认本县")
        what = parser.add_subparsers(dest="what", required=True)
        add = what.add_parser("add", help="某日之后第 N 个工作日")
        add.add_argument("start", type=date.fromisoformat)
        add.add_argument("days", type=int)
        between = what.add_parser("between", help="两日之间的工作日数")
        between.add_argument("start", type=date.fromisoformat)
        between.add_argument("end", type=date.fromisoformat)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            calendar = queries.calendar(options["area"])
        except Refused as error:
            raise CommandError(error.message) from error
        if options["what"] == "add":
            due = add_workdays(options["start"], options["days"], calendar)
            self._print(date=due.date.isoformat(), provisional=due.provisional, calendar=calendar.version)
        else:
            span = workdays_between(options["start"], options["end"], calendar)
            self._print(days=span.days, provisional=span.provisional, calendar=calendar.version)

    def _print(self, **result: object) -> None:
        self.stdout.write(json.dumps(result, ensure_ascii=False))
