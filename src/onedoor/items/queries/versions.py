"""All reads of the catalogue: published versions (kept in the process, they never change), lists and search.

A process checks for newer versions at most once in five seconds with one small statement.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Final

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from onedoor.areas import queries as areas
from onedoor.items.models import Version, Withdrawal
from onedoor.items.queries.files import lexicon
from onedoor.items.rules import Audience, Item, ItemKind, ItemVersion
from onedoor.items.rules.codec import read_field
from onedoor.items.rules.search import Document, Entry, Found, Index, Region, analyse, document_of
from onedoor.kernel.errors import NotFound, Refused

CHECK_SECONDS: Final = 5.0

_OFFERED = """
SELECT DISTINCT ON (v.code) v.id, v.code, v.number, v.area
FROM items_version v
WHERE v.effective_from <= %s
  AND NOT EXISTS (SELECT 1 FROM items_withdrawal w WHERE w.code = v.code AND w.number >= v.number)
ORDER BY v.code, v.number DESC
"""

# Most of a list is its form, its steps and its articles, which neither a line nor the search needs.
_UNLISTED: Final = ("form", "plan", "clock", "basis", "flow", "special_procedures", "remedies", "implementers")
_LISTED: Final = "SELECT v.id, v.code, v.area, v.content - %s::text[] FROM items_version v WHERE v.id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a catalogue list."""

    id: int
    code: str
    name: str
    kind: str
    organ: str
    organ_name: str
    level: str
    area: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    summary: str
    in_hall: bool = True
    one_window: bool = True
    sites: tuple[str, ...] = ()
    members: tuple[tuple[str, int], ...] = ()  # of a bundle: the codes of its items and the versions it is made of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a catalogue list is narrowed to; "" = not narrowed. ``area``: a division code, with what lies above it.

    内部审批 between organs is listed only for who asks for that kind, or for 行政机关.
    """

    topic: str = ""
    audience: str = ""
    organ: str = ""
    level: str = ""
    kind: str = ""
    area: str = ""


@dataclass(slots=True)
class _Catalogue:
    """What this process knows of the offered versions; replaced as a whole when something was published."""

    token: tuple[object, ...]
    checked: float
    by_code: dict[str, int]
    lines: tuple[Summary, ...]
    documents: tuple[Document, ...]
    index: list[Index] = field(default_factory=list)


_lock = threading.Lock()
_held: list[_Catalogue] = []
_versions: dict[int, ItemVersion] = {}
_parts: dict[tuple[str, bytes], Any] = {}
_rows: dict[int, tuple[Summary, Document]] = {}
_entries: dict[int, Entry] = {}


def published(code: str) -> ItemVersion:
    """The version of an item that is offered today. Raises NotFound where there is none (or it was withdrawn)."""
    found = _catalogue().by_code.get(code)
    if found is None:
        raise NotFound("没有找到这个事项，或者它已经暂停办理。请在首页搜索。")
    return version(found)


def version(id: int) -> ItemVersion:
    """One published version, for ever the same. Raises NotFound."""
    held = _versions.get(id)
    if held is None:
        row = Version.objects.filter(pk=id).first()
        if row is None:
            raise NotFound("没有找到这个事项版本。")
        held = _versions[id] = _decoded(row)
    return held


def versions_by_id(ids: Collection[int]) -> tuple[ItemVersion, ...]:
    """Many published versions at once, in the order asked for. One statement for all that this process lacks."""
    missing = [id_ for id_ in ids if id_ not in _versions]
    for row in Version.objects.filter(pk__in=missing).iterator(chunk_size=200):
        _versions[row.pk] = _decoded(row)
    return tuple(version(id_) for id_ in ids)


def history(code: str) -> tuple[ItemVersion, ...]:
    """All versions of an item, oldest first."""
    ids = Version.objects.filter(code=code).order_by("number").values_list("id", flat=True)
    return tuple(version(id_) for id_ in ids)


def in_force_before(one: ItemVersion) -> ItemVersion | None:
    """The version that this one took the place of; None for the first. One that never came into force is none."""
    found = Version.objects.filter(code=one.code, number__lt=one.number, effective_from__lte=one.effective_from)
    row = found.order_by("-number").values_list("id", flat=True).first()
    return None if row is None else version(row)


def catalogue(filters: Filters | None = None) -> tuple[Summary, ...]:
    """The items offered today by name, all or narrowed; public, so that everyone may see all of them."""
    lines = _catalogue().lines
    return lines if filters is None else tuple(line for line in lines if _matches(line, filters))


def count(filters: Filters | None = None) -> int:
    """How many ``catalogue`` lists."""
    return len(catalogue(filters))


def search(query: str, *, limit: int = 20, area: str = "", uses: Mapping[str, int] | None = None) -> Found:
    """Items for the words that people use, best first; suggestions where nothing fits. Never raises for a query. A
    greeting finds nothing.

    ``uses``: how often each item was applied for, by family (``family_of`` its code), counted by whoever may count.
    """
    held = _catalogue()
    if not held.index:
        held.index.append(Index(map(_entry, held.documents), lexicon(), _regions()))
    return held.index[0].search(query, limit=limit, area=area, uses=uses)


def newest(codes: list[str]) -> dict[str, tuple[int, str, int]]:
    """For each code its newest version: id, digest, number; whether offered or not. Read fresh."""
    rows = (
        Version.objects.filter(code__in=codes).order_by("code", "number").values_list("code", "id", "digest", "number")
    )
    return {code: (id_, digest, number) for code, id_, digest, number in rows}


def withdrawn_up_to(code: str) -> int:
    """The highest version number that was withdrawn; 0 = none."""
    return Withdrawal.objects.filter(code=code).aggregate(most=Max("number"))["most"] or 0


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An item that is not offered any more: its last version, why, since when, by whom."""

    version: ItemVersion
    reason: str
    at: datetime
    by: str


def withdrawals() -> tuple[Withdrawn, ...]:
    """Every item that was paused or cancelled and not published since, the latest first."""
    rows = Withdrawal.objects.order_by("-withdrawn_at", "-id")
    last = newest([row.code for row in rows])
    gone = [row for row in rows if last[row.code][2] == row.number]
    return tuple(Withdrawn(version(last[r.code][0]), r.reason, r.withdrawn_at, r.withdrawn_by) for r in gone)


def forget() -> None:
    """Look again at the next read: called by what publishes in this process."""
    _held.clear()


def _entry(document: Document) -> Entry:
    """A version never changes, so it is taken apart once in the life of the process."""
    held = _entries.get(document.id)
    if held is None:
        held = _entries[document.id] = analyse(document, lexicon())
    return held


def _matches(line: Summary, wanted: Filters) -> bool:
    return (
        (line.kind != ItemKind.INTERNAL or _asks_inside(wanted))
        and (not wanted.topic or wanted.topic in line.topics)
        and (not wanted.audience or wanted.audience in line.audiences)
        and (not wanted.organ or wanted.organ == line.organ)
        and (not wanted.level or wanted.level == line.level)
        and (not wanted.kind or wanted.kind == line.kind)
        and (not wanted.area or _serves(line.area, wanted.area))
    )


def _asks_inside(wanted: Filters) -> bool:
    return wanted.kind == ItemKind.INTERNAL or wanted.audience == Audience.ORGAN


def _serves(implemented: str, asked: str) -> bool:
    """Whether an item of one division serves a person of another: the same, below it, or above it."""
    a, b = implemented.rstrip("0"), asked.rstrip("0")
    return a.startswith(b) or b.startswith(a)


def _catalogue() -> _Catalogue:
    held = next(iter(_held), None)
    if held and time.monotonic() - held.checked < CHECK_SECONDS:
        return held
    with _lock:
        today = timezone.localdate()
        token = _token(today)
        if held and held.token == token:
            held.checked = time.monotonic()
            return held
        fresh = _load(token, today)
        _held[:] = [fresh]
        return fresh


def _token(today: date) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(id) FROM items_version), (SELECT max(id) FROM items_withdrawal)")
        return (*cursor.fetchone(), today)


def _load(token: tuple[object, ...], today: date) -> _Catalogue:
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, [today])
        offered = cursor.fetchall()
    missing = [id_ for id_, *_ in offered if id_ not in _rows]
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, [list(_UNLISTED), missing])
        for id_, code, area, content in cursor:
            tree = json.loads(content)
            _rows[id_] = _summary(tree, id=id_, code=code, area=area), document_of(tree, id=id_, code=code, area=area)
    known = [_rows[id_] for id_, *_ in offered]
    return _Catalogue(
        token=token,
        checked=time.monotonic(),
        by_code={code: id_ for id_, code, *_ in offered},
        lines=tuple(sorted((line for line, _ in known), key=lambda line: (line.name, line.area, line.code))),
        documents=tuple(document for _, document in known),
    )


def _summary(tree: Mapping[str, Any], *, id: int, code: str, area: str) -> Summary:
    return Summary(
        id=id,
        code=code,
        name=tree["name"],
        kind=tree["kind"],
        organ=tree["organ"],
        organ_name=tree["organ_name"],
        level=tree["level"],
        area=area,
        topics=tuple(tree["topics"]),
        audiences=tuple(tree["audiences"]),
        summary=tree["summary"],
        in_hall=tree.get("in_hall", True),
        one_window=tree.get("one_window", True),
        sites=tuple(place["name"] for place in tree["places"]),
        members=tuple((member["item"], member.get("version", 0)) for member in tree.get("members", ())),
    )


def _decoded(row: Version) -> ItemVersion:
    return ItemVersion(
        **{name: _part(name, node) for name, node in row.content.items()},
        id=row.pk,
        number=row.number,
        digest=row.digest,
        published_on=timezone.localtime(row.published_at).date(),
        effective_from=row.effective_from,
    )


def _part(name: str, node: Any) -> Any:
    """The value of one field. What lists of many organs say alike is read once, and held once."""
    key = name, blake2b(json.dumps(node, sort_keys=True).encode(), digest_size=16).digest()
    if key not in _parts:
        _parts[key] = read_field(Item, (name,), node)
    return _parts[key]


def _regions() -> tuple[Region, ...]:
    try:
        county = areas.county()
    except Refused:
        return ()  # no divisions loaded: names of places are words like any other
    townships = [Region(d.short_name, d.code) for d in areas.children(county.code)]
    villages = [Region(d.short_name, t.area) for t in townships for d in areas.children(t.area)]
    doubled = {v.name for v in villages if len({o.area for o in villages if o.name == v.name}) > 1}
    return (*townships, *(v for v in villages if v.name not in doubled))
