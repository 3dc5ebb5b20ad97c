"""办件: submit for an applicant, follow it, bring materials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Header

from onedoor.api.auth import ClientToken, actor_of
from onedoor.cases import commands, queries
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.attribution import Attribution
from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.phases import PHASE_NAMES, phase
from onedoor.cases.rules.values import Pledge
from onedoor.kernel.clock import local_date
from onedoor.vault import commands as vault

router = Router(tags=["办件"], auth=ClientToken())


class Submission(Schema):
    """An application. ``applicant`` is a party, ``materials`` are ids of files uploaded before."""

    item: str
    applicant: str
    answers: dict[str, str | int | bool | list[str] | None]
    situations: dict[str, str] = Field(default_factory=dict)
    materials: dict[str, list[str]] = Field(default_factory=dict)
    electronic_service: bool = True
    promised: dict[str, Pledge] = Field(
        default_factory=dict, description="申请人选的：哪份材料容缺后补（later），哪份用承诺代替证明（instead）"
    )


class PromisedOut(Schema):
    """What was promised of one material and has not come. Of a bundle, one for each ``member`` that waits for it."""

    material: str
    name: str
    kind: Pledge = Field(description="later：容缺后补；instead：用承诺代替证明")
    member: str | None = Field(description="一件事里等这份材料的并联事项；单个事项、还没有受理的为空")
    due: date | None = Field(description="最迟哪天交来；受理时定，以前为空")
    late: bool = Field(description="最迟那天已经过了")
    true: bool | None = Field(description="核查承诺：属实、不实，没有核查的为空")


class PaymentOut(Schema):
    """缴费 at one step of the review. It stops no limit; what was paid is never asked for again."""

    step: str
    name: str
    cents: int = Field(description="应缴金额，单位分；免缴的为 0")
    document: str = Field(description="缴费通知书的编号；没有发通知就免缴的为空")
    due: date | None = Field(description="最迟哪天缴；已经缴清、免缴、作废的为空")
    receipt: str | None = Field(description="财政票据号；没有缴的为空")
    paid_on: date | None
    exempt: str | None = Field(description="免缴的依据")


class ReceiptOut(Schema):
    """申请回执."""

    number: str
    password: str
    received: date
    answer_due: date | None
    provisional: bool


class ClockOut(Schema):
    """One running limit."""

    kind: str
    basis: str
    due: date
    provisional: bool
    days_left: int


class ShareOut(Schema):
    """The working minutes of one holder. ``party``: applicant, organ, special, intermediary or platform."""

    party: str
    organ: str | None
    work: str
    minutes: int


class AttributionOut(Schema):
    """责任时间归集 up to ``until`` or 办结: ``minutes`` is the sum of the shares. No legal period counts them."""

    minutes: int
    until: datetime
    running: bool
    shares: list[ShareOut]


class StatusOut(Schema):
    """Where a case stands."""

    number: str
    item: str
    item_name: str
    state: str
    phase: str
    outcome: str | None
    received: date
    accepted: date | None
    closed: date | None
    delivered: date | None
    licence: str | None
    version: int
    clocks: list[ClockOut]
    attribution: AttributionOut
    promised: list[PromisedOut] = Field(description="承诺了还没有交来的材料，和用承诺代替的证明；没有的为空")
    payments: list[PaymentOut] = Field(description="办理中要缴的、已经缴的、免缴的费用；没有的为空")


class StoredOut(Schema):
    """A file in the vault."""

    id: str
    sm3: str
    sha256: str
    size: int
    media_type: str
    name: str


@router.post("/cases", response={201: ReceiptOut}, summary="提交申请")
def submit(
    request: HttpRequest,
    response: HttpResponse,
    *,
    body: Submission,
    idempotency_key: str = Header(..., alias="Idempotency-Key"),
) -> tuple[int, dict[str, object]]:
    """提交申请 = 收到. The same key with the same body answers with the same receipt; with another body, 409."""
    application = Application(
        item=body.item,
        applicant=body.applicant,
        answers=body.answers,
        situations=body.situations,
        materials={key: tuple(files) for key, files in body.materials.items()},
        electronic_service=body.electronic_service,
        promised=body.promised,
    )
    receipt = commands.submit(application, by=actor_of(request), at=timezone.now(), key=idempotency_key)
    response["Location"] = f"/api/v1/cases/{receipt.number}"
    return 201, {
        "number": receipt.number,
        "password": receipt.password,
        "received": receipt.received,
        "answer_due": receipt.due,
        "provisional": receipt.provisional,
    }


@router.get("/cases/{number}", response=StatusOut, summary="办件状态")
def status(request: HttpRequest, number: str) -> dict[str, object]:
    """One case that this system may see; 404 for any other."""
    now = timezone.now()
    page = queries.case_page(number, by=actor_of(request), on=local_date(now))
    case = page.case
    return {
        "number": case.number,
        "item": case.item,
        "item_name": case.item_name,
        "state": case.state,
        "phase": PHASE_NAMES[phase(case)],
        "outcome": case.outcome,
        "received": case.received,
        "accepted": case.accepted,
        "closed": case.closed,
        "delivered": case.delivered,
        "licence": case.licence,
        "version": case.version,
        "clocks": [
            {
                "kind": each.kind,
                "basis": each.clock.limit.basis,
                "due": each.due.date,
                "provisional": each.due.provisional,
                "days_left": each.left,
            }
            for each in page.clocks
        ],
        "attribution": _charged(queries.attributed(page, at=now)),
        "promised": list(_promised(page)),
        "payments": list(_payments(page)),
    }


def _promised(page: queries.CasePage) -> Iterator[dict[str, object]]:
    item = page.item
    owing = queries.owing_of(page)
    for one in owing:
        if one.asked:  # overlooked by the organ: nothing was promised of it
            continue
        kind = Pledge.INSTEAD if one.untrue else Pledge.LATER
        told = {"member": one.member or None, "due": one.due, "late": one.late, "true": False if one.untrue else None}
        yield {"material": one.material, "name": item.material(one.material).name, "kind": kind, **told}
    asked = {one.material for one in owing}
    for key, kind in page.case.promised.items():
        if kind is Pledge.INSTEAD and key not in asked:
            told = {"member": None, "due": None, "late": False, "true": page.case.verified.get(key)}
            yield {"material": key, "name": item.material(key).name, "kind": kind, **told}


def _payments(page: queries.CasePage) -> Iterator[dict[str, object]]:
    asked, names = asked_of(page.case), {step.key: step.name for step in page.item.plan.steps}
    for key, held in page.case.payments.items():
        yield {
            "step": key,
            "name": names.get(key, key),
            "cents": held.cents,
            "document": held.document,
            "due": held.until if key in asked else None,
            "receipt": held.receipt.number if held.receipt else None,
            "paid_on": held.receipt.paid_on if held.receipt else None,
            "exempt": held.exempt or None,
        }


def _charged(found: Attribution) -> dict[str, object]:
    shares = [
        {
            "party": share.holder.party,
            "organ": share.holder.organ or None,
            "work": share.holder.work,
            "minutes": share.minutes,
        }
        for share in found.shares
    ]
    return {"minutes": found.minutes, "until": found.until, "running": found.running, "shares": shares}


@router.post("/files", response={201: StoredOut}, summary="上传材料")
def upload(request: HttpRequest, file: UploadedFile = File(...)) -> tuple[int, dict[str, object]]:  # noqa: B008
    """Keep one file; name its id in ``materials`` when you submit. Type is judged by content."""
    kept = vault.store(file.file, name=file.name or "", by=actor_of(request), at=timezone.now())  # type: ignore[arg-type]
    names = ("id", "sm3", "sha256", "size", "media_type", "name")
    return 201, {name: getattr(kept, name) for name in names}
