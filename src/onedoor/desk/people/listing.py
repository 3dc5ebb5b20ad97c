"""The list of staff as it is asked for: by name, organ and how far the account is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy

from onedoor.access.rules import Standing
from onedoor.desk.inbox.asking import organ_name
from onedoor.desk.people.words import standing_tag
from onedoor.orgs import queries as orgs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from onedoor.access.queries import Officer
    from onedoor.ui.parts import Tag

SIZE: Final = 50
LONGEST_QUERY: Final = 40
NONE: Final = "none"
LEFT: Final = "left"
LEFT_OPEN: Final = "left_open"
STATES: Final[Mapping[str, StrOrPromise]] = {
    "": gettext_lazy("全部在职"),
    NONE: gettext_lazy("没有账号"),
    **{one.value: one.label for one in Standing},
    LEFT: gettext_lazy("已离职"),
    LEFT_OPEN: gettext_lazy("已离职，账号没有停用"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    organ: str = ""
    state: str = ""

    def given(self) -> dict[str, str]:
        """The conditions that are set, as the address says them."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Line:
    """One member of staff in the list."""

    id: int
    name: str
    job_number: str
    organ: str
    posts: str
    tag: Tag
    has_account: bool
    last_login: datetime | None


def asked(data: QueryDict) -> Asked:
    """From the address; a state that is none asks for all."""
    q, organ, state = (data.get(name, "").replace("\0", "").strip()[:LONGEST_QUERY] for name in ("q", "organ", "state"))
    return Asked(q, organ, state if state in STATES else "")


def chosen(found: Iterable[Officer], want: Asked, *, on: date) -> tuple[Officer, ...]:
    """Those asked for, in their order."""
    return tuple(one for one in found if _named(one, want.q) and _of(one, want.organ) and _in(one, want.state, on))


def _named(one: Officer, q: str) -> bool:
    username = one.account.username if one.account else ""
    return q.lower() in f"{one.staff.name}\n{one.staff.job_number}\n{username}".lower()


def _of(one: Officer, organ: str) -> bool:
    return organ in {"", one.staff.organ}


def _in(one: Officer, state: str, on: date) -> bool:
    standing = one.account.standing if one.account else None
    if one.staff.period.last is not None and one.staff.period.last < on:
        return state == LEFT or (state == LEFT_OPEN and standing not in {None, Standing.SUSPENDED})
    return state in {"", standing.value if standing else NONE}


def lines(found: Iterable[Officer], *, on: date) -> tuple[Line, ...]:
    """As they are shown, with the posts of the day."""
    held = orgs.posts_held(on)
    return tuple(
        Line(
            id=one.staff.id,
            name=one.staff.name,
            job_number=one.staff.job_number,
            organ=organ_name(one.staff.organ),
            posts="、".join(post.name for post in held.get(one.staff.id, ())),
            tag=standing_tag(one.account),
            has_account=one.account is not None,
            last_login=one.account.last_login if one.account else None,
        )
        for one in found
    )
