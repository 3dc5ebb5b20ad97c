"""May this be done, and what follows: taken in here, decided elsewhere (跨域通办).

Who decides does not change, and neither does the law: receipt here is no acceptance, and the limits begin where and
when the organ that decides accepts (行政许可法 §§32, 42).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import law
from onedoor.relay.rules import events as e
from onedoor.relay.rules.values import COPY, ORIGINAL, UNDECIDED, Decider, Mode, Piece, Relay, Reply, Stage

LONGEST, MOST_PIECES, MOST_FILES, MOST_DIGITS = 500, 40, 100, 3
FORMS = (ORIGINAL, COPY)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be taken in: for which item of which organ, under which agreement, with what."""

    item: str
    decider: Decider
    mode: Mode
    basis: str
    pieces: tuple[Piece, ...]


def pieces_of(text: str) -> tuple[Piece, ...]:
    """One material a line: ``户口簿，复印件，2份``; form and number may be left out."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        parts = [part.strip() for part in line.replace(",", "，").split("，") if part.strip()]
        if not parts:
            continue
        form = next((part for part in parts[1:] if part in FORMS), FORMS[0])
        numbers = (part.removesuffix("份") for part in parts[1:])
        copies = next((int(number) for number in numbers if number.isdecimal() and len(number) <= MOST_DIGITS), 1)
        found.append(Piece(parts[0], form, max(1, copies)))
    return tuple(found)


@law("行政许可法", "32(1)")
def whole(wish: Wish) -> Wish:
    """Invalid with all that is missing: a receipt names who decides, and under what this window takes it in."""
    named = (
        ("item", wish.item, "请写明办什么事项。"),
        ("organ", wish.decider.organ, "请写明由哪个机关决定，写全称。"),
        ("place", wish.decider.place, "请写明那个机关在哪个县（区）、乡镇。"),
        ("contact", wish.decider.contact, "请写明那个机关的电话，印在收件凭证上。"),
        ("basis", wish.basis, "请写明依据哪份通办清单或者两地协议代收。"),
    )
    errors = [FieldError(field, told) for field, text, told in named if not _fits(text)]
    if not wish.pieces or not _listed(wish.pieces):
        errors.append(FieldError("materials", f"请逐行写明收了哪些材料，最多 {MOST_PIECES} 份。"))
    if errors:
        raise Invalid(errors)
    return wish


def scan(relay: Relay, *, files: Sequence[str], officer: str) -> tuple[e.Event, ...]:
    """附照片、扫描件: at any time, also what was signed at the end; not after its values were erased."""
    if not relay.pieces:
        raise Refused("erased", "这一件的个人信息已经删除，不能再附照片、扫描件。")
    if not files or len(relay.files) + len(files) > MOST_FILES:
        raise Invalid([FieldError("files", f"请选择照片或者扫描件，一件最多 {MOST_FILES} 个。")])
    return (e.RelayScanned(files=tuple(files), officer=officer),)


def send(relay: Relay, *, on: date, way: str, more: Sequence[Piece] = (), officer: str) -> tuple[e.Event, ...]:
    """转递 with its list: after taking in, and again after the organ that decides asked for more."""
    _at(relay, Stage.TAKEN, Stage.ASKED, told="已经转递，不用再转一次。")
    if not _fits(way):
        raise Invalid([FieldError("way", "请写明怎么转递，邮寄的写快递单号。")])
    if relay.stage is Stage.ASKED and not more:
        raise Invalid([FieldError("materials", "请逐行写明补了哪些材料。")])
    if not _listed(more):
        raise Invalid([FieldError("materials", f"补的材料请逐行写，最多 {MOST_PIECES} 份。")])
    return (e.RelaySent(on=on, way=way.strip(), more=tuple(more), officer=officer),)


def arrive(relay: Relay, *, on: date, today: date, told: str, officer: str) -> tuple[e.Event, ...]:
    """对方收到, as it confirmed."""
    _at(relay, Stage.SENT, told="还没有转递，或者已经登记过收到。")
    _since(relay, on, today)
    _not_too_long(told)
    return (e.RelayArrived(on=on, told=told.strip() or None, officer=officer),)


@law("行政许可法", "42(1)")
def answer(
    relay: Relay, *, reply: Reply, on: date, today: date, due: date | None, told: str, officer: str
) -> tuple[e.Event, ...]:
    """对方答复: the limit begins on the day of its acceptance; what it asks for, or why it refuses, is in its words."""
    _at(relay, Stage.SENT, Stage.ARRIVED, told="现在不用登记答复。")
    _since(relay, on, today)
    _not_too_long(told)
    if reply is not Reply.ACCEPTED and not told.strip():
        raise Invalid([FieldError("told", "请照对方的文书写明要补什么，或者为什么没有受理、可以向哪里办。")])
    if due is not None and (reply is not Reply.ACCEPTED or due < on):
        raise Invalid([FieldError("due", "对方说的办结日期应当在受理日期以后；没有受理的不填。")])
    return (e.RelayAnswered(reply=reply, on=on, due=due, told=told.strip() or None, officer=officer),)


def decided(
    relay: Relay, *, granted: bool, on: date, today: date, document: str, told: str, officer: str
) -> tuple[e.Event, ...]:
    """结果回来: the decision is that of the organ elsewhere, and is handed over as it came."""
    _at(relay, Stage.ARRIVED, Stage.ACCEPTED, told="对方还没有收到，或者结果已经登记过。")
    _since(relay, on, today)
    if not _fits(document):
        raise Invalid([FieldError("document", "请写明结果文书或者证照的编号，照文书上的写。")])
    _not_too_long(told)
    return (
        e.RelayDecided(granted=granted, on=on, document=document.strip(), told=told.strip() or None, officer=officer),
    )


@law("行政许可法", 44)
def hand(relay: Relay, *, on: date, receiver: str, officer: str) -> tuple[e.Event, ...]:
    """交付结果."""
    _at(relay, Stage.DECIDED, told="结果还没有回来，或者已经交付。")
    if not _fits(receiver):
        raise Invalid([FieldError("receiver", "请写明交给了谁。")])
    return (e.RelayHanded(on=on, told=receiver.strip(), officer=officer),)


def withdraw(relay: Relay, *, on: date, reason: str, officer: str) -> tuple[e.Event, ...]:
    """撤回: the applicant may, until the decision; the originals are then still to go back."""
    _at(relay, *UNDECIDED, told="已经有结果，或者已经不再办理，不能撤回。")
    _not_too_long(reason)
    return (e.RelayWithdrawn(on=on, told=reason.strip() or None, officer=officer),)


def give_back(relay: Relay, *, on: date, receiver: str, officer: str) -> tuple[e.Event, ...]:
    """原件退还: what was handed over goes back before it ends; only then is one refused or withdrawn at its end."""
    _at(relay, Stage.REFUSED, Stage.WITHDRAWN, told="对方没有说不受理，申请人也没有撤回，或者原件已经退还。")
    if not _fits(receiver):
        raise Invalid([FieldError("receiver", "请写明退还了什么、交给了谁。")])
    return (e.RelayReturned(on=on, told=receiver.strip(), officer=officer),)


def _at(relay: Relay, *stages: Stage, told: str) -> None:
    if relay.stage not in stages:
        raise Refused("wrong_stage", f"{told}请刷新页面。")


def _since(relay: Relay, on: date, today: date) -> None:
    first = relay.sent or today
    if not first <= on <= today:
        raise Invalid([FieldError("on", f"日期应当在转递（{first}）以后，不晚于今天。")])


def _fits(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST and "\0" not in text


def _listed(pieces: Sequence[Piece]) -> bool:
    return len(pieces) <= MOST_PIECES and all(_fits(one.name) for one in pieces)


def _not_too_long(text: str) -> None:
    if len(text) > LONGEST or "\0" in text:
        raise Invalid([FieldError("told", f"文字过长或含有无法保存的字符，请控制在 {LONGEST} 字以内。")])
