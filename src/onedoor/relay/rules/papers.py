"""收件凭证 of what is decided elsewhere, and the list that goes along with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.documents import rules as documents
from onedoor.kernel.clock import local_date
from onedoor.relay.rules.values import MODE_NAMES, ORIGINAL, Piece, Relay, Stage

RECEIPT, LIST, RETURN = "receipt", "list", "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the papers need besides the relay itself."""

    relay: Relay
    applicant: str
    stands: str
    contact: str
    address: str
    code: str
    demo: bool


def receipt(told: Told) -> documents.RelayReceipt:
    """收件凭证: names the organ that decides; it proves what was handed over, and starts no clock."""
    relay = told.relay
    return documents.RelayReceipt(
        head=_head(told, told.applicant, number=relay.number, address=told.address, dated=local_date(relay.taken_at)),
        received_at=relay.taken_at,
        place=f"{relay.hall}综合窗口",
        received_by=relay.officer,
        submitted_by=told.stands,
        decider=relay.decider.organ,
        where=relay.decider.place,
        reach=relay.decider.contact,
        mode=MODE_NAMES[relay.mode],
        basis=relay.basis,
        materials=tuple(_line(one) for one in relay.pieces),
        query_password=told.code,
    )


def packing_list(told: Told) -> documents.RelayList:
    """转递清单: what goes to the organ that decides, to be signed there and sent back."""
    relay = told.relay
    sent = relay.sent or local_date(relay.taken_at)
    return documents.RelayList(
        head=_head(told, relay.decider.organ, number=f"{relay.number}-转递", address="", dated=sent),
        applicant=told.applicant,
        received_at=relay.taken_at,
        way=relay.way or "另行登记",
        basis=relay.basis,
        materials=tuple(_line(one) for one in relay.pieces),
    )


def return_receipt(told: Told) -> documents.RelayReturn:
    """原件退还凭证: what went back, why, and to whom; signed by whoever takes it."""
    relay = told.relay
    withdrawn = any(turn.stage is Stage.WITHDRAWN for turn in relay.turns)
    originals = tuple(one for one in relay.pieces if one.form == ORIGINAL)
    return documents.RelayReturn(
        head=_head(told, told.applicant, number=f"{relay.number}-退还", address="", dated=relay.turns[-1].on),
        decider=relay.decider.organ,
        where=relay.decider.place,
        reason="申请人撤回申请" if withdrawn else "该机关没有受理",
        taken=relay.turns[-1].told or "已删除",
        materials=tuple(_line(one) for one in originals or relay.pieces),
    )


def _head(told: Told, addressee: str, *, number: str, address: str, dated: date) -> documents.Head:
    relay = told.relay
    return documents.Head(
        organ=relay.hall,
        number=number,
        dated=dated,
        addressee=addressee,
        case_number=relay.number,
        item=relay.item,
        contact=told.contact,
        verify_url=address,
        demo=told.demo,
    )


def _line(piece: Piece) -> documents.MaterialLine:
    return documents.MaterialLine(name=piece.name, copies=piece.copies, form=piece.form, source="窗口收取")
