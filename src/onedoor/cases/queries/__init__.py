"""All reads of cases; each starts from who may see."""

from onedoor.cases.queries.cases import (
    CasePage,
    Row,
    Timeline,
    bearer,
    case_number_of,
    case_page,
    count,
    facts,
    listing,
    may,
    replayed,
    visible_to,
)
from onedoor.cases.queries.drafts import draft, draft_file, drafts
from onedoor.cases.queries.inbox import InboxRow, inbox, inbox_counts
from onedoor.cases.queries.papers import paper
from onedoor.cases.queries.submissions import receipt_of

__all__ = [
    "CasePage",
    "InboxRow",
    "Row",
    "Timeline",
    "bearer",
    "case_number_of",
    "case_page",
    "count",
    "draft",
    "draft_file",
    "drafts",
    "facts",
    "inbox",
    "inbox_counts",
    "listing",
    "may",
    "paper",
    "receipt_of",
    "replayed",
    "visible_to",
]
