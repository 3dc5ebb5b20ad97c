"""``onedoor notices dead`` lists dead letters, ``onedoor notices replay ID…|--all`` tries them again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onedoor.kernel.actor import system
from onedoor.notices import commands, queries


class Command(BaseCommand):
    help = "死信：查看（dead）和重新投递（replay）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("dead", help="列出死信")
        replay = actions.add_parser("replay", help="重新投递")
        replay.add_argument("ids", nargs="*", type=int)
        replay.add_argument("--all", action="store_true", help="全部死信")

    def handle(self, *args: Any, **options: Any) -> None:
        by = system("command-line")
        if options["action"] == "dead":
            for letter in queries.dead_letters(by=by, limit=1000):
                self.stdout.write(
                    f"{letter.id}\t{letter.channel}\t{letter.template}\t{letter.subject}\t{letter.tries}\t{letter.trouble}"
                )
            return
        ids = [letter.id for letter in queries.dead_letters(by=by, limit=100_000)] if options["all"] else options["ids"]
        if not ids and not options["all"]:
            raise CommandError("请给出死信编号，或者用 --all 重新投递全部死信。")
        replayed = commands.replay(ids, by=by, at=timezone.now())
        unknown = sorted(set(ids) - set(replayed))
        self.stdout.write(f"已重新投递 {len(replayed)} 条。")
        if unknown:
            raise CommandError(f"不是死信：{', '.join(map(str, unknown))}")
