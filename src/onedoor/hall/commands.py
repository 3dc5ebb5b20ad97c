"""All writes of the hall: a visit opens, things are taken in, originals go back, the visit closes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onedoor.access import commands as access
from onedoor.access.rules import MandateTerms
from onedoor.cases import commands as cases
from onedoor.cases import queries as case_queries
from onedoor.cases.rules.application import Application, Receipt
from onedoor.cases.rules.values import Case, PaperForm
from onedoor.hall import models, queries
from onedoor.hall.rules import Correction, Fact, Identity, TakenMaterial, Visit, apply, place_of, receipt_number
from onedoor.hall.rules import events as e
from onedoor.hall.rules.norms import Answer, SelfCheck, checked, self_check
from onedoor.items import queries as items
from onedoor.journal import commands as journal
from onedoor.journal import queries as journal_queries
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.law import law
from onedoor.orgs.rules import Site
from onedoor.registries import queries as registries
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

MOST_A_DAY = 999_999
LONGEST_KEY, LONGEST_DESK = 100, 8
CHECKING = (Act.OVERSEE, Act.MANAGE_ITEMS)  # whoever may record how a hall keeps to the norms of service


@dataclass(frozen=True, slots=True)
class Handed:
    """What whoever stands here hands over for one item: the application, the mandate with its scans, corrections."""

    application: Application
    mandate: MandateTerms | None = None
    evidence: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """What was handed over for a one-time notice. ``answers``: the corrected form, None where it was not asked for."""

    materials: Mapping[str, tuple[str, ...]]
    paper: Mapping[str, PaperForm]
    answers: Mapping[str, object] | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands at the window, for whom, at which window, and how the document shown was read."""

    applicant: str
    stands: str
    desk: str = ""
    identity: Identity = Identity.TYPED


@transaction.atomic(durable=True)
def open_visit(standing: Standing, *, by: Actor, at: datetime, key: str) -> Visit:
    """接待: a visit begins. The same key leads to the same visit. Forbidden where this officer receives nowhere."""
    place = place_of(by)
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid([FieldError("key", "幂等键应当是 1 到 100 个可见字符。")])
    if len(standing.desk) > LONGEST_DESK:
        raise Invalid([FieldError("desk", "窗口号最多8个字，如 3 或者 A12。")])
    row, made = models.Visit.objects.get_or_create(
        clerk=by.ref,
        key=key,
        defaults={
            "token": uuid.uuid4().hex,
            "area": place.area,
            "applicant": standing.applicant,
            "stands": standing.stands,
            "opened_at": at,
        },
    )
    if not made:
        return queries.load(row)
    number = receipt_number(place.area, local_date(at), (row.pk - 1) % MOST_A_DAY + 1)
    opened = e.VisitOpened(
        id=row.pk,
        number=number,
        token=row.token,
        area=place.area,
        desk=standing.desk,
        applicant=standing.applicant,
        stands=standing.stands,
        in_person=_in_person(standing),
        identity=standing.identity,
        officer=by.name,
    )
    return _append(None, [opened], row=row, by=by, at=at)


def _in_person(standing: Standing) -> bool:
    if standing.applicant.startswith("entity:"):
        return registries.entity(standing.applicant).facts.legal_representative == standing.stands
    return standing.applicant == standing.stands


@law("行政许可法", "32(1).3")
@transaction.atomic(durable=True)
def take_in(token: str, handed: Handed, *, by: Actor, at: datetime, key: str) -> Receipt:
    """收件 for one item of a visit: application, mandate and the hall's own record, all or nothing.

    Errors that can be put right on the spot are put right by the applicant and recorded (当场更正). The same key
    repeats the receipt. Raises what ``cases.receive`` and ``access.grant_mandate`` raise; Refused after closing.
    """
    row = _locked(token, by=by)
    application = handed.application
    receipt = cases.receive(application, by=by, at=at, key=key)
    if receipt.repeated:
        return receipt
    visit = _open(row)
    if application.applicant != visit.applicant:
        raise Refused("another_applicant", "这份申请不是这次来访的申请人的。请结束这次接待，再接待那位申请人。")
    if handed.mandate:
        ref = _record_mandate(handed.mandate, by=by, at=at)
        vault.bind(list(handed.evidence), to=Binding(ref, place_of(by).area), by=by, at=at)
    item = items.published(application.item)
    names = {material.key: material.name for material in item.materials}
    materials = _materials(names, application.paper, application.materials)
    facts: list[e.Event] = [e.ItemTaken(receipt.number, item.name, key, materials)]
    facts += [e.CorrectedOnTheSpot(receipt.number, each.material, each.name, each.what) for each in handed.corrections]
    _append(visit, facts, row=row, by=by, at=at)
    return receipt


def _record_mandate(mandate: MandateTerms, *, by: Actor, at: datetime) -> str:
    """Faults come back at ``mandate.…``, apart from those of the application."""
    try:
        return access.grant_mandate(mandate, by=by, at=at, place=place_of(by))
    except Invalid as fault:
        raise Invalid(FieldError(f"mandate.{each.field}", each.message) for each in fault.errors) from fault


@law("行政许可法", "32(1).5")
@transaction.atomic(durable=True)
def take_supplement(token: str, number: str, supplied: Supplied, *, by: Actor, at: datetime) -> Case:
    """收补正 during a visit: the supplement of a case of this applicant, and the hall's own record of it.

    Raises what ``cases.supplement`` raises; Refused after closing.
    """
    row = _locked(token, by=by)
    visit = _open(row)
    page = case_queries.case_page(number, by=by, on=local_date(at))
    if page.case.applicant != visit.applicant:
        raise NotFound("这件不是这次来访的申请人的。请核对办件编号。")
    case = cases.supplement_within(
        number,
        cases.Doing(by, at, supplied.version, (Act.SUPPLEMENT, Act.RECEIVE)),
        materials=supplied.materials,
        paper=supplied.paper,
        answers=supplied.answers,
    )
    names = {material.key: material.name for material in page.item.materials}
    materials = _materials(names, supplied.paper, supplied.materials)
    _append(visit, [e.SupplementTaken(number, page.case.item_name, materials)], row=row, by=by, at=at)
    return case


@transaction.atomic(durable=True)
def return_originals(
    token: str, *, by: Actor, at: datetime, materials: Mapping[tuple[str, str], Sequence[str]]
) -> tuple[Visit, ...]:
    """退还原件 on a later day: what earlier visits of this applicant left here goes to whoever stands here now.

    ``materials``: number of the earlier visit and of the case → keys of the materials. Refused, all of it, where one
    was not taken in there or went back already.
    """
    here = _open(_locked(token, by=by))
    rows = {row.number: row for row in queries.holding(here.applicant, by=by).select_for_update(of=("self",))}
    asked: dict[str, dict[str, Sequence[str]]] = {}
    for (number, case), keys in materials.items():
        asked.setdefault(number, {})[case] = keys
    if not asked:
        raise Refused("nothing_ticked", "没有勾选原件。请勾选已经当面退还的，再确认。")
    if not asked.keys() <= rows.keys():
        raise Refused("nothing_to_return", "有的原件已经退还，或者不是在这里收的。请刷新页面，看清还有哪些。")
    held = {number: queries.load(rows[number]) for number in asked}
    facts = {number: _returns(visit, asked[number], into=here.number) for number, visit in held.items()}
    return tuple(_append(held[n], facts[n], row=rows[n], by=by, at=at) for n in asked)


@transaction.atomic(durable=True)
def close_visit(token: str, *, by: Actor, at: datetime, returned: Mapping[str, Sequence[str]]) -> Visit:
    """接待结束, with the originals that were handed back. A second press changes nothing."""
    row = _locked(token, by=by)
    visit = queries.load(row)
    if visit.closed:
        return visit
    return _append(visit, [*_returns(visit, returned), e.VisitClosed()], row=row, by=by, at=at)


def _returns(visit: Visit, materials: Mapping[str, Sequence[str]], *, into: str = "") -> list[e.Event]:
    facts: list[e.Event] = []
    for number, keys in materials.items():
        taken = visit.of(number)
        held = {m.key for m in taken.here} if taken else set()
        if strange := set(keys) - held:
            raise Refused("nothing_to_return", f"没有收过这些原件，或者已经退还：{'、'.join(sorted(strange))}。")
        if keys:
            facts.append(e.OriginalsReturned(number, tuple(keys), into))
    return facts


@transaction.atomic(durable=True)
def record_self_check(site: Site, answers: Mapping[str, Answer], *, by: Actor, at: datetime) -> SelfCheck:
    """服务规范自查: who walked through this hall this month and what was kept. A later one of the month replaces it.

    By whoever oversees or keeps the catalogue where the hall stands. Invalid with every line that is not answered.
    """
    target = Target(frozenset({site.organ} if site.organ else ()), site.area)
    if not any(by.may(act, target) for act in CHECKING):
        raise Forbidden("这个场所不归您督查，不能记录它的自查。")
    on = local_date(at)
    event = checked(queries.norms(), answers, site=site.code, officer=by.name, on=on)
    body, personal = e.to_body(event)
    stream = queries.norms_stream(site.code)
    seq = journal_queries.last_seq(stream) + 1
    entry = Entry(stream=stream, seq=seq, kind=event.kind, occurred_at=at, actor=by, body=body, personal=personal)  # type: ignore[arg-type]
    journal.append([entry])
    return self_check(queries.norms(), event, on=on)


def _materials(
    names: Mapping[str, str], paper: Mapping[str, PaperForm], files: Mapping[str, tuple[str, ...]]
) -> tuple[TakenMaterial, ...]:
    return tuple(
        TakenMaterial(key, name, paper.get(key), len(files.get(key, ())))
        for key, name in names.items()
        if key in paper or files.get(key)
    )


def _locked(token: str, *, by: Actor) -> models.Visit:
    row = models.Visit.objects.select_for_update(of=("self",)).filter(token=token, clerk=by.ref).first()
    if row is None:
        raise NotFound(queries.NOT_YOURS)
    if not by.has(Act.RECEIVE):
        raise Forbidden("您没有窗口收件的权限。")
    return row


def _open(row: models.Visit) -> Visit:
    visit = queries.load(row)
    if visit.closed:
        raise Refused("visit_closed", "这次接待已经结束。要接着办，请回到“窗口收件”重新接待。")
    return visit


def _append(visit: Visit | None, events: Sequence[e.Event], *, row: models.Visit, by: Actor, at: datetime) -> Visit:
    """Write the events, fold them, store the row."""
    entries = []
    for seq, event in enumerate(events, (visit.version if visit else 0) + 1):
        body, personal = e.to_body(event)
        entries.append(
            Entry(
                stream=queries.stream(row.pk),
                seq=seq,
                kind=event.kind,
                occurred_at=at,
                actor=by,
                body=body,  # type: ignore[arg-type]
                personal=personal,
                on_behalf_of=row.applicant,
            )
        )
        visit = apply(visit, Fact(seq, at, by.ref, event))
    journal.append(entries)
    if visit is None:
        raise ValueError("no events: nothing to fold")
    row.number, row.version, row.closed_at, row.holds = visit.number, visit.version, visit.closed, visit.holds
    row.value = queries.VISIT.dump_python(visit, mode="json")
    row.save(update_fields=["number", "version", "closed_at", "holds", "value"])
    return visit
