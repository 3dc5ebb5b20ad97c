"""``onedoor law [--write]``: the register of articles."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from onedoor.config import law_page

PAGE = Path(__file__).parents[5] / "docs" / "law.md"


class Command(BaseCommand):
    help = "列出每一条法律条文由哪个函数执行；--write 写入 docs/law.md"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own shape

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            PAGE.write_text(law_page.render(), "utf-8")
        else:
            self.stdout.write(law_page.render())
