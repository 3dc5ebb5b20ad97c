"""``onedoor admin invite``: the three administrators of a real instance, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.access import commands, queries
from onedoor.access.rules import Administrator
from onedoor.kernel.actor import system
from onedoor.kernel.errors import OneDoorError


class Command(BaseCommand):
    help = "任命系统、安全、审计三个管理员（只能一次），打印一次性链接"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        invite = actions.add_parser("invite", help="创建三员账号并打印一次性登记链接")
        for role in Administrator:
            invite.add_argument(f"--{role.value}", default=role.value, metavar="用户名", help=f"{role.label}的用户名")
        invite.add_argument("--address", default="http://localhost:8000", help="本站地址，写在链接前面")

    def handle(self, *args: Any, **options: Any) -> None:
        names = {role: options[role.value] for role in Administrator}
        try:
            invited = commands.appoint_administrators(names, by=system("command-line"), at=timezone.now())
        except OneDoorError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("请把每个链接当面交给本人；链接一天内有效，只能用一次：")
        for role, account in zip(names, invited, strict=True):
            link = options["address"].rstrip("/") + queries.enrolment_path(account.ref)
            self.stdout.write(f"{role.label}\t{account.username}\t{link}")
