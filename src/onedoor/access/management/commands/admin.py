"""``onedoor admin invite``: the three administrators of a real instance, once; ``appoint`` and ``link`` for later."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.access import commands, queries
from onedoor.access.commands import InvitedAccount
from onedoor.access.rules import Administrator
from onedoor.kernel.actor import system
from onedoor.kernel.errors import OneDoorError

BY = system("command-line")


class Command(BaseCommand):
    help = "系统、安全、审计三个管理员：任命并打印一次性链接"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        invite = actions.add_parser("invite", help="创建三员账号（只能一次）")
        for role in Administrator:
            invite.add_argument(f"--{role.value}", default=role.value, metavar="用户名", help=f"{role.label}的用户名")
        appoint = actions.add_parser("appoint", help="增补一名管理员")
        appoint.add_argument("role", choices=[role.value for role in Administrator])
        appoint.add_argument("name", metavar="用户名")
        link = actions.add_parser("link", help="重新打印还没有设置密码的账号的链接")
        link.add_argument("name", metavar="用户名")
        for action in (invite, appoint, link):
            action.add_argument("--address", default="http://localhost:8000", help="本站地址，写在链接前面")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = self._accounts(options)
            lines = [f"{a.username}\t{options['address'].rstrip('/')}{self._path(a)}" for a in accounts]
        except OneDoorError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("请把链接当面交给本人；链接一天内有效，只能用一次：")
        self.stdout.write("\n".join(lines))

    def _accounts(self, options: dict[str, Any]) -> tuple[InvitedAccount, ...]:
        if options["action"] == "invite":
            names = {role: options[role.value] for role in Administrator}
            return commands.appoint_administrators(names, by=BY, at=timezone.now())
        if options["action"] == "appoint":
            role = Administrator(options["role"])
            return (commands.appoint_administrator(role, options["name"], by=BY, at=timezone.now()),)
        view = queries.account_named(options["name"], by=BY)
        return (InvitedAccount(view.ref, view.username),)

    def _path(self, account: InvitedAccount) -> str:
        return commands.issue_enrolment_link(account.ref, by=BY, at=timezone.now())
