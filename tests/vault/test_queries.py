"""Reading: who may open what, and that damage is noticed before a byte goes out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from depositors import ANNA, BO, CASE, Scanner, keep
from uploads import PDF

from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Representation, Target, system
from onedoor.kernel.errors import NotFound, Refused
from onedoor.vault import commands, ports, queries
from onedoor.vault.queries import Place

ORGAN = "11530524MB0000000A"
TARGET = Target(frozenset({ORGAN}), "530524101000", applicant="person:1")
HERE = Place(CASE.subject, TARGET)
CLERK = Actor(
    "account:9", "李晓燕", ActorKind.STAFF, Channel.WINDOW, (Grant("窗口", frozenset({Act.VIEW}), ORGAN, "530524101"),)
)
ELSEWHERE = Actor(
    "account:8", "他", ActorKind.STAFF, Channel.WEB, (Grant("窗口", frozenset({Act.VIEW}), ORGAN, "530524102"),)
)
APPLICANT = Actor(
    "account:1", "杨安娜", ActorKind.CITIZEN, Channel.WEB, (), (Representation("person:1", "", frozenset(Act), "本人"),)
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blobs")]


def test_an_unbound_file_opens_for_its_owner_only() -> None:
    kept = keep()
    found, content = queries.open_file(kept.id, by=ANNA)
    with content:
        assert content.read() == PDF
    assert found == kept
    for by in (BO, CLERK, ANONYMOUS):
        with pytest.raises(NotFound):
            queries.open_file(kept.id, by=by)
    assert queries.open_file(kept.id, by=system("archive"))[0].id == kept.id


def test_a_bound_file_opens_for_whoever_may_see_its_case_and_only_there() -> None:
    kept = keep(to=CASE)
    for by in (APPLICANT, CLERK, system("x")):
        assert queries.file(kept.id, by=by, place=HERE) == kept
    for by in (BO, ELSEWHERE, ANNA, ANONYMOUS):
        with pytest.raises(NotFound):
            queries.file(kept.id, by=by, place=HERE)
    with pytest.raises(NotFound):
        queries.file(kept.id, by=CLERK, place=Place("case:other", TARGET))
    with pytest.raises(NotFound):
        queries.file(kept.id, by=ANNA)


def test_an_empty_place_opens_nothing() -> None:
    kept = keep()
    with pytest.raises(NotFound):
        queries.file(kept.id, by=system("x"), place=Place("", TARGET))


def test_missing_and_forbidden_look_alike() -> None:
    kept = keep()
    messages = set()
    for id in (kept.id, "00000000-0000-0000-0000-000000000000", "../etc/passwd", "", "\0"):
        with pytest.raises(NotFound) as caught:
            queries.file(id, by=BO)
        messages.add(caught.value.message)
    assert len(messages) == 1


def test_every_listed_file_opens_and_no_other() -> None:
    mine, bound, _ = keep(), keep(to=CASE), keep(by=BO)
    assert queries.files(by=ANNA) == (mine,)
    assert queries.files(by=CLERK, place=HERE) == (bound,)
    assert queries.files(by=ELSEWHERE, place=HERE) == ()
    assert queries.files(by=ANONYMOUS) == ()


def test_damaged_or_lost_bytes_are_never_handed_out(tmp_path: Path) -> None:
    kept = keep()
    path = tmp_path / "vault" / kept.sm3[:2] / kept.sm3[2:4] / kept.sm3
    path.chmod(0o600)
    path.write_bytes(PDF.replace(b"1.7", b"1.4"))
    with pytest.raises(Refused) as caught:
        queries.open_file(kept.id, by=ANNA)
    assert caught.value.code == "file_damaged"
    path.unlink()
    with pytest.raises(Refused) as caught:
        queries.open_file(kept.id, by=ANNA)
    assert caught.value.code == "file_damaged"


def test_the_health_page_learns_whether_a_scanner_works() -> None:
    assert queries.scanner_state().label == "未配置查毒"
    ports.connect(blobs=ports.blobs(), scanner=Scanner())
    state = queries.scanner_state()
    assert (state.configured, state.working, state.label) == (True, True, "查毒服务正常（ClamAV 1.4）")


def test_files_are_listed_in_the_order_in_which_they_came() -> None:
    first = keep(name="1.pdf")
    second = commands.store(PDF, name="0.pdf", by=ANNA, at=datetime(2026, 3, 3, tzinfo=UTC))
    assert [file.id for file in queries.files(by=ANNA)] == [first.id, second.id]
