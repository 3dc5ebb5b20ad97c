"""提交申请: the one act that opens a case. Receipt is the moment at which the application enters the system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import holding, store
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import Application, Receipt, clean, password
from onedoor.cases.rules.clocks import governing, profile_of
from onedoor.cases.rules.tasks import called_for, chosen_promise, owners, promise_for
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Act, Actor, ActorKind, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import case_number
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid
from onedoor.kernel.expr import Value
from onedoor.kernel.journey import Form, QuestionKind
from onedoor.kernel.law import law
from onedoor.licences import queries as licences
from onedoor.orgs import queries as orgs
from onedoor.registries import queries as registries

MOST_A_DAY = 999_999
LONGEST_KEY = 100


@law("行政许可法", 29)
@law("电子签名法", 11)
@transaction.atomic(durable=True)
def submit(application: Application, *, by: Actor, at: datetime, key: str) -> Receipt:
    """提交申请 = 收到. The same key with the same content returns the same receipt; with other content, Conflict.

    Raises Invalid with every fault of form and materials, Forbidden where the actor may not apply for this
    applicant; then nothing is stored, the key included.
    """
    return receive(application, by=by, at=at, key=key)


def receive(application: Application, *, by: Actor, at: datetime, key: str) -> Receipt:
    """``submit`` for use inside the caller's transaction."""
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid([FieldError("key", "幂等键应当是 1 到 100 个可见字符。")])
    item = items.published(application.item)
    case_id = claim_key(key, by=by, digest=application.digest(), at=at)
    if case_id is None:
        return _repeated(key, by=by, digest=application.digest())
    case = _open(application, item, case_id=case_id, by=by, at=at)
    app.configure_task("cases.after_submit").defer(case_id=case.id)
    if item.instant:
        app.configure_task("cases.decide_instantly").defer(case_id=case.id)
    end = governing(case, profile_of(case, item), areas.calendar(case.area))
    return _receipt(case, end.date if end else None, provisional=bool(end and end.provisional))


def _open(application: Application, item: ItemVersion, *, case_id: int, by: Actor, at: datetime) -> Case:
    today = local_date(at)
    mandated = any(r.party == application.applicant for r in by.represents)
    answers = clean(application, item, today=today, mandated=mandated)
    area = case_area(item.form, answers) or item.area
    _permit(application, organ=item.organ, area=area, by=by)
    store.bind_files(application.materials, case_id=case_id, area=area, by=by, at=at)
    fact = replace(
        submitted(application, item, answers=answers, case_id=case_id, on=today),
        applicant_name=_name(application.applicant, by),
        officer=by.name if by.kind is ActorKind.STAFF else "",
        agent_name=_agent_name(application, by),
        renews=renewed(item, answers, holder=application.applicant),
    )
    case = store.append(None, [fact], case_id=case_id, by=by, at=at)
    holding.open_(case, item, calendar=areas.calendar(area), at=at)
    return case


def submitted(
    application: Application, item: ItemVersion, *, answers: Mapping[str, Value], case_id: int, on: date
) -> e.Submitted:
    """The fact of an application that was found fit to be received on a day."""
    area = case_area(item.form, answers) or item.area
    places = owners(item.plan, own=item.organ, township=orgs.township_government(area))
    return e.Submitted(
        id=case_id,
        number=case_number(item.area[:6], on, (case_id - 1) % MOST_A_DAY + 1),
        item=item.code,
        item_version=item.id,
        item_name=item.name,
        organ=item.organ,
        area=area,
        applicant=application.applicant,
        agent=application.agent,
        received=on,
        electronic_service=bool(answers.get("electronic_service", application.electronic_service)),
        steps=called_for(item.plan, answers),
        owners=places,
        materials={key: tuple(files) for key, files in application.materials.items()},
        answers=json.dumps(answers, ensure_ascii=False),
        paper=dict(application.paper),
        agent_station=application.agent_station if application.agent else "",
        shorter_limit=promise_for(item, answers),
        promised=dict(application.promised),
        on_promise=chosen_promise(item, answers),
    )


def renewed(item: ItemVersion, answers: Mapping[str, Value], *, holder: str) -> date | None:
    """The last day of the licence on record here that an application renews (延续)."""
    named = answers.get(item.result.replaces) if item.clock.renewal and item.result.replaces else None
    return licences.runs_until(str(named).strip(), holder=holder, issuer=item.organ) if named else None


def case_area(form: Form, answers: Mapping[str, Value]) -> str | None:
    """The place of the case: the first division that the form asks for."""
    for page in form.pages:
        for question in page.questions:
            if question.kind is QuestionKind.AREA and isinstance(found := answers.get(question.key), str):
                return found
    return None


def _permit(application: Application, *, organ: str, area: str, by: Actor) -> None:
    target = Target(frozenset({organ}), area, application.applicant, application.item)
    receives = by.may(Act.RECEIVE, target)
    if application.from_window and not receives:
        raise Forbidden("只有窗口收件人员可以登记纸质材料，或者先收下不齐全的申请。")
    if not (receives or by.may(Act.SUBMIT, target)):
        raise Forbidden("您不能替这位申请人提交。请先登录，或由申请人授权；也可以到窗口办理。")


def _name(applicant: str, by: Actor) -> str:
    for representation in by.represents:
        if representation.party == applicant:
            return representation.name
    return registries.party(applicant).name


def _agent_name(application: Application, by: Actor) -> str | None:
    if not application.agent:
        return None
    return application.agent_name or (by.name if by.ref == application.agent else None)


def claim_key(key: str, *, by: Actor, digest: str, at: datetime) -> int | None:
    """The id of a new case under an idempotency key of this actor; None where the key is taken."""
    sql = (
        "INSERT INTO cases_submission (actor, key, digest, at) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (actor, key) DO NOTHING RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [by.ref, key, digest, at])
        row = cursor.fetchone()
    return row[0] if row else None


def _repeated(key: str, *, by: Actor, digest: str) -> Receipt:
    first = models.Submission.objects.get(actor=by.ref, key=key)
    if first.digest != digest:
        raise Conflict("这个提交编号已经用于另一份申请。请刷新页面后重新提交。")
    row = whole(models.Case.objects.filter(pk=first.pk)).get()
    return _receipt(case_of(row), row.due, provisional=row.provisional, repeated=True)


def _receipt(case: Case, end: object, *, provisional: bool, repeated: bool = False) -> Receipt:
    secret = password(case.number, query_secret())
    return Receipt(case.number, secret, case.received, end, provisional, repeated)  # type: ignore[arg-type]
