"""Mandates: what they let an agent do today, and the lists for those concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from onedoor.access.models import Mandate
from onedoor.access.rules import MandateKind, MandateTerms, representation, require
from onedoor.kernel.actor import Act, Actor, Representation, Target


@dataclass(frozen=True, slots=True)
class MandateView:
    """One mandate, for its two parties and the counter."""

    ref: str
    terms: MandateTerms
    principal_name: str
    agent_name: str
    granted_by: str
    granted_at: datetime
    revoked_at: datetime | None

    def valid(self, on: date) -> bool:
        """Whether it holds on that day; the last day counts."""
        ends = self.terms.valid_to
        return self.revoked_at is None and self.terms.valid_from <= on and (ends is None or on <= ends)


def representations(agent: str, on: date) -> tuple[Representation, ...]:
    """Everyone this person may act for on that day. One statement."""
    rows = (
        Mandate.objects.filter(agent=agent, revoked_at__isnull=True, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("pk")
    )
    return tuple(representation(terms_of(row), row.principal_name) for row in rows)


def mandates(*, by: Actor) -> tuple[MandateView, ...]:
    """Those that the actor or a party he heads has given, and those he holds, newest first."""
    return _views(visible_to(by))


def visible_to(by: Actor) -> QuerySet[Mandate]:
    """A mandate is seen by its agent, by its principal, and by the principal's legal representative."""
    own = [r.party for r in by.represents if r.basis in ("本人", MandateKind.LEGAL_REPRESENTATIVE.label)]
    return Mandate.objects.filter(Q(principal__in=own) | Q(agent__in=own))


def mandates_at_counter(party: str, *, by: Actor, place: Target) -> tuple[MandateView, ...]:
    """The mandates of a party who stands at the counter. Raises Forbidden for anyone but its clerks."""
    require(by, Act.RECEIVE, place)
    return _views(Mandate.objects.filter(Q(principal=party) | Q(agent=party)))


def _views(rows: QuerySet[Mandate]) -> tuple[MandateView, ...]:
    return tuple(view(row) for row in rows.order_by("-granted_at", "-pk"))


def view(row: Mandate) -> MandateView:
    """A row as a value."""
    return MandateView(
        ref=f"mandate:{row.pk}",
        terms=terms_of(row),
        principal_name=row.principal_name,
        agent_name=row.agent_name,
        granted_by=row.granted_by,
        granted_at=row.granted_at,
        revoked_at=row.revoked_at,
    )


def terms_of(row: Mandate) -> MandateTerms:
    """What was granted."""
    return MandateTerms(
        kind=MandateKind(row.kind),
        principal=row.principal,
        agent=row.agent,
        acts=frozenset(Act(act) for act in row.acts),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        items=None if row.items is None else frozenset(row.items),
        evidence=row.evidence,
    )
