"""事项测试: the trial of an item by the tables in force, with every paper that it gives rise to drawn on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from onedoor.documents import queries as documents
from onedoor.documents.rules import Document, Gaps
from onedoor.items import ports
from onedoor.items.queries.files import stationery, tables
from onedoor.items.rules import Item, encode, errors, lint
from onedoor.items.rules.paper import Writer
from onedoor.items.rules.synthetic import situations
from onedoor.items.rules.trial import Drawn, Failure, Trial, Trouble, as_published, drawn, faults_of, trial
from onedoor.items.rules.versions import digest_of
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import FieldError

_WHO: Final = frozenset({"organ", "organ_name", "area", "local_code", "places", "contacts", "remedies", "implementers"})
_MOST: Final = 2_000
_walked: dict[tuple[date, object, str], tuple[FieldError, ...]] = {}


def tried(item: Item, *, on: date, draw: bool = False) -> Trial:
    """The trial of an item as if it were published on a day. ``draw``: make each paper as PDF, which takes its time.

    Without it the papers are only held against what the law requires of each.
    """
    found = trial(item, on=on, calendar=tables().on(on).calendar, stationery=stationery())
    if found.failures:
        return found
    return replace(found, failures=tuple(_unprintable(item, on=on, draw=draw)))


def hindrances(item: Item, *, on: date) -> tuple[FieldError, ...]:
    """Why an item may not be published: what the checker forbids; else where an applicant would not get through.

    A process walks lists that differ only in who and where once a day.
    """
    wrong = errors(lint(item, tables(), on=on))
    if wrong:
        return tuple(FieldError(one.field, one.message) for one in wrong)
    key = on, ports.rehearse(), digest_of({name: value for name, value in encode(item).items() if name not in _WHO})
    held = _walked.get(key)
    if held is None:
        if len(_walked) >= _MOST:
            _walked.clear()
        held = _walked[key] = tuple(FieldError(f.field, f.story) for f in tried(item, on=on).failures)
    return held


def _unprintable(item: Item, *, on: date, draw: bool) -> Iterator[Failure]:
    own = drawn(as_published(item, on=on), writer=Writer(stationery(), on, item.area, str)) if draw else ()
    for paper in (*own, *_of_a_case(item, on=on)):
        why = faults_of(paper.document) or (_undrawn(paper.document) if draw else "")
        if why:
            yield Failure(Trouble.PAPER, paper.path, f"申请人拿不到{paper.name}：{why}")


def _of_a_case(item: Item, *, on: date) -> Iterator[Drawn]:
    rehearse = ports.rehearse()
    if rehearse is None:
        return
    at, calendar = datetime.combine(on, time(9), tzinfo=CHINA), tables().on(on).calendar
    for document in rehearse(as_published(item, on=on), situations(item), at=at, calendar=calendar):
        yield Drawn(("result",), f"办件的文书（{document.template}）", document)


def _undrawn(document: Document) -> str:
    """Why it cannot be printed; "" where it can. A character that no font holds is noted on the paper itself."""
    try:
        documents.document(document, gaps=Gaps.NOTE)
    except Exception as error:  # noqa: BLE001  # whatever the printer says is told to whoever wrote the item
        return str(error)
    return ""
