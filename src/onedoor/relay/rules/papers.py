"""收件凭证 of what is decided elsewhere, and the list that goes along with it."""

from __future__ import annotations

from dataclasses import dataclass

from onedoor.documents import rules as documents
from onedoor.kernel.clock import local_date
from onedoor.relay.rules.values import MODE_NAMES, Piece, Relay

RECEIPT, LIST = "receipt", "list"


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
        head=_head(told, told.applicant, number=relay.number, address=told.address),
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
    return documents.RelayList(
        head=_head(told, relay.decider.organ, number=f"{relay.number}-转递", address=""),
        applicant=told.applicant,
        received_at=relay.taken_at,
        way=relay.way or "另行登记",
        basis=relay.basis,
        materials=tuple(_line(one) for one in relay.pieces),
    )


def _head(told: Told, addressee: str, *, number: str, address: str) -> documents.Head:
    relay = told.relay
    return documents.Head(
        organ=relay.hall,
        number=number,
        dated=relay.sent if number != relay.number and relay.sent else local_date(relay.taken_at),
        addressee=addressee,
        case_number=relay.number,
        item=relay.item,
        contact=told.contact,
        verify_url=address,
        demo=told.demo,
    )


def _line(piece: Piece) -> documents.MaterialLine:
    return documents.MaterialLine(name=piece.name, copies=piece.copies, form=piece.form, source="窗口收取")
