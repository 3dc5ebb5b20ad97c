"""Publish a county's catalogue from its folder of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from onedoor.items import queries
from onedoor.items.commands.publishing import Publication, publish_within
from onedoor.items.commands.standards import publish_standards_within
from onedoor.items.rules import BadFile, FileFault, ItemSource, errors, lint_all
from onedoor.items.rules.standards import against
from onedoor.kernel.actor import Actor
from onedoor.kernel.tree import place


@transaction.atomic(durable=True)
def import_folder(
    path: Path, *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """Publish the standards (``PATH/standards``) and every list of a folder, or one file: all or none.

    Raises BadFile with every fault and lint error of every file, each with file, line, field and rule, or else every
    failing trial; and what ``publish`` and ``publish_standards`` raise.
    """
    standards, faults = queries.read_standards(path)
    sources, more = queries.read_folder(path)
    faults += more
    start = effective_from or timezone.localtime(at).date()
    checked = lint_all([source.item for source in sources], queries.tables(), on=start)
    for source, found in zip(sources, map(errors, checked), strict=True):
        faults += [FileFault(source.file, source.line(f.path), f.field, f.rule, f.message) for f in found]
        wrong = against(source.item, standards, queries.policies())
        faults += [
            FileFault(source.file, source.line(d.path), place(d.path), "standards.deviation", d.message) for d in wrong
        ]
    faults = faults or _not_through(sources, on=start)
    if faults:
        raise BadFile(tuple(faults))
    publish_standards_within(standards, by=by, at=at, effective_from=effective_from)
    return publish_within([source.item for source in sources], by=by, at=at, effective_from=effective_from)


def _not_through(sources: Sequence[ItemSource], *, on: date) -> list[FileFault]:
    """The trial of each item, in all its stories."""
    return [
        FileFault(source.file, source.line(failure.path), failure.field, f"trial.{failure.trouble}", failure.story)
        for source in sources
        for failure in queries.tried(source.item, on=on).failures
    ]
