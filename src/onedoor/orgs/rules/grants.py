"""What a person may do on a day: posts held, 授权书, and AB cover while the other is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onedoor.kernel.actor import Act, Grant
from onedoor.orgs.rules.posts import Post, PostKind
from onedoor.orgs.rules.values import Absence, Authorisation, Period

COVER_MARK = "~AB:"
CARRIED_WHILE_ABSENT = frozenset({Act.VIEW})


@dataclass(frozen=True, slots=True)
class Holding:
    """A post held by a person for a time."""

    post: Post
    period: Period

    def holds(self, day: date) -> bool:
        """Whether both the post and the appointment are in force."""
        return self.period.holds(day) and self.post.period.holds(day)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A post of somebody else that this person covers: AB 岗 in force, and that person's absences."""

    holding: Holding
    period: Period
    other: str  # job number
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class Mandate:
    """A 授权书 with the area prefix of its organ."""

    paper: Authorisation
    area: str


def grants_on(
    day: date,
    *,
    holdings: Iterable[Holding],
    mandates: Iterable[Mandate] = (),
    stand_ins: Iterable[StandIn] = (),
    absences: Iterable[Absence] = (),
) -> tuple[Grant, ...]:
    """Every grant of one person on one day.

    - A post held and in force gives its acts. While the person is declared absent only looking remains: two people
      never answer for one post at once.
    - A 授权书 counts from its first to its last day, not on or after the day of revocation, and only while its
      holder is 首席代表 in that organ; it cannot be covered by another (授权不得再转).
    - AB cover: while A is absent, B, being present, has A's post; the grant says so (``is_cover``).
    """
    away = any(absence.period.holds(day) for absence in absences)
    held = [holding for holding in holdings if holding.holds(day)]
    if away:
        return tuple(g for h in held if (g := _grant(h.post, h.post.code, only=CARRIED_WHILE_ABSENT)).acts)
    own = [_grant(holding.post, holding.post.code) for holding in held]
    chief_in = {h.post.organ for h in held if h.post.kind is PostKind.CHIEF}
    return (*own, *_by_mandate(day, mandates, chief_in), *_by_cover(day, stand_ins))


def is_cover(grant: Grant) -> bool:
    """Whether this grant stands in for somebody absent; the desk and the journal show it."""
    return COVER_MARK in grant.post


def covered_by(grant: Grant) -> str | None:
    """The job number of the absent colleague whose post this grant covers."""
    return grant.post.partition(COVER_MARK)[2] or None


def _grant(post: Post, label: str, *, only: frozenset[Act] | None = None) -> Grant:
    acts = post.acts if only is None else post.acts & only
    return Grant(label, acts, None if post.all_organs else post.organ, post.area, post.items)


def _by_mandate(day: date, mandates: Iterable[Mandate], chief_in: set[str]) -> Iterator[Grant]:
    for mandate in mandates:
        paper = mandate.paper
        revoked = paper.revoked_on is not None and paper.revoked_on <= day
        if paper.period.holds(day) and not revoked and paper.organ in chief_in:
            yield Grant(f"授权书:{paper.document_number}", paper.acts, paper.organ, mandate.area, paper.items)


def _by_cover(day: date, stand_ins: Iterable[StandIn]) -> Iterator[Grant]:
    for one in stand_ins:
        absent = any(absence.period.holds(day) for absence in one.absences)
        if absent and one.period.holds(day) and one.holding.holds(day):
            yield _grant(one.holding.post, f"{one.holding.post.code}{COVER_MARK}{one.other}")
