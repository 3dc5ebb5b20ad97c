"""Importing a county's files: new things are set up, changed ones altered, nothing is deleted; all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction

from onedoor.areas import queries as areas
from onedoor.journal.rules import Entry, EntryMode, Json
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.orgs import models, queries
from onedoor.orgs.commands import bulk
from onedoor.orgs.commands.acts import Deed, append, staff_fact
from onedoor.orgs.commands.organs import alter_organ, alter_post, set_up_organ
from onedoor.orgs.commands.papers import hand_over
from onedoor.orgs.commands.people import place_on_post
from onedoor.orgs.commands.sites import add_states
from onedoor.orgs.rules import Period, SiteState
from onedoor.orgs.rules.files import Blueprint, Known, SitePlan, StaffLine, parse, rounded

DATA: Final = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many facts an import made, by event."""

    facts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.facts.values())


@transaction.atomic(durable=True)
def import_file(path: Path, *, by: Actor, at: datetime) -> Imported:
    """Import one YAML file. Invalid lists every fault with file, line, field and rule, and then nothing is written."""
    return _import([path], Deed(by, at, EntryMode.IMPORT))


@transaction.atomic(durable=True)
def import_folder(folder: Path = DATA, *, by: Actor, at: datetime) -> Imported:
    """Import every ``*.yaml`` of a county's folder in the order of names, all or nothing; Invalid without any."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise Invalid([FieldError("folder", f"文件夹 {folder} 中没有 .yaml 文件。")])
    return _import(paths, Deed(by, at, EntryMode.IMPORT))


def _import(paths: Sequence[Path], deed: Deed) -> Imported:
    entries: list[Entry] = []
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid([FieldError("file", f"读不出 {path.name}：须是 UTF-8 编码的文件。")]) from error
        plan = parse(text, name=path.name, known=_known())
        try:
            with transaction.atomic():
                entries += _apply(plan, deed)
        except IntegrityError as error:
            message = f"{path.name}：与已有数据冲突（名称重复，或同一天有两段记录）。{error}"
            raise Invalid([FieldError("file", message)]) from error
    append(*entries)
    kinds = [entry.kind for entry in entries]
    return Imported({kind: kinds.count(kind) for kind in sorted(set(kinds))})


def _known() -> Known:
    return Known(
        frozenset(d.code for d in areas.divisions()),
        dict(models.Organ.objects.values_list("code", "area")),
        frozenset(models.Post.objects.values_list("code", flat=True)),
        frozenset(models.Site.objects.values_list("code", flat=True)),
        frozenset(models.Staff.objects.values_list("job_number", flat=True)),
    )


def _apply(plan: Blueprint, deed: Deed) -> list[Entry]:
    """New things in bulk, known ones one by one where they differ."""
    known = _known()
    entries: list[Entry] = []
    for organ in plan.organs:
        entries += alter_organ(organ, deed) if organ.code in known.organs else [set_up_organ(organ, deed)]
    entries += bulk.new_posts([post for post in plan.posts if post.code not in known.posts], deed)
    for post in (post for post in plan.posts if post.code in known.posts):
        entries += alter_post(post, deed)
    entries += bulk.new_sites([_closed(one) for one in plan.sites if one.site.code not in known.sites], deed)
    for site in (one for one in plan.sites if one.site.code in known.sites):
        entries += _site_news(site, deed)
    entries += bulk.new_staff([one for one in plan.staff if one.job_number not in known.staff], deed)
    for person in (one for one in plan.staff if one.job_number in known.staff):
        entries += _person_news(person, deed)
    return entries + _papers(plan, deed)


def _closed(plan: SitePlan) -> SitePlan:
    """The states in order, an open one ending the day before the next begins."""
    ordered = sorted(plan.states, key=lambda state: state.period.first)
    for index, following in enumerate(ordered[1:]):
        here = ordered[index]
        if here.period.last is None:
            last = following.period.first - timedelta(days=1)
            ordered[index] = replace(here, period=Period(here.period.first, last))
    return replace(plan, states=tuple(ordered))


def _site_news(plan: SitePlan, deed: Deed) -> list[Entry]:
    row = models.Site.objects.select_for_update().get(code=plan.site.code)
    stored = models.SiteState.objects.filter(site=row).prefetch_related("devices")
    held = {_timeless(queries.as_state(one)) for one in stored}
    news = [s for s in plan.states if _timeless(s) not in held]
    return add_states(row, news, deed)


def _timeless(state: SiteState) -> SiteState:
    """A state by its first day: its last one may have been set by the next state."""
    ordered = tuple(sorted(state.devices, key=lambda d: d.name))
    return rounded(replace(state, period=Period(state.period.first), devices=ordered))


def _person_news(line: StaffLine, deed: Deed) -> list[Entry]:
    row = models.Staff.objects.select_related("organ").select_for_update(of=("self",)).get(job_number=line.job_number)
    held = set(models.Assignment.objects.filter(staff=row).values_list("post__code", flat=True))
    entries = []
    if line.certificate and row.certificate != line.certificate:
        row.certificate = line.certificate
        body: dict[str, Json] = {"certificate": line.certificate}
        entries.append(staff_fact(row, "certificate_registered", body=body, deed=deed))
    for post in line.posts:
        if post not in held:
            since = max(line.period.first, models.Post.objects.get(code=post).valid_from)
            _, fact = place_on_post(row, post, Period(since, row.valid_to), basis="导入", deed=deed)
            entries.append(fact)
    return entries


def _papers(plan: Blueprint, deed: Deed) -> list[Entry]:
    ids = dict(models.Staff.objects.values_list("job_number", "id"))
    entries: list[Entry] = []
    for line in plan.papers:
        paper = replace(line.paper, staff=ids[line.holder])
        known = models.Authorisation.objects.filter(
            organ__code=paper.organ, document_number=paper.document_number
        ).exists()
        if not known:
            entries.append(hand_over(paper, deed)[1])
    held = set(models.Cover.objects.values_list("post__code", "staff_a__job_number", "staff_b__job_number"))
    new = [c for c in plan.covers if not {(c.post, c.a, c.b), (c.post, c.b, c.a)} & held]
    return entries + bulk.new_covers(new, deed)
