"""What an officer owes beside the tasks of cases: drafts to review, questions to answer, errands to see
confirmed, what was taken in for elsewhere to be asked after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy

from onedoor.agency import queries as agency
from onedoor.cases import queries as cases
from onedoor.hotline import queries as hotline
from onedoor.items import queries as items
from onedoor.relay import queries as relay

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from onedoor.kernel.actor import Actor

INBOX: Final = "desk:inbox"


@dataclass(frozen=True, slots=True)
class Owed:
    """So much work behind one entry of the menu."""

    route: str
    label: StrOrPromise
    count: int


def _tasks(by: Actor) -> int:
    return cases.inbox_size(by=by)


def _reviews(by: Actor) -> int:
    return items.awaiting_review(by=by)


def _questions(by: Actor) -> int:
    return hotline.owed_count(by=by)


def _errands(by: Actor) -> int:
    return agency.waiting_count(by=by)


def _relays(by: Actor) -> int:
    return relay.late_count(by=by, on=timezone.localdate())


COUNTED: Final[tuple[tuple[str, StrOrPromise, Callable[[Actor], int]], ...]] = (
    (INBOX, gettext_lazy("待办"), _tasks),
    ("desk:catalogue", gettext_lazy("待审核事项"), _reviews),
    ("desk:consult", gettext_lazy("待办咨询"), _questions),
    ("desk:agency", gettext_lazy("代办，等申请人确认"), _errands),
    ("desk:relays", gettext_lazy("异地代收，要催问"), _relays),
)


def owed(by: Actor) -> tuple[Owed, ...]:
    """Every kind of work that waits for this officer, with how much of it there is; kinds without any left out."""
    found = (Owed(route, label, count(by)) for route, label, count in COUNTED)
    return tuple(one for one in found if one.count)
