"""The documents of a case, drawn from its facts whenever somebody who may see the case asks for one."""

from __future__ import annotations

from django.conf import settings

from onedoor.areas import queries as areas
from onedoor.cases.queries.cases import CASE, answers_of, facts, visible_to
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.rules.application import password
from onedoor.cases.rules.papers import Matter, Paper, given, write
from onedoor.cases.rules.values import Case
from onedoor.documents import queries as documents
from onedoor.documents.rules import Gaps
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import NotFound
from onedoor.registries import queries as registries


def matter_of(case: Case, *, by: Actor | None = None) -> Matter:
    """Everything that the documents of a case speak of.

    The query password only for the applicant's side, and for the clerk who took the application in and hands it over.
    """
    told = facts(case.id)
    item = items.version(case.item_version)
    own = by is not None and (by.kind is ActorKind.CITIZEN or by.ref == case.submitted_by)
    agent = case.agent if case.agent and case.agent.startswith("person:") else None
    return Matter(
        case=case,
        item=item,
        facts=told,
        answers=answers_of(told) or {},
        calendar=areas.calendar(case.area),
        organ_name=item.organ_name,
        contact=item.contacts.enquiry,
        password=password(case.number, query_secret()) if own else "",
        verify_url=f"{settings.SITE_URL}/track/",
        demo=settings.DEMO,
        hall=settings.SITE["operator"],
        brought_by=registries.party(agent).name if agent else "",
    )


def paper(number: str, kind: Paper, *, by: Actor) -> bytes:
    """One document as PDF/A; NotFound where the case is not this actor's to see or has no such document."""
    row = visible_to(by).filter(number=number).first()
    if row is None:
        raise NotFound("没有这个办件编号，或您无权查看。请核对后再试。")
    matter = matter_of(CASE.validate_python(row.value), by=by)
    if kind not in given(matter.facts):
        raise NotFound("这个办件没有这份文书。")
    return documents.document(write(kind, matter), gaps=Gaps.NOTE)
