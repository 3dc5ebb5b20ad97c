"""听证 through the commands: everybody is told with a code of their own, sees only what concerns them, and is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.cases.world import AT, World, citizen

from onedoor.access import queries as access
from onedoor.cases import commands, models, queries
from onedoor.cases.rules.hearing import CONVENE, Newcomer
from onedoor.cases.rules.values.hearing import APPLICANT, Meeting
from onedoor.config.adapters.addresses import Registers
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused
from onedoor.notices.models import Notice
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db

NEIGHBOUR = Newcomer("李四", "13800000001", "隔壁住户，油烟排向他家")
HELD = datetime(2026, 3, 24, 9, 30, tzinfo=CHINA)


@pytest.fixture
def number(world: World) -> str:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    return commands.accept(number, by=world.clerk, at=AT).number


@pytest.fixture
def presider(monkeypatch: pytest.MonkeyPatch, world: World) -> Staff:
    one = Staff(1, "gs01", "赵六", world.item.organ, ALWAYS, "account:赵六")
    monkeypatch.setattr(orgs, "staff_by_account", lambda ref: one if ref == one.account else None)
    monkeypatch.setattr(orgs, "staff_of", lambda *_: (one,))
    return one


def told(number: str) -> list[tuple[str, str]]:
    """To whom which message went, in order."""
    rows = Notice.objects.filter(subject=f"case:{number}").exclude(template__in=["submitted", "accepted"])
    return list(rows.order_by("pk").values_list("to", "template"))


def test_a_neighbour_is_told_asks_attends_and_sees_nothing_of_the_application(
    number: str, world: World, presider: Staff
) -> None:
    commands.name_interested(number, NEIGHBOUR, by=world.reviewer, at=AT)
    own = f"interested:{number}:i1"
    assert told(number) == [(own, "interested_other")]
    assert Registers().phone(own, about="", at=AT) == NEIGHBOUR.mobile
    seat = commands.check_code(number, queries.code_of(number, "i1"), at=AT)
    neighbour = queries.bearer_of_code(number, seat)
    with pytest.raises(NotFound):
        queries.case_page(number, by=neighbour, on=AT.date())
    commands.tell_hearing_right(number, by=world.reviewer, at=AT, reason="涉及相邻权")
    page = queries.heard_page(number, by=neighbour, seat=seat, on=AT.date())
    assert (page.may_ask, page.name, page.concern) == (True, NEIGHBOUR.name, NEIGHBOUR.concern)
    commands.make_statement(number, by=neighbour, at=AT, seat=seat, statement="油烟直排我家窗户")
    commands.ask_hearing(number, by=neighbour, at=AT, seat=seat)
    assert CONVENE in set(models.Task.objects.filter(case__number=number).values_list("key", flat=True))
    meeting = Meeting(HELD, "政务大厅三楼", presider.account or "", "")
    commands.convene_hearing(number, meeting, by=world.reviewer, at=AT)
    assert told(number)[-2:] == [("person:1", "hearing_convened"), (own, "hearing_convened_other")]
    (shown,) = queries.public_hearings(AT.date())
    assert (shown.at, shown.presider) == (HELD, "赵六")
    commands.record_hearing(number, by=world.reviewer, at=HELD, attended="张三、李四", record="各方陈述")
    assert queries.public_hearings(HELD.date()) == ()
    row, replay = queries.replayed(number)
    assert row == replay
    assert row.hearing is not None
    assert row.hearing.recorded == HELD.date()


def test_nobody_sits_in_the_seat_of_another(number: str, world: World) -> None:
    commands.name_interested(number, NEIGHBOUR, by=world.citizen, at=AT)
    commands.name_interested(number, replace(NEIGHBOUR, name="王五", party="person:2"), by=world.reviewer, at=AT)
    first, second = queries.bearer_of_code(number, "i1"), world.stranger
    for by, seat in ((first, "i2"), (second, "i1"), (first, APPLICANT), (citizen("person:9", "路人"), "i1")):
        with pytest.raises(NotFound):
            commands.make_statement(number, by=by, at=AT, seat=seat, statement="冒名")
        with pytest.raises(NotFound):
            queries.heard_page(number, by=by, seat=seat, on=AT.date())
    assert queries.seats_of(number, by=second) == ("i2",)
    assert queries.heard_page(number, by=second, seat="i2", on=AT.date()).name == "王五"


def test_an_officer_does_not_speak_for_those_who_are_heard(number: str, world: World) -> None:
    commands.name_interested(number, NEIGHBOUR, by=world.reviewer, at=AT)
    with pytest.raises(Forbidden):
        commands.make_statement(number, by=world.reviewer, at=AT, seat="i1", statement="没有意见")


def test_only_an_officer_of_the_organ_presides(number: str, world: World, presider: Staff) -> None:
    commands.announce_hearing(number, by=world.reviewer, at=AT, reason="涉及公共利益")
    assert told(number)[-1] == ("person:1", "hearing_announced")
    with pytest.raises(Invalid):
        commands.convene_hearing(number, Meeting(HELD, "大厅", "account:外人", ""), by=world.reviewer, at=AT)
    assert [one.ref for one in queries.presiders(_case(number), on=date(2026, 3, 2))] == ["account:赵六"]


def test_codes_are_guessed_no_more_often_than_passwords(number: str, world: World) -> None:
    commands.name_interested(number, NEIGHBOUR, by=world.reviewer, at=AT)
    assert commands.check_code(number, "00000000", at=AT) == ""
    tries = access.policy(AT.date()).query_tries
    assert [commands.check_code(number, "00000000", at=AT) for _ in range(tries - 1)] == [""] * (tries - 1)
    with pytest.raises(Refused):
        commands.check_code(number, queries.code_of(number, "i1"), at=AT)


def test_what_was_said_can_be_erased_and_the_row_still_equals_the_replay(number: str, world: World) -> None:
    commands.name_interested(number, NEIGHBOUR, by=world.reviewer, at=AT)
    commands.withdraw(number, by=world.citizen, at=AT)
    commands.erase(number, by=world.guardian, at=AT, reason="保存期满")
    row, replay = queries.replayed(number)
    assert row == replay
    assert row.interested["i1"].name is None
    assert queries.mobile_of(f"interested:{number}:i1") == ""


def _case(number: str):  # type: ignore[no-untyped-def]
    return queries.replayed(number)[0]


def test_the_applicant_asks_as_one_who_is_heard(number: str, world: World) -> None:
    commands.tell_hearing_right(number, by=world.reviewer, at=AT, reason="涉及相邻权")
    case = commands.ask_hearing(number, by=world.citizen, at=AT, seat=APPLICANT)
    assert case.hearing is not None
    assert case.hearing.asked == {APPLICANT: AT.date()}
