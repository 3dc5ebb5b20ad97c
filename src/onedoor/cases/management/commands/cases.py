"""``onedoor cases check``: replay every case's journal; exit 1 and name each case whose row says otherwise."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onedoor.cases.queries.checking import difference, numbers


class Command(BaseCommand):
    help = "核对办件：每一行都应当等于它的日志重放"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("check", help="重放全部办件的日志，指出不一致的办件")

    def handle(self, *args: Any, **options: Any) -> None:
        counted, wrong = 0, 0
        for number in numbers():
            counted += 1
            found = difference(number)
            if found is not None:
                wrong += 1
                self.stderr.write(f"{found.number} 与日志不一致：{'、'.join(found.fields)}")
        if wrong:
            raise CommandError(f"核对不通过：{counted} 件中有 {wrong} 件与日志不一致", returncode=1)
        self.stdout.write(f"核对通过：{counted} 件，每一件都等于它的日志重放")
