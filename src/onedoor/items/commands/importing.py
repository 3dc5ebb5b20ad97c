"""Publish a county's catalogue from its folder of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from onedoor.items import queries
from onedoor.items.commands.publishing import Publication, examined, publish_examined_within, publish_within, starting
from onedoor.items.commands.standards import publish_standards_within
from onedoor.items.rules import BadFile, FileFault, ItemSource, bundles, errors, expand, lint_all
from onedoor.items.rules.standards import against
from onedoor.kernel.actor import Actor
from onedoor.kernel.tree import place


def import_folder(
    path: Path, *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """Publish the standards (``PATH/standards``), every list of a folder and its bundles, or one file: all or none.

    Raises BadFile with every fault and lint error of every file, each with file, line, field and rule, or else every
    failing trial; and what ``publish`` and ``publish_standards`` raise. Nothing is written before all is checked.
    """
    standards, faults = queries.read_standards(path)
    single, more = queries.read_folder(path)
    joint, yet = queries.read_bundles(path)
    files = [*single, *joint]
    sources, unlike = _whole(files)
    faults += [*more, *yet, *unlike]
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
    alone = [source.item for source in sources if not source.item.members]
    variants, told = examined(alone, by=by, start=starting(effective_from, at=at))
    with transaction.atomic(durable=True):
        publish_standards_within(standards, by=by, at=at, effective_from=effective_from)
        made = publish_examined_within(variants, told, by=by, at=at, effective_from=effective_from)
        bundled = queries.composed([source.item for source in files if source.item.members])
        return (*made, *publish_within(bundled, by=by, at=at, effective_from=effective_from))


def _whole(files: Sequence[ItemSource]) -> tuple[list[ItemSource], list[FileFault]]:
    """Every file's item; a bundle with what comes from its members, out of the folder or the catalogue."""
    known = {variant.code: variant for file in files if not file.item.members for variant in expand(file.item)}
    sources, faults = [], []
    for file in files:
        items = queries.members_of(file.item, known)
        wrong = bundles.faults(file.item, items)
        faults += [FileFault(file.file, file.line(f.path), place(f.path), f.rule, f.message) for f in wrong]
        if not wrong:
            sources.append(replace(file, item=bundles.compose(file.item, items)) if items else file)
    return sources, faults


def _not_through(sources: Sequence[ItemSource], *, on: date) -> list[FileFault]:
    """The trial of each item, in all its stories."""
    return [
        FileFault(source.file, source.line(failure.path), failure.field, f"trial.{failure.trouble}", failure.story)
        for source in sources
        for failure in queries.tried(source.item, on=on).failures
    ]
