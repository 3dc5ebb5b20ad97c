"""制作结果: after the decision the licence is issued, its documents are drawn and kept, and the case is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from onedoor.areas import queries as areas
from onedoor.cases.commands.acting import PLATFORM, Doing, act
from onedoor.cases.commands.store import mode_of, stream
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.papers import paper
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.phases import decision_name
from onedoor.cases.rules.values import Case, Outcome
from onedoor.documents import queries as documents
from onedoor.documents.rules import Field, Gaps, LicenceFace
from onedoor.items.rules.codes import ResultKind
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.law import law
from onedoor.licences import commands as licences
from onedoor.licences.queries import face as face_table
from onedoor.licences.rules import Licence, Told, code_in_groups, lines, validity
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding


@law("行政许可法", 39)
@transaction.atomic(durable=True)
def make_result(number: str, *, at: datetime, by: Actor = PLATFORM) -> Case:
    """制证、办结: issue the licence where the item yields one, draw and keep its documents, close the case."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        licence = None
        if case.outcome is Outcome.GRANTED and now.item.result.kind is ResultKind.LICENCE:
            licence = _issue(case, now, by=by)
        decision = paper(case.number, Paper.DECISION, by=PLATFORM)
        name = decision_name(now.item, case.decision.outcome if case.decision else Outcome.GRANTED)
        files = [_keep(decision, f"{name}.pdf", case=case, at=at, by=by)]
        if licence:
            files.append(draw_licence(case, now, licence, by=by))
        return lifecycle.close(case, now, licence=licence.number if licence else None, files=tuple(files))

    return act(number, Doing(by, at, None, (Act.DECIDE,)), decide)


@law("行政许可法", 49)
def _issue(case: Case, now: Occasion, *, by: Actor) -> Licence:
    """The licence; where the item changes or renews one, that one is worth nothing from now on."""
    grant = _grant(case, now)
    licence = licences.issue(grant, by=by, at=now.at)
    key = now.item.result.replaces
    if old := (answers_of(facts(case.id)) or {}).get(key) if key else None:
        licences.supersede(str(old).strip(), grant, named=licence.number, by=by, at=now.at)
    return licence


def draw_licence(case: Case, now: Occasion, licence: Licence, *, by: Actor) -> str:
    """The face of a licence, drawn and kept with the case; for use inside the transaction that issues it."""
    face = _keep(_face(case, now, licence), f"{licence.name}.pdf", case=case, at=now.at, by=by)
    licences.keep_file(licence.number, face, by=by, at=now.at)
    return face


def _grant(case: Case, now: Occasion) -> licences.Grant:
    on = case.decision.on if case.decision else now.on
    starts, months = _term(case, now, decided=on)
    return licences.Grant(
        name=now.item.result.name,
        type_code=now.item.result.licence_type,
        case=case.number,
        item=case.item,
        holder=case.applicant,
        holder_name=case.applicant_name or "",
        issuer=case.organ,
        issuer_name=now.item.organ_name,
        area=case.area,
        on=on,
        months=months,
        starts=starts,
    )


@law("行政许可法", 50)
def _term(case: Case, now: Occasion, *, decided: date) -> tuple[date, int | None]:
    """From when and for how many months: what silence renewed follows the old licence without a gap, and so does what
    was renewed in time where the item says so.
    """
    renewal, months = now.item.clock.renewal, now.item.result.months
    if case.renews is None or renewal is None or decided > case.renews:
        return decided, months
    if case.decision and case.decision.deemed:
        return case.renews + timedelta(days=1), renewal.term_months
    return (case.renews + timedelta(days=1) if renewal.follows else decided), months


def _face(case: Case, now: Occasion, licence: Licence) -> bytes:
    result = now.item.result
    face = LicenceFace(
        name=licence.name,
        number=licence.number,
        identifier=licence.identifier,
        holder=licence.holder_name,
        fields=_lines(case, now, licence),
        issuer=licence.issuer_name,
        issued_on=licence.issued,
        validity=validity(licence.valid_from, licence.valid_until, result.validity),
        verify_url=f"{settings.SITE_URL}/verify/{licence.token}/",
        verify_page=f"{settings.SITE_URL}/verify/",
        verify_code=code_in_groups(licence.token),
        case_number=case.number,
        basis=str(result.by_law or ""),
        demo=settings.DEMO,
    )
    return documents.document(face, gaps=Gaps.NOTE)


def _lines(case: Case, now: Occasion, licence: Licence) -> tuple[Field, ...]:
    """What the application said and the licence repeats; the name of the item where that is nothing."""
    told = answers_of(facts(case.id)) or {}
    found = lines(Told(now.item, told, partial(areas.path, between="")), table=face_table(), holder=licence.holder_name)
    return found or (Field(label="事项", value=case.item_name),)


def _keep(pdf: bytes, name: str, *, case: Case, at: datetime, by: Actor) -> str:
    place = Binding(stream(case.id), case.area)
    return vault.store(pdf, name=name, by=by, at=at, to=place, entry_mode=mode_of(by)).id
