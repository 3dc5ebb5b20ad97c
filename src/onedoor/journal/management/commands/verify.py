"""``onedoor verify [--from FILE]``: recompute the sealed journal; exit 1 and name the row where it fails."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onedoor.journal import queries
from onedoor.journal.rules import Verdict
from onedoor.journal.rules.exports import verify_export


class Command(BaseCommand):
    help = "Recompute the sealed journal, of the database or of an export alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="file", type=Path, help="an export; the database is not asked")
        parser.add_argument("--checkpoints", type=Path, help="checkpoints kept elsewhere, e.g. by an auditor")
        parser.add_argument("--key", help="the id of the key that must have signed an export")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = self._verdict(options)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(verdict), ensure_ascii=False))
        for fault in verdict.faults:
            self.stderr.write(fault.message)
        if verdict.faults:
            raise CommandError(f"核验不通过：{len(verdict.faults)} 处", returncode=1)
        if not options["json"]:
            self.stdout.write(
                f"核验通过：{verdict.size} 条事实，{verdict.checkpoints} 个检查点，树根 {verdict.root.hex()}"
            )

    def _verdict(self, options: dict[str, Any]) -> Verdict:
        elsewhere = options["checkpoints"]
        if options["file"] is None:
            return queries.verify(elsewhere)
        outside = queries.outside_checkpoints(elsewhere) if elsewhere else ()
        try:
            return verify_export(lambda: lines_of(options["file"]), outside=outside, key=options["key"])
        except OSError as error:
            raise CommandError(f"读不到 {options['file']}：{error.strerror}") from error


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file, one at a time."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from lines


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict for machines."""
    faults = [{"message": f.message, "entry": f.entry_id, "leaf": f.index} for f in verdict.faults]
    return {
        "ok": not faults,
        "size": verdict.size,
        "checkpoints": verdict.checkpoints,
        "root": verdict.root.hex(),
        "faults": faults,
    }
