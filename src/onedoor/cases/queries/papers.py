"""The documents of a case: which were sent, to whom and whether they were read; and each of them as it was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from onedoor.areas import queries as areas
from onedoor.cases.queries.cases import CasePage, Timeline, answers_of, facts, visible_to
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import password_of
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.papers import Issued, Matter, issued, write
from onedoor.cases.rules.telling import MESSAGES
from onedoor.cases.rules.values import Case
from onedoor.documents import queries as documents
from onedoor.documents.rules import Gaps
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import NotFound
from onedoor.notices import queries as notices
from onedoor.registries import queries as registries


@dataclass(frozen=True, slots=True)
class SentPaper:
    """One document that was sent. ``told_at``: when a message said so; ``read_at``: when that message was read."""

    issued: Issued
    to: str
    told_at: datetime | None
    read_at: datetime | None


def matter_of(case: Case, *, item: ItemVersion, told: Timeline, by: Actor | None = None) -> Matter:
    """Everything that a document speaks of, with the case as it stands after these facts.

    The query password only for the applicant's side, and for the clerk who took the application in and hands it over.
    """
    took_in = by is not None and by.ref == case.submitted_by and not case.agency_ended
    own = took_in or (by is not None and by.kind is ActorKind.CITIZEN)
    return Matter(
        case=case,
        item=item,
        facts=told,
        answers=answers_of(told) or {},
        calendar=areas.calendar(case.area),
        organ_name=item.organ_name,
        contact=item.contacts.enquiry,
        password=password_of(case, query_secret()) if own else "",
        verify_url=f"{settings.SITE_URL}/track/?number={case.number}",
        demo=settings.DEMO,
        hall=settings.SITE["operator"],
        agent_name=_agent_name(case),
    )


def _agent_name(case: Case) -> str:
    """As the application gave it; of an agent whom it names by register alone, as the register has it."""
    if case.agent_name or not (case.agent and case.agent.startswith("person:")) or case.applicant_name is None:
        return case.agent_name or ""
    return registries.party(case.agent).name


def paper(number: str, key: str, *, by: Actor) -> bytes:
    """One document as PDF/A, as it was sent; ``key`` is ``supplement-2``, or ``supplement`` for the last of its kind.

    NotFound where the case is not this actor's to see or has no such document. What was erased since is left out.
    """
    row = visible_to(by).filter(number=number).first()
    if row is None:
        raise NotFound("没有这个办件编号，或您无权查看。请核对后再试。")
    told = facts(row.pk)
    found = [one for one in issued(told) if key in {one.key, one.paper}]
    if not found:
        raise NotFound("这个办件没有这份文书。")
    return _drawn(found[-1], told, by=by)


def _drawn(one: Issued, told: Timeline, *, by: Actor) -> bytes:
    if one.wording:
        return documents.reprint(one.wording)
    until = tuple(fact for fact in told if fact.seq <= one.fact.seq)
    case = replace(replay(until), agency_ended=replay(told).agency_ended)  # the query password that opens it now
    matter = matter_of(case, item=items.version(case.item_version), told=until, by=by)
    return documents.document(write(one.paper, matter), gaps=Gaps.NOTE)


def sent_papers(page: CasePage) -> tuple[SentPaper, ...]:
    """The documents of a case that the asker has opened, the earliest first.

    A message belongs to the first fact of its kind that came before it.
    """
    case, messages = page.case, list(notices.told_about(f"case:{page.case.number}", to=page.case.applicant))
    applicant, ended = case.applicant_name or "（已删除）", case.agency_ended
    found = []
    for one in issued(page.facts):
        to = applicant if ended and one.dated > ended else "、".join(filter(None, (applicant, _agent_name(case))))
        templates = MESSAGES.get(type(one.fact.event), frozenset())
        message = next((m for m in messages if m.template in templates and m.sent_at >= one.fact.at), None)
        told_at, read_at = (message.sent_at, message.read_at) if message else (None, None)
        event = one.fact.event
        whom = event.organ if isinstance(event, e.ReportedUpward) else to
        found.append(SentPaper(one, whom, told_at, read_at))
    return tuple(found)
