"""``onedoor erase NUMBER --reason WHY``: the personal values of a closed case, or a relay at its end, are gone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.cases import commands as cases
from onedoor.kernel.actor import system
from onedoor.kernel.errors import OneDoorError
from onedoor.relay import commands as relay

RELAYED = "YD"


class Command(BaseCommand):
    help = "删除个人信息：一件办结的办件，或者一件办完的异地代收；事实留下，个人信息不能恢复"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="编号", help="办件编号，或者 YD 开头的代收编号")
        parser.add_argument("--reason", required=True, metavar="理由", help="记入日志，例如：保存期限届满；本人要求")

    def handle(self, *args: Any, number: str, reason: str, **options: Any) -> None:
        erase = relay.erase_relay if number.startswith(RELAYED) else cases.erase
        try:
            erase(number, by=system("command-line"), at=timezone.now(), reason=reason)
        except OneDoorError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已删除 {number} 的个人信息。")
