"""The acts of a case against a real database: journal, row and tasks tell one story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, citizen, register, staff

from onedoor.cases import commands, queries
from onedoor.cases.rules.papers import Paper
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Outcome, PaperForm, State, Verdict
from onedoor.journal.queries import stream
from onedoor.kernel.actor import Act, Actor, Channel, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from onedoor.licences import queries as licences
from onedoor.vault import queries as vault
from onedoor.vault.queries import Place

pytestmark = pytest.mark.django_db


def test_a_submission_is_received_numbered_and_owed_to_its_organ(world: World) -> None:
    receipt = commands.submit(world.application(), by=world.citizen, at=AT, key="k1")
    assert receipt.number.startswith("53052420260302")
    page = queries.case_page(receipt.number, by=world.citizen, on=AT.date())
    assert page.case.state is State.SUBMITTED
    assert [task.key for task in page.tasks] == ["accept"]
    assert [row.number for row in queries.inbox(by=world.clerk)] == [receipt.number]


def test_the_same_key_returns_the_same_receipt_and_another_body_is_a_conflict(world: World) -> None:
    first = commands.submit(world.application(), by=world.citizen, at=AT, key="k1")
    again = commands.submit(world.application(), by=world.citizen, at=AT, key="k1")
    assert (again.number, again.password, again.repeated) == (first.number, first.password, True)
    with pytest.raises(Conflict):
        commands.submit(world.application(name="别的店"), by=world.citizen, at=AT, key="k1")
    assert queries.count(by=world.citizen) == 1


def test_a_faulty_application_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(Invalid):
        commands.submit(world.application(name=""), by=world.citizen, at=AT, key="k1")
    commands.submit(world.application(), by=world.citizen, at=AT, key="k1")


def test_nobody_applies_for_somebody_who_did_not_empower_them(world: World) -> None:
    with pytest.raises(Forbidden):
        commands.submit(world.application(), by=world.stranger, at=AT, key="k1")


def test_another_citizen_does_not_learn_that_the_case_exists(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    with pytest.raises(NotFound):
        queries.case_page(number, by=world.stranger, on=AT.date())
    with pytest.raises(NotFound):
        commands.withdraw(number, by=world.stranger, at=AT)


def test_a_stale_page_is_a_conflict_and_changes_nothing(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    commands.accept(number, by=world.clerk, at=AT, version=1)
    with pytest.raises(Conflict):
        commands.withdraw(number, by=world.citizen, at=AT, version=1)


def work_through(world: World, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    while steps := [row.task for row in queries.inbox(by=world.reviewer) if row.number == number]:
        commands.complete_step(
            number,
            by=world.reviewer,
            at=AT,
            step=steps[0],
            verdict=Verdict.PASSED,
            opinion="符合条件",
            officers=("甲", "乙"),
        )
    commands.decide(number, by=world.leader, at=AT, outcome=Outcome.GRANTED, reasons="符合条件", article="第三十五条")


def test_the_whole_story_ends_in_a_licence_that_anyone_can_verify(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    work_through(world, number)
    closed = commands.make_result(number, at=AT)
    assert closed.state is State.CLOSED
    (licence,) = licences.licences(by=world.citizen)
    assert licence.number == closed.licence
    assert licences.verify(licence.token).identifier == licence.identifier
    commands.rate(number, by=world.citizen, at=AT, level=1)
    row, replay = queries.replayed(number)
    assert row == replay


def test_after_erasure_the_row_still_equals_the_replay_and_names_nobody(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    work_through(world, number)
    commands.make_result(number, at=AT)
    commands.erase(number, by=world.guardian, at=AT, reason="保存期限届满")
    row, replay = queries.replayed(number)
    assert row == replay
    assert row.applicant_name is None


def test_files_go_with_erasure_each_in_the_journal_and_the_face_of_a_licence_stays(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    work_through(world, number)
    case, by = commands.make_result(number, at=AT), system("tests")
    place = Place(f"case:{case.id}", target_of(case))
    (licence,) = licences.licences(by=world.citizen)
    held = {file.id for file in vault.files(by=by, place=place)}
    assert held > {licence.file}
    commands.erase(number, by=world.guardian, at=AT, reason="保存期限届满")
    assert {file.id for file in vault.files(by=by, place=place)} == {licence.file}
    reasons = [stream(f"erasure:file:{file}")[0].body["reason"] for file in held - {licence.file}]
    assert set(reasons) == {"保存期限届满"}


def test_a_query_password_opens_its_case_and_guesses_are_limited(world: World) -> None:
    from onedoor.kernel.errors import Refused

    receipt = commands.submit(world.application(), by=world.citizen, at=AT, key="k1")
    assert commands.check_password(receipt.number, receipt.password, at=AT)
    bearer: Actor = queries.bearer(receipt.number)
    assert queries.case_page(receipt.number, by=bearer, on=AT.date()).case.number == receipt.number
    for _ in range(5):
        assert not commands.check_password(receipt.number, "00000000", at=AT)
    with pytest.raises(Refused, match="次数过多"):
        commands.check_password(receipt.number, receipt.password, at=AT)


def test_when_the_year_is_published_provisional_dates_are_computed_anew(world: World) -> None:
    from datetime import date, datetime

    from onedoor.areas import commands as areas
    from onedoor.areas import queries as calendars
    from onedoor.areas.rules import PublishedYear
    from onedoor.kernel.clock import CHINA

    late = datetime(2026, 12, 30, 10, 0, tzinfo=CHINA)
    number = commands.submit(world.application(), by=world.citizen, at=late, key="k1").number
    (row,) = queries.listing(by=world.citizen)
    assert (row.due, row.provisional) == (date(2027, 1, 6), True)
    off = frozenset({date(2027, 1, 1)})
    areas.add_year(PublishedYear("000000000000", 2027, "示例通知", off, frozenset()), by=system("tests"), at=late)
    calendars.forget()
    assert commands.recompute("000000000000", at=late).moved == 1
    (row,) = queries.listing(by=world.citizen)
    assert (row.number, row.due, row.provisional) == (number, date(2027, 1, 7), False)


@pytest.fixture
def counter(world: World) -> World:
    """The same item as published, with materials to bring, for a registered person."""
    from onedoor.items import commands as items
    from onedoor.items import queries as published

    items.publish([catalogued("食品经营许可")], by=system("tests"), at=AT)
    published.forget()
    register("张三")
    return replace(world, item=published.published(world.item.code))


WINDOW = replace(staff("综窗", None, Act.RECEIVE), channel=Channel.WINDOW)


def needed(counter: World) -> dict[str, PaperForm]:
    from onedoor.cases.rules.application import wanted

    materials = wanted(counter.item, {"business": "sales", "rented": "no", "applicant.kind": "person"})
    assert materials
    return {material.key: PaperForm.BOTH for material in materials}


def applicant() -> str:
    from onedoor.kernel.codes import make_id_number
    from onedoor.registries import queries as registries

    return registries.person_ref(make_id_number("530524", date(1980, 3, 1), 1)) or ""


def test_paper_handed_over_at_the_counter_counts_as_a_material(counter: World) -> None:
    at_counter = counter.application(applicant=applicant())
    with pytest.raises(Invalid, match="请上传"):
        commands.submit(at_counter, by=WINDOW, at=AT, key="k1")
    brought = replace(at_counter, paper=needed(counter))
    number = commands.submit(brought, by=WINDOW, at=AT, key="k1").number
    row, replay = queries.replayed(number)
    assert row == replay
    assert row.paper == needed(counter)
    assert (row.channel, row.submitted_by) == ("window", WINDOW.ref)


def test_only_a_window_says_that_paper_came_or_takes_in_what_is_incomplete(counter: World) -> None:
    for claim in ({"paper": needed(counter)}, {"incomplete": True}):
        with pytest.raises(Forbidden, match="窗口"):
            commands.submit(counter.application(**claim), by=counter.citizen, at=AT, key="k1")


def test_paper_is_part_of_the_digest_and_its_absence_changes_no_earlier_one(counter: World) -> None:
    plain = counter.application()
    assert replace(plain, paper={}).digest() == plain.digest()
    assert replace(plain, paper=needed(counter)).digest() != plain.digest()


def test_a_paper_of_a_material_that_the_item_has_not_is_refused(counter: World) -> None:
    strange = counter.application(applicant=applicant(), paper={"nothing": PaperForm.COPY})
    with pytest.raises(Invalid, match="没有这份材料"):
        commands.submit(strange, by=WINDOW, at=AT, key="k1")


def test_what_is_incomplete_is_taken_in_told_once_and_supplemented_on_paper(counter: World) -> None:
    party, clerk = applicant(), staff("受理员", counter.item.organ, Act.NOTIFY)
    taken = counter.application(applicant=party, incomplete=True)
    number = commands.submit(taken, by=WINDOW, at=AT, key="k1").number
    faults = dict.fromkeys(needed(counter), "未提交，请补交")
    commands.request_supplement(number, by=clerk, at=AT, materials=faults)
    with pytest.raises(Invalid, match="还缺"):
        commands.supplement(number, by=WINDOW, at=AT, materials={})
    case = commands.supplement(number, by=WINDOW, at=AT, materials={}, paper=needed(counter))
    assert case.state is State.SUBMITTED
    row, replay = queries.replayed(number)
    assert row == replay
    assert row.paper == needed(counter)


def test_a_citizen_cannot_claim_paper_in_a_supplement(counter: World) -> None:
    party, clerk = applicant(), staff("受理员", counter.item.organ, Act.NOTIFY)
    number = commands.submit(counter.application(applicant=party, incomplete=True), by=WINDOW, at=AT, key="k1").number
    commands.request_supplement(number, by=clerk, at=AT, materials=dict.fromkeys(needed(counter), "请补交"))
    with pytest.raises(Forbidden, match="窗口"):
        commands.supplement(number, by=citizen(party, "张三"), at=AT, materials={}, paper=needed(counter))


def test_an_intake_receipt_is_given_for_what_a_clerk_took_in(counter: World) -> None:
    party = applicant()
    brought = counter.application(applicant=party, paper=needed(counter))
    number = commands.submit(brought, by=WINDOW, at=AT, key="k1").number
    assert queries.paper(number, Paper.INTAKE, by=WINDOW).startswith(b"%PDF")
    web = commands.submit(brought, by=replace(WINDOW, channel=Channel.WEB), at=AT, key="k2").number
    with pytest.raises(NotFound):
        queries.paper(web, Paper.INTAKE, by=WINDOW)
