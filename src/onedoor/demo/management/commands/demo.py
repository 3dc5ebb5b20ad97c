"""``onedoor demo code NAME``: the current one-time code of a demo account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.demo import accounts
from onedoor.kernel.errors import OneDoorError


class Command(BaseCommand):
    help = "演示：示例账号"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        code = actions.add_parser("code", help="打印示例账号当前的动态口令")
        code.add_argument("name", metavar="用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(accounts.code(options["name"], at=timezone.now()))
        except OneDoorError as error:
            raise CommandError(str(error)) from error
