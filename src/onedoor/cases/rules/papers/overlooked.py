"""追加请求通知书: what the organ overlooked, why it asks only now, who allowed it, and that nobody must answer."""

from __future__ import annotations

from onedoor.cases.rules.events import overlooked as o
from onedoor.cases.rules.lifecycle import is_permit
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.overlooked import ONE_NOTICE
from onedoor.cases.rules.papers.citing import in_words
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.noting import ERASED
from onedoor.cases.rules.papers.writing import Matter, as_kind, defects, head_of, where_to_bring
from onedoor.documents import rules as documents
from onedoor.kernel.law import law


@law("行政许可法", "32(1).4")
def _asked(matter: Matter, one: Issued) -> documents.Document:
    event = as_kind(o.OverlookedAsked, one.fact)
    return documents.OverlookedNotice(
        head=head_of(matter, one),
        wanted=defects(matter.item, event.materials),
        reason=event.reason or ERASED,
        allowed_by=event.officer,
        how=where_to_bring(matter.item),
        basis=(in_words(str(ONE_NOTICE)),) if is_permit(matter.item) else (),
    )


WRITERS = {Paper.OVERLOOKED: _asked}
