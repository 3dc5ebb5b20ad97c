"""``onedoor orgs load [FILE]``: a county's organs, posts, places and people from YAML."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid, OneDoorError
from onedoor.orgs import commands


class Command(BaseCommand):
    help = "从 YAML 文件或县数据文件夹导入机构、岗位、场所和人员"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        load = what.add_parser("load", help="导入")
        load.add_argument("path", type=Path, nargs="?", default=commands.DATA, help="文件或文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        act = commands.import_folder if path.is_dir() else commands.import_file
        try:
            done = act(path, by=system("orgs"), at=timezone.now())
        except Invalid as error:
            raise CommandError("\n".join(e.message for e in error.errors)) from error
        except OneDoorError as error:
            raise CommandError(str(error)) from error
        for kind, number in done.facts.items():
            self.stdout.write(f"{kind}：{number}")
        if not done.facts:
            self.stdout.write("没有变化")
