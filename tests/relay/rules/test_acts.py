"""Taken in here, decided elsewhere: who decides does not change, and its limits begin with its own acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Invalid, Refused
from onedoor.relay.rules import (
    Decider,
    Fact,
    Mode,
    Piece,
    Relay,
    Reply,
    Stage,
    Wish,
    answer,
    apply,
    arrive,
    decided,
    give_back,
    hand,
    pieces_of,
    scan,
    send,
    whole,
    withdraw,
)
from onedoor.relay.rules import events as e

AT = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA)
TAKEN, SENT, THERE, TODAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 10)
DECIDER = Decider("施甸县卫生健康局", "云南省保山市施甸县", "0875-0000000")
WISH = Wish("护士执业注册", DECIDER, Mode.COLLECT, "滇西通办协议（示例）", (Piece("申请表"),))
CLERK = "李晓燕"


def after(relay: Relay | None, events: Sequence[e.Event]) -> Relay:
    for event in events:
        relay = apply(relay, Fact((relay.version if relay else 0) + 1, AT, event))
    assert relay
    return relay


@pytest.fixture
def taken() -> Relay:
    wish = whole(WISH)
    event = e.RelayTaken(
        id=1, number="YD1", area="530524", mode=wish.mode, basis=wish.basis, item=wish.item, decider=wish.decider,
        applicant="person:1", stands="person:1", pieces=wish.pieces, hall="昌宁县政务服务中心", officer=CLERK,
    )  # fmt: skip
    return after(None, (event,))


@pytest.fixture
def sent(taken: Relay) -> Relay:
    return after(taken, send(taken, on=SENT, way="邮政快递 EX1", officer=CLERK))


def reply(relay: Relay, what: Reply, told: str = "", due: date | None = None) -> tuple[e.Event, ...]:
    return answer(relay, reply=what, on=THERE, today=TODAY, due=due, told=told, officer=CLERK)


def result(relay: Relay, document: str = "施卫1号") -> tuple[e.Event, ...]:
    return decided(relay, granted=False, on=TODAY, today=TODAY, document=document, told="", officer=CLERK)


def test_a_receipt_names_who_decides_and_under_what_it_is_taken_in() -> None:
    lacking = replace(WISH, item="", decider=Decider("", "", ""), basis=" ", pieces=())
    with pytest.raises(Invalid) as wrong:
        whole(lacking)
    fields = [error.field for error in wrong.value.errors]
    assert fields == ["item", "organ", "place", "contact", "basis", "materials"]


def test_materials_are_read_a_line_each() -> None:
    assert pieces_of("申请表\n户口簿，复印件，2份\n\n") == (Piece("申请表"), Piece("户口簿", "复印件", 2))
    assert pieces_of(f"申请表，{'9' * 5000}份") == (Piece("申请表"),)


def test_the_limit_begins_when_the_organ_that_decides_accepts(sent: Relay) -> None:
    arrived = after(sent, arrive(sent, on=THERE, today=TODAY, told="签收人王某", officer=CLERK))
    assert (arrived.stage, arrived.accepted, arrived.due) == (Stage.ARRIVED, None, None)
    accepted = after(arrived, reply(arrived, Reply.ACCEPTED, due=date(2026, 4, 2)))
    assert (accepted.accepted, accepted.due) == (THERE, date(2026, 4, 2))
    with pytest.raises(Invalid, match="受理日期以后"):
        reply(arrived, Reply.ACCEPTED, due=SENT)


@pytest.mark.parametrize("on", [TAKEN, date(2026, 3, 11)])
def test_nothing_happens_there_before_it_was_sent_or_after_today(sent: Relay, on: date) -> None:
    with pytest.raises(Invalid, match="转递"):
        arrive(sent, on=on, today=TODAY, told="", officer=CLERK)


def test_what_is_asked_for_is_told_and_sent_after(sent: Relay) -> None:
    with pytest.raises(Invalid, match="写明要补什么"):
        reply(sent, Reply.ASKED, told=" ")
    asked = after(sent, reply(sent, Reply.ASKED, told="还缺体检表"))
    with pytest.raises(Invalid, match="补了哪些"):
        send(asked, on=TODAY, way="邮政快递 EX2", officer=CLERK)
    again = after(asked, send(asked, on=TODAY, way="邮政快递 EX2", more=(Piece("体检表"),), officer=CLERK))
    assert (again.stage, [one.name for one in again.pieces]) == (Stage.SENT, ["申请表", "体检表"])


def test_a_result_is_handed_over_once_as_it_came(sent: Relay) -> None:
    with pytest.raises(Refused, match="还没有收到"):
        result(sent)
    there = after(sent, arrive(sent, on=THERE, today=TODAY, told="", officer=CLERK))
    with pytest.raises(Invalid, match="编号"):
        result(there, document=" ")
    back = after(there, result(there))
    done = after(back, hand(back, on=TODAY, receiver="张三", officer=CLERK))
    assert (done.outcome, done.open) == ("不予（施卫1号）", False)
    with pytest.raises(Refused, match="已经交付"):
        hand(done, on=TODAY, receiver="张三", officer=CLERK)


def test_what_was_refused_there_is_at_its_end_when_the_originals_went_back(sent: Relay) -> None:
    refused = after(sent, reply(sent, Reply.REFUSED, told="不属于本机关职权，向隆阳区申请"))
    assert refused.open
    with pytest.raises(Refused):
        send(refused, on=TODAY, way="邮政快递", officer=CLERK)
    with pytest.raises(Invalid, match="交给了谁"):
        give_back(refused, on=TODAY, receiver=" ", officer=CLERK)
    back = after(refused, give_back(refused, on=TODAY, receiver="申请表原件，交本人", officer=CLERK))
    assert (back.stage, back.open, back.turns[-1].told) == (Stage.RETURNED, False, "申请表原件，交本人")
    with pytest.raises(Refused, match="已经退还"):
        give_back(back, on=TODAY, receiver="本人", officer=CLERK)


def test_an_applicant_may_give_up_until_it_is_decided_and_the_originals_go_back(taken: Relay, sent: Relay) -> None:
    asked = after(sent, reply(sent, Reply.ASKED, told="还缺体检表"))
    for relay in (taken, sent, asked):
        gone = after(relay, withdraw(relay, on=TODAY, reason=" ", officer=CLERK))
        assert (gone.stage, gone.open, gone.turns[-1].told) == (Stage.WITHDRAWN, True, None)
        with pytest.raises(Refused):
            send(gone, on=TODAY, way="邮政快递", officer=CLERK)
        back = after(gone, give_back(gone, on=TODAY, receiver="申请表原件，交本人", officer=CLERK))
        assert (back.stage, back.open) == (Stage.RETURNED, False)
    there = after(sent, arrive(sent, on=THERE, today=TODAY, told="", officer=CLERK))
    with pytest.raises(Refused, match="已经有结果"):
        withdraw(after(there, result(there)), on=TODAY, reason="", officer=CLERK)
    with pytest.raises(Invalid, match="文字过长"):
        withdraw(sent, on=TODAY, reason="不办了" * 300, officer=CLERK)


def test_photos_are_added_at_any_time_but_never_to_what_was_erased(taken: Relay) -> None:
    scanned = after(after(taken, scan(taken, files=["a"], officer=CLERK)), scan(taken, files=["b"], officer=CLERK))
    assert (scanned.files, scanned.stage) == (("a", "b"), Stage.TAKEN)
    with pytest.raises(Invalid, match="请选择"):
        scan(taken, files=[], officer=CLERK)
    with pytest.raises(Refused, match="已经删除"):
        scan(replace(taken, pieces=()), files=["a"], officer=CLERK)
