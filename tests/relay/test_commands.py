"""What rests of it: sealed in its row, personal in the journal, gone when it is erased."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from tests.cases.world import AT, World, staff

from onedoor.demo.files import png
from onedoor.hall.rules import Visit, place_of
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Forbidden, NotFound, Refused
from onedoor.relay import commands, models, queries
from onedoor.relay.rules import Decider, Mode, Piece, Relay, Reply, Stage, Wish
from onedoor.vault import commands as vault
from onedoor.vault import queries as stored
from onedoor.vault.queries import Place

pytestmark = pytest.mark.django_db
CLERK = staff("综窗", None, Act.RECEIVE)
DECIDER = Decider("施甸县卫生健康局", "云南省保山市施甸县", "0875-0000000")
WISH = Wish("护士执业注册", DECIDER, Mode.COLLECT, "滇西通办协议（示例）", (Piece("残疾人证"),))
THERE = commands.Elsewhere(AT.date(), "签收人王某")
WORDS = ("残疾人证", "EX123", "王某", "体检表", "施卫护1号", "张三本人")


def taken(world: World, key: str = "k1") -> str:
    who = world.citizen.represents[0].party
    visit = cast("Visit", SimpleNamespace(applicant=who, stands=who))
    return commands.take_relay(visit, WISH, by=CLERK, at=AT, key=key).number


@pytest.fixture
def handed(world: World) -> Relay:
    number = taken(world)
    photo = vault.store(png(90), name="残疾人证.png", by=CLERK, at=AT)
    commands.scan_relay(number, [photo.id], by=CLERK, at=AT)
    commands.send_relay(number, by=CLERK, at=AT, way="邮政快递 EX123")
    commands.answer_relay(number, Reply.ASKED, THERE, by=CLERK, at=AT)
    commands.send_relay(number, by=CLERK, at=AT, way="邮政快递 EX124", more=(Piece("体检表"),))
    commands.arrive_relay(number, THERE, by=CLERK, at=AT)
    commands.decide_relay(number, THERE, by=CLERK, at=AT, granted=True, document="施卫护1号")
    return commands.hand_relay(number, by=CLERK, at=AT, receiver="张三本人")


def test_words_about_a_person_rest_neither_in_the_row_nor_in_the_body_of_the_journal(handed: Relay) -> None:
    row = models.Relay.objects.values().get(number=handed.number)
    plain = repr([bytes(value) if isinstance(value, memoryview) else value for value in row.values()])
    bodies = repr([entry.body for entry in journal.stream(f"relay:{handed.id}")])
    shown = plain + bodies
    assert [word for word in WORDS if word in shown or repr(word.encode())[2:-1] in shown] == []
    assert queries.replayed(handed.number) == queries.relay(handed.number, by=CLERK) == handed


def test_after_erasure_the_row_equals_the_replay_and_says_nothing_of_a_person(
    world: World, handed: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = AT + timedelta(days=400)
    with pytest.raises(Forbidden):
        commands.erase_relay(handed.number, by=CLERK, at=later, reason="保存期限届满")
    (photo,) = handed.files
    erased = commands.erase_relay(handed.number, by=world.guardian, at=later, reason="保存期限届满")
    assert erased == queries.replayed(handed.number) == queries.relay(handed.number, by=CLERK)
    assert [word for word in WORDS if word in repr(erased)] == []
    assert (erased.stage, erased.outcome, erased.item) == (Stage.HANDED, "准予（已删除）", "护士执业注册")
    held = [entry.personal for entry in journal.stream(f"file:{photo}")]
    assert (erased.files, [names for names in held if names]) == ((), [])
    assert stored.files(by=CLERK, place=Place(f"relay:{handed.id}", place_of(CLERK))) == ()
    monkeypatch.setattr("onedoor.registries.queries.party", lambda _ref: SimpleNamespace(name="张三"))
    for kind in ("receipt", "list"):
        assert queries.paper(handed.number, kind, by=CLERK).startswith(b"%PDF")


def test_nothing_is_erased_of_what_is_under_way(world: World) -> None:
    with pytest.raises(Refused, match="还没有办完"):
        commands.erase_relay(taken(world), by=world.guardian, at=AT, reason="本人要求")
    with pytest.raises(NotFound):
        commands.erase_relay("YD0", by=world.guardian, at=AT, reason="本人要求")
