"""``onedoor codes check VALUE``: which identifier it is, valid or why not, as JSON."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onedoor.kernel.codes import identify


class Command(BaseCommand):
    help = "识别编码并核对校验位"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="识别一个编码")
        check.add_argument("value")

    def handle(self, *args: Any, **options: Any) -> None:
        found = identify(options["value"], timezone.localdate())
        self.stdout.write(json.dumps(asdict(found), ensure_ascii=False))
