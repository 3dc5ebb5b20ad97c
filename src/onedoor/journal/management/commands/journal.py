"""``onedoor journal export FILE``: the sealed journal as lines of JSON, checkable without us."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from onedoor.journal import queries


class Command(BaseCommand):
    help = "Export the sealed journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        export = actions.add_parser("export", help="write every sealed fact, checkpoint and public key to FILE")
        export.add_argument("file", type=Path)

    def handle(self, *args: Any, action: str, file: Path, **options: Any) -> None:
        with file.open("x", encoding="utf-8", newline="\n") as output:
            output.writelines(line + "\n" for line in queries.export())
        self.stdout.write(str(file))
