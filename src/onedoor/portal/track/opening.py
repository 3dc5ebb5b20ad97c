"""Opening a case: one's own after sign-in, or the one case whose number and query password were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy

from onedoor.access import queries as access
from onedoor.access.rules import is_idle
from onedoor.cases import queries
from onedoor.cases.rules.tasks import target_of
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import why_not_case_number
from onedoor.kernel.errors import NotFound
from onedoor.portal.visitor import actor_of
from onedoor.vault.queries import Place

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.cases.queries import CasePage

OPENED = "cases_opened"
MOST_OPENED = 20
SEEN_EVERY_SECONDS = 60  # how often a busy session is written for its idle clock
UNKNOWN = gettext_lazy("没有这个办件编号，或者您还没有输入它的查询密码。请到“我要查”输入编号和密码。")
RESTED = gettext_lazy("您较长时间没有操作，为保护信息安全，这个办件已经关上。请到“我要查”重新输入编号和查询密码。")


@dataclass(frozen=True, slots=True)
class Opened:
    """A case and the actor who may see it: the visitor, or the bearer of its query password."""

    page: CasePage
    by: Actor

    @property
    def bearer(self) -> bool:
        """Whether a password, not a sign-in, opened it."""
        return self.by.ref.startswith("bearer:")

    @property
    def place(self) -> Place:
        """Where the files of the case lie."""
        return Place(f"case:{self.page.case.id}", target_of(self.page.case))


def opened(request: HttpRequest, number: str) -> Opened:
    """The case for this visitor; NotFound alike for what is not there and what is not theirs. Staff use the desk."""
    if why_not_case_number(number):
        raise NotFound(str(UNKNOWN))
    actor, today = actor_of(request), local_date(timezone.now())
    if actor.kind is ActorKind.CITIZEN:
        try:
            return Opened(queries.case_page(number, by=actor, on=today), actor)
        except NotFound:
            pass
    stay(request, number)
    bearer = queries.bearer(number)
    return Opened(queries.case_page(number, by=bearer, on=today), bearer)


def remember(request: HttpRequest, number: str) -> None:
    """The right password was shown: this session may open this case until it ends or rests too long."""
    others, key = _opened(request), _key(number)
    others.pop(key, None)
    request.session.cycle_key()
    kept = [*others.items(), (key, int(timezone.now().timestamp()))][-MOST_OPENED:]
    request.session[OPENED] = dict(kept)


def stay(request: HttpRequest, number: str) -> None:
    """Keep a case open that its password opened here; NotFound where none did, or where it rested too long.

    GB/T 22239-2019 §8.1.4.1 b); the minutes are data (access, ``signin.toml``).
    """
    held, now, key = _opened(request), timezone.now(), _key(number)
    if key not in held:
        raise NotFound(str(UNKNOWN))
    last = datetime.fromtimestamp(held[key], UTC)
    if is_idle(last, at=now, minutes=access.policy(local_date(now)).query_idle_minutes):
        del held[key]
        request.session[OPENED] = held
        raise NotFound(str(RESTED))
    if (now - last).total_seconds() >= SEEN_EVERY_SECONDS:
        request.session[OPENED] = held | {key: int(now.timestamp())}


def _key(number: str) -> str:
    return number if "/" in number else queries.opened_as(number)


def opened_keys(request: HttpRequest) -> tuple[str, ...]:
    """What passwords and codes opened in this session: numbers of cases, or ``NUMBER/SEAT`` of one who is heard."""
    return tuple(_opened(request))


def _opened(request: HttpRequest) -> dict[str, int]:
    held = request.session.get(OPENED)
    return dict(held) if isinstance(held, dict) else {}
