"""From a document's kind to whoever writes it."""

from __future__ import annotations

from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers import endings, hearings, overlooked, payment, promises, together, upward, writing
from onedoor.cases.rules.papers.issued import issued
from onedoor.cases.rules.papers.writing import Matter
from onedoor.documents import rules as documents

WRITERS = {
    **writing.WRITERS,
    **hearings.WRITERS,
    **payment.WRITERS,
    **promises.WRITERS,
    **endings.WRITERS,
    **together.WRITERS,
    **upward.WRITERS,
    **overlooked.WRITERS,
}


def write(paper: Paper, matter: Matter) -> documents.Document:
    """What the last document of this kind says. ValueError where the case has not given rise to it."""
    found = [one for one in issued(matter.facts) if one.paper is paper]
    if not found:
        raise ValueError(f"{matter.case.number} has no {paper}")
    return WRITERS[paper](matter, found[-1])
