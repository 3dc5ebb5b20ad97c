"""``onedoor demo load | accounts | code NAME``: the sample county, its accounts, a current one-time code."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.demo import accounts, county
from onedoor.instance.calling import command
from onedoor.kernel.errors import OneDoorError


class Command(BaseCommand):
    help = "演示：示例县的数据、账号和动态口令"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="装入示例县（只在示例实例里，重复运行没有影响）")
        actions.add_parser("accounts", help="打印示例账号")
        code = actions.add_parser("code", help="打印示例账号当前的动态口令")
        code.add_argument("name", metavar="用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except OneDoorError as error:
            raise CommandError(str(error)) from error

    def _do(self, options: dict[str, Any]) -> None:
        if options["action"] == "load":
            county.load(at=timezone.now(), say=self._say)
        elif options["action"] == "accounts":
            data = str(settings.DATA)
            self.stdout.write(accounts.table(accounts.load(), at=timezone.now(), command=command(), data=data))
        else:
            self.stdout.write(accounts.code(options["name"], at=timezone.now()))

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()
