"""Publishing: all or none, never twice, never changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from tests.items.samples import changed, item, text

from onedoor.items import commands, queries
from onedoor.items.models import Version
from onedoor.items.rules import BadFile, Contacts, Implementer
from onedoor.journal import queries as journal
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BY = system("test")
pytestmark = pytest.mark.django_db


def keeper(organ: str, area: str = "530524") -> Actor:
    grant = Grant("catalogue", frozenset({Act.MANAGE_ITEMS}), organ, area)
    return Actor("account:1", "事项管理员", ActorKind.STAFF, Channel.WEB, grants=(grant,))


def test_a_published_item_is_offered_with_all_that_the_file_said() -> None:
    (made,) = commands.publish([item()], by=BY, at=AT)
    version = queries.published(item().code)
    assert (version.id, version.number, made.new) == (made.id, 1, True)
    assert replace(item(), sample_values=version.sample_values) == item()
    assert version.materials == item().materials
    assert version.clock == item().clock
    assert version.plan == item().plan
    assert version.form == item().form
    assert version.effective_from == date(2026, 3, 2)


def test_publishing_the_same_content_again_makes_no_version_and_no_fact() -> None:
    commands.publish([item()], by=BY, at=AT)
    (again,) = commands.publish([item()], by=BY, at=AT + timedelta(days=1))
    assert (again.number, again.new) == (1, False)
    assert len(journal.stream(f"item:{item().code}")) == 1


def test_changed_content_is_a_new_version_and_the_old_one_stays() -> None:
    (first,) = commands.publish([item()], by=BY, at=AT)
    (second,) = commands.publish([changed({"summary": "改过的说明"})], by=BY, at=AT)
    assert second.number == 2
    assert queries.version(first.id).summary == item().summary
    assert queries.published(item().code).summary == "改过的说明"
    assert [e.kind for e in journal.stream(f"item:{item().code}")] == ["item_published"] * 2
    assert [v.number for v in queries.history(item().code)] == [1, 2]


def test_a_version_for_a_later_day_is_not_offered_before_it() -> None:
    commands.publish([item()], by=BY, at=AT)
    later = datetime.now(UTC).date() + timedelta(days=400)
    commands.publish([changed({"summary": "以后的"})], by=BY, at=AT, effective_from=later)
    assert queries.published(item().code).number == 1


def test_a_date_in_the_past_is_refused() -> None:
    with pytest.raises(Refused, match="不能早于"):
        commands.publish([item()], by=BY, at=AT, effective_from=date(2026, 3, 1))


@pytest.mark.parametrize(
    "by",
    [ANONYMOUS, keeper("11530524015240031P"), keeper(item().organ, "530525"), keeper(item().organ, "530524101")],
)
def test_who_may_not_manage_this_organs_items_publishes_nothing(by: Actor) -> None:
    with pytest.raises(Forbidden):
        commands.publish([item()], by=by, at=AT)
    assert not Version.objects.exists()


def test_the_organs_own_keeper_may() -> None:
    assert commands.publish([item()], by=keeper(item().organ), at=AT)[0].new


def test_one_broken_item_stops_all() -> None:
    with pytest.raises(Invalid) as caught:
        commands.publish([item("construction"), changed({"clock.promised.number": 11})], by=BY, at=AT)
    assert "食品经营许可.clock.promised.number" in [error.field for error in caught.value.errors]
    assert not Version.objects.exists()
    assert journal.stream(f"item:{item('construction').code}") == ()


def test_the_same_code_twice_is_refused() -> None:
    with pytest.raises(Invalid, match="出现了两次"):
        commands.publish([item(), item()], by=BY, at=AT)


def test_another_implementer_gets_codes_places_and_telephones_of_its_own() -> None:
    other = Implementer(
        "1153052401524004XF", "另一个机关", "530524000000", item().places, Contacts("0875-1234567", "12345")
    )
    made = commands.publish([replace(item(), implementers=(other,))], by=BY, at=AT)
    assert [p.code[:18] for p in made] == [item().organ, "1153052401524004XF"]
    assert queries.version(made[1].id).contacts.enquiry == "0875-1234567"
    assert queries.version(made[1].id).implementers == ()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE items_version SET number = 9", "DELETE FROM items_version", "TRUNCATE items_version"],
)
def test_the_database_refuses_to_change_a_version(statement: str) -> None:
    commands.publish([item()], by=BY, at=AT)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_withdrawn_item_is_not_offered_until_published_again() -> None:
    commands.publish([item()], by=BY, at=AT)
    id_ = queries.published(item().code).id
    commands.withdraw(item().code, reason="法规调整", by=BY, at=AT)
    with pytest.raises(NotFound):
        queries.published(item().code)
    assert queries.version(id_).number == 1
    with pytest.raises(Conflict):
        commands.withdraw(item().code, reason="再来一次", by=BY, at=AT)
    (again,) = commands.publish([item()], by=BY, at=AT)
    assert (again.number, again.new) == (2, True)
    kinds = [(e.seq, e.kind) for e in journal.stream(f"item:{item().code}")]
    assert kinds == [(1, "item_published"), (2, "item_withdrawn"), (3, "item_published")]


def test_withdrawal_needs_a_reason_a_right_and_an_item() -> None:
    commands.publish([item()], by=BY, at=AT)
    with pytest.raises(Refused, match="原因"):
        commands.withdraw(item().code, reason=" ", by=BY, at=AT)
    with pytest.raises(Forbidden):
        commands.withdraw(item().code, reason="试", by=ANONYMOUS, at=AT)
    with pytest.raises(NotFound):
        commands.withdraw("0" * 33, reason="试", by=BY, at=AT)


def test_importing_a_folder_is_all_or_none_and_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text(), encoding="utf-8")
    broken = text("construction").replace(
        "{number: 5, unit: day, start: received", "{number: 9, unit: day, start: received"
    )
    (tmp_path / "b.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        commands.import_folder(tmp_path, by=BY, at=AT)
    (fault,) = caught.value.faults
    assert (Path(fault.file).name, fault.rule) == ("b.yaml", "time.promised_within_legal")
    assert "promised" in broken.splitlines()[fault.line - 1]
    assert not Version.objects.exists()
    (tmp_path / "b.yaml").write_text(text("construction"), encoding="utf-8")
    assert [p.new for p in commands.import_folder(tmp_path, by=BY, at=AT)] == [True, True]
