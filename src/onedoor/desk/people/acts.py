"""From a posted form to a command: each act on a person or an account by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from onedoor.access import commands as access
from onedoor.access import queries
from onedoor.kernel.actor import Actor
from onedoor.orgs import commands as orgs
from onedoor.orgs.rules import Period


@dataclass(frozen=True, slots=True)
class Given:
    """Who does which act to whom, when, with clean answers. ``account``: "account:12", "" where there is none."""

    act: str
    staff: int
    account: str
    by: Actor
    at: datetime
    answers: Mapping[str, object]

    def text(self, name: str) -> str:
        """One answer; "" where none was given."""
        return str(self.answers.get(f"{self.act}-{name}") or "")

    def day(self, name: str) -> date | None:
        """One day; None where none was given."""
        return date.fromisoformat(self.text(name)) if self.text(name) else None

    @property
    def first(self) -> date:
        """The day that every dated act names."""
        return date.fromisoformat(self.text("period"))


def perform(given: Given) -> str:
    """Do the act; the path of an enrolment link where it gave one, else ""."""
    return ACTS[given.act](given) or ""


def _invite(g: Given) -> str:
    invited = access.invite_staff(g.staff, username=g.text("username"), by=g.by, at=g.at)
    return access.issue_enrolment_link(invited.ref, by=g.by, at=g.at)


def _link(g: Given) -> str:
    return access.issue_enrolment_link(g.account, by=g.by, at=g.at)


def _appoint(g: Given) -> None:
    period = Period(g.first, g.day("until"))
    orgs.appoint(g.staff, post=g.text("post"), period=period, basis=g.text("basis"), by=g.by, at=g.at)


def _relieve(g: Given) -> None:
    orgs.relieve(int(g.text("post")), last_day=g.first, reason=g.text("reason"), by=g.by, at=g.at)


def _discharge(g: Given) -> None:
    orgs.discharge(g.staff, last_day=g.first, by=g.by, at=g.at)


def _unlock(g: Given) -> None:
    access.unlock(queries.account(g.account, by=g.by).username, by=g.by, at=g.at)


def _reset(g: Given) -> None:
    access.reset_credentials(g.account, by=g.by, at=g.at)


def _end_sessions(g: Given) -> None:
    access.end_sessions(g.account, by=g.by, at=g.at)


def _suspend(g: Given) -> None:
    access.suspend_account(g.account, by=g.by, at=g.at, reason=g.text("reason"))


def _restore(g: Given) -> None:
    access.restore_account(g.account, by=g.by, at=g.at, reason=g.text("reason"))


ACTS: Final[Mapping[str, Callable[[Given], str | None]]] = {
    "invite": _invite,
    "link": _link,
    "appoint": _appoint,
    "relieve": _relieve,
    "discharge": _discharge,
    "unlock": _unlock,
    "reset": _reset,
    "end_sessions": _end_sessions,
    "suspend": _suspend,
    "restore": _restore,
}
