"""All reads of cases; each starts from who may see."""

from onedoor.cases.queries.attribution import attributed
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
    opened_as,
    replayed,
    running_of,
    seen,
    visible_to,
    waiting,
)
from onedoor.cases.queries.changes import changes_since
from onedoor.cases.queries.crews import roster
from onedoor.cases.queries.demand import demand
from onedoor.cases.queries.dispatching import Dispatched, dispatched
from onedoor.cases.queries.docket import DocketRow, docket
from onedoor.cases.queries.drafts import draft, draft_file, drafts
from onedoor.cases.queries.filters import saved_filters
from onedoor.cases.queries.handover import Colleague, name_of, receivers
from onedoor.cases.queries.heard import (
    Convened,
    HeardPage,
    Presider,
    Shown,
    bearer_of_code,
    code_of,
    contact_of,
    heard_page,
    mobile_of,
    objector,
    presiders,
    public_hearings,
    public_notice,
    public_notices,
    seats_of,
)
from onedoor.cases.queries.inbox import Facets, InboxRow, facets, inbox, inbox_size
from onedoor.cases.queries.members import Part, called_visit, needing_visit, owing_of, parts_of, ready_results
from onedoor.cases.queries.moving import (
    Became,
    Group,
    Impact,
    Run,
    RunState,
    impact,
    movable_item,
    move_run,
    numbers_of,
    runs,
    told,
)
from onedoor.cases.queries.opinions import Words, led_by, opinions
from onedoor.cases.queries.papers import SentPaper, paper, sent_papers
from onedoor.cases.queries.placing import Placed, placed, rows_of
from onedoor.cases.queries.presence import others_here
from onedoor.cases.queries.previews import preview
from onedoor.cases.queries.requesting import open_requests
from onedoor.cases.queries.searching import Found, Sought, search, searchable_items
from onedoor.cases.queries.separating import kept_apart
from onedoor.cases.queries.submissions import receipt_of

__all__ = [
    "Became",
    "CasePage",
    "Colleague",
    "Convened",
    "Dispatched",
    "DocketRow",
    "Facets",
    "Found",
    "Group",
    "HeardPage",
    "Impact",
    "InboxRow",
    "Part",
    "Placed",
    "Presider",
    "Row",
    "Run",
    "RunState",
    "SentPaper",
    "Shown",
    "Sought",
    "Timeline",
    "Words",
    "attributed",
    "bearer",
    "bearer_of_code",
    "called_visit",
    "case_number_of",
    "case_page",
    "changes_since",
    "code_of",
    "contact_of",
    "count",
    "demand",
    "dispatched",
    "docket",
    "draft",
    "draft_file",
    "drafts",
    "facets",
    "facts",
    "heard_page",
    "impact",
    "inbox",
    "inbox_size",
    "kept_apart",
    "led_by",
    "listing",
    "may",
    "mobile_of",
    "movable_item",
    "move_run",
    "name_of",
    "needing_visit",
    "numbers_of",
    "objector",
    "open_requests",
    "opened_as",
    "opinions",
    "others_here",
    "owing_of",
    "paper",
    "parts_of",
    "placed",
    "presiders",
    "preview",
    "public_hearings",
    "public_notice",
    "public_notices",
    "ready_results",
    "receipt_of",
    "receivers",
    "replayed",
    "roster",
    "rows_of",
    "running_of",
    "runs",
    "saved_filters",
    "search",
    "searchable_items",
    "seats_of",
    "seen",
    "sent_papers",
    "told",
    "visible_to",
    "waiting",
]
