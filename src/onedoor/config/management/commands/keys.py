"""``onedoor keys``: generate the keys of this instance that are missing; a key that exists is never touched."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from onedoor.config.adapters.signing import generate_key


class Command(BaseCommand):
    help = "Generate the missing keys of this instance."

    def handle(self, *args: Any, **options: Any) -> None:
        if generate_key(settings.JOURNAL_KEY_FILE):
            self.stdout.write(f"新的日志签名密钥：{settings.JOURNAL_KEY_FILE}（请备份）")
