"""``onedoor grants [--role NAME]``: after each migration, as the owner; also declares a demo instance to be one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from onedoor.journal import commands


class Command(BaseCommand):
    help = "Give the application's database role its rights; --demo makes this instance a demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default=conninfo_to_dict(settings.DATABASE_URL).get("user"))
        parser.add_argument("--demo", action="store_true", default=getattr(settings, "DEMO", False))

    def handle(self, *args: Any, role: str | None, demo: bool, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
        if role in (None, owner):
            self.stderr.write("只有一个数据库角色：日志只由触发器保护。请另给应用一个角色（见运行手册）。")
        else:
            tables = commands.grant_application(str(role))
            self.stdout.write(f"{role}: {', '.join(tables)} 只可追加")
        if demo:
            commands.declare_demo()
