"""转回本人: over the second channel or at a window; whoever filled it in sees nothing of it any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.agency.station import AREA, Station, code_sent
from tests.cases.world import AT, citizen, register, staff

from onedoor.agency import commands, queries
from onedoor.agency.commands import Confirmation
from onedoor.agency.commands.taking_over import _is_own
from onedoor.agency.rules import Errand, How, Proof, Shown, State
from onedoor.cases import commands as cases
from onedoor.cases import queries as case_queries
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.queries.papers import matter_of
from onedoor.cases.rules.application import password, password_of
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers import Matter, issued, write
from onedoor.cases.rules.papers.writing import head_of
from onedoor.documents.rules import Document
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.codes import make_id_number, make_uscc
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused
from onedoor.notices import queries as notices
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS
from onedoor.registries import commands as registries
from onedoor.registries.rules import EntityFacts, EntityKind
from onedoor.ui.filled import acted_words

pytestmark = pytest.mark.django_db
TEMPLATE = "agency_takeover"
NUMBER = make_id_number("530524", date(1980, 3, 1), 1)  # the villager's
SHOWN = Shown(proof=Proof.ID_CARD, number=NUMBER, reason="确认码用完了，本人没有手机。")


@pytest.fixture
def errand(station: Station) -> Errand:
    """Confirmed and handed in."""
    waiting = station.prepare()
    return commands.confirm(waiting.number, by=station.agent, at=AT, given=Confirmation(how=How.CODE, code=code_sent()))


@pytest.fixture
def villager(station: Station) -> Actor:
    return citizen(station.villager, "王桂英")


def taken(errand: Errand, by: Actor) -> Errand:
    commands.ask_takeover(errand.number, by=by, at=AT)
    return commands.take_over(errand.number, by=by, at=AT, code=code_sent(TEMPLATE))


def test_the_applicant_goes_on_and_the_agent_s_people_see_nothing_of_it_any_more(
    station: Station, errand: Errand, villager: Actor
) -> None:
    commands.ask_takeover(errand.number, by=station.agent, at=AT)
    done = commands.take_over(errand.number, by=villager, at=AT, code=code_sent(TEMPLATE))
    assert (done.state, done.handed_on) == (State.HANDED, AT.date())
    for one in (station.agent, station.colleague, station.hall):
        assert queries.listing(by=one) == ()
        with pytest.raises(NotFound):
            queries.errand(errand.number, by=one)
    assert queries.errand(errand.number, by=villager).case == errand.case
    back = queries.handed_back(by=station.agent)
    assert [(one.number, one.on) for one in back] == [(errand.number, AT.date())]
    assert "转由本人接着办" in acted_words(errand.case)


def test_both_streams_tell_it_and_the_row_of_the_case_is_its_replay(errand: Errand, villager: Actor) -> None:
    taken(errand, villager)
    page = case_queries.case_page(errand.case, by=villager, on=AT.date())
    assert page.case.agency_ended == AT.date()
    row, replay = case_queries.replayed(errand.case)
    assert row == replay
    kinds = [entry.kind for entry in journal.stream(f"errand:{errand.id}")]
    assert kinds[-2:] == ["takeover_asked", "errand_taken_over"]


def test_the_agent_still_never_accepts_that_case(station: Station, errand: Errand, villager: Actor) -> None:
    taken(errand, villager)
    case = case_queries.replayed(errand.case)[0]
    assert case.agent == station.agent.ref


def test_the_query_password_that_the_agent_knew_opens_nothing_also_where_it_is_open(
    errand: Errand, villager: Actor
) -> None:
    known = password(errand.case, query_secret())
    browser = Client()
    browser.post("/track/", {"number": errand.case, "password": known})
    assert browser.get(f"/track/{errand.case}/").status_code == 200
    taken(errand, villager)
    assert browser.get(f"/track/{errand.case}/").status_code == 404
    assert not cases.check_password(errand.case, known, at=AT)
    own = password_of(case_queries.replayed(errand.case)[0], query_secret())
    assert cases.check_password(errand.case, own, at=AT)
    browser.post("/track/", {"number": errand.case, "password": own})
    assert browser.get(f"/track/{errand.case}/").status_code == 200


def test_the_receipt_bears_the_password_that_opens_it_now(
    errand: Errand, villager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Matter] = []

    def kept(kind: Paper, matter: Matter) -> Document:
        drawn.append(matter)
        return write(kind, matter)

    monkeypatch.setattr("onedoor.cases.queries.papers.write", kept)
    taken(errand, villager)
    case_queries.paper(errand.case, Paper.RECEIPT, by=villager)
    case = case_queries.replayed(errand.case)[0]
    assert [matter.password for matter in drawn] == [password_of(case, query_secret())]


def test_no_paper_dated_after_it_names_the_agent(errand: Errand, villager: Actor) -> None:
    taken(errand, villager)
    page = case_queries.case_page(errand.case, by=villager, on=AT.date())
    matter = matter_of(page.case, item=page.item, told=page.facts, by=villager)
    (receipt,) = (one for one in issued(page.facts) if one.paper is Paper.RECEIPT)
    ended = replace(matter, case=replace(page.case, agency_ended=receipt.dated - timedelta(days=1)))
    assert "代办人" in head_of(matter, receipt).agent
    assert head_of(ended, receipt).agent == ""


def test_at_no_desk_does_the_agent_open_that_case_again_though_the_office_may(errand: Errand, villager: Actor) -> None:
    office = staff("县大厅", None, Act.NOTIFY)
    agent = replace(office, ref=errand.agent)
    assert case_queries.case_page(errand.case, by=agent, on=AT.date()).case.number == errand.case
    assert case_queries.seen({errand.case}, by=agent) == {errand.case}
    taken(errand, villager)
    assert case_queries.case_page(errand.case, by=office, on=AT.date()).case.number == errand.case
    assert case_queries.seen({errand.case}, by=office) == {errand.case}
    assert (case_queries.seen({errand.case}, by=agent), case_queries.count(by=agent)) == (frozenset(), 0)
    with pytest.raises(NotFound):
        case_queries.case_page(errand.case, by=agent, on=AT.date())
    with pytest.raises(NotFound):
        case_queries.paper(errand.case, Paper.RECEIPT, by=agent)
    with pytest.raises(NotFound):
        cases.open_material(errand.case, by=agent, at=AT, material="rules", file="x")


def test_nor_does_the_agent_see_what_the_office_owes_on_it(station: Station, errand: Errand, villager: Actor) -> None:
    case = case_queries.replayed(errand.case)[0]
    office = staff("县局", case.organ, Act.ACCEPT)
    agent = replace(office, ref=errand.agent)
    assert case_queries.inbox_size(by=agent) == 1
    taken(errand, villager)
    assert [row.number for row in case_queries.inbox(by=office)] == [errand.case]
    assert (case_queries.inbox(by=agent), case_queries.inbox_size(by=agent)) == ((), 0)
    assert case_queries.facets(by=agent, on=AT.date()).total == 0


def test_what_the_office_owes_stays_with_it_and_was_never_the_agent_s_to_be_given(
    errand: Errand, villager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_queries.replayed(errand.case)[0]
    people = [Staff(n, ref, ref, case.organ, ALWAYS, ref) for n, ref in enumerate((errand.agent, "account:77"))]
    monkeypatch.setattr(orgs, "officers", lambda *_: tuple(people))
    (task,) = case_queries.case_page(errand.case, by=villager, on=AT.date()).tasks
    assert [one.ref for one in case_queries.receivers(case, task, on=AT.date())] == ["account:77"]
    taken(errand, villager)
    page = case_queries.case_page(errand.case, by=villager, on=AT.date())
    assert page.tasks == (task,)
    assert [one.ref for one in case_queries.receivers(page.case, task, on=AT.date())] == ["account:77"]


def test_a_wrong_code_changes_nothing_and_counts(errand: Errand, villager: Actor) -> None:
    commands.ask_takeover(errand.number, by=villager, at=AT)
    wrong = "000000" if code_sent(TEMPLATE) != "000000" else "000001"
    for _ in range(queries.terms().tries):
        with pytest.raises(Invalid):
            commands.take_over(errand.number, by=villager, at=AT, code=wrong)
    with pytest.raises(Refused, match="次数过多"):
        commands.take_over(errand.number, by=villager, at=AT, code=code_sent(TEMPLATE))
    assert queries.errand(errand.number, by=villager).state is State.SUBMITTED


def test_it_takes_an_account_of_one_s_own_and_nobody_else_s(station: Station, errand: Errand, villager: Actor) -> None:
    commands.ask_takeover(errand.number, by=station.agent, at=AT)
    code = code_sent(TEMPLATE)
    with pytest.raises(Refused, match="自己的账号"):
        commands.take_over(errand.number, by=station.agent, at=AT, code=code)
    with pytest.raises(Refused, match="自己的账号"):
        commands.take_over(errand.number, by=queries.bearer(errand.number), at=AT, code=code)
    with pytest.raises(NotFound):
        commands.take_over(errand.number, by=citizen("person:999", "别人"), at=AT, code=code)
    with pytest.raises(Forbidden):
        commands.ask_takeover(errand.number, by=station.colleague, at=AT)
    assert commands.take_over(errand.number, by=villager, at=AT, code=code).state is State.HANDED


def test_nothing_that_the_agent_does_keeps_the_applicant_from_asking(
    station: Station, errand: Errand, villager: Actor
) -> None:
    for _ in range(queries.terms().sends):
        commands.ask_takeover(errand.number, by=station.agent, at=AT)
    with pytest.raises(Refused, match="发了多次"):
        commands.ask_takeover(errand.number, by=station.agent, at=AT)
    with pytest.raises(Refused, match="自己的账号"):  # whose code the agent knows
        commands.ask_takeover(errand.number, by=queries.bearer(errand.number), at=AT)
    assert taken(errand, villager).state is State.HANDED
    assert queries.replayed(errand.number) == queries.errand(errand.number, by=villager)


def test_only_what_was_handed_in_is_taken_over_and_once(station: Station, errand: Errand, villager: Actor) -> None:
    waiting = station.prepare(key="a2", name="另一家店")
    with pytest.raises(Refused, match="没有提交的申请"):
        commands.ask_takeover(waiting.number, by=station.agent, at=AT)
    taken(errand, villager)
    with pytest.raises(Refused, match="已经转回本人"):
        commands.ask_takeover(errand.number, by=villager, at=AT + timedelta(days=1))


def test_both_are_told(station: Station, errand: Errand, villager: Actor) -> None:
    taken(errand, villager)
    about = f"errand:{errand.number}"
    assert "agency_taken_over" in {one.template for one in notices.told_about(about, to=station.villager)}
    told = notices.told_about(about, to=station.agent.ref)
    assert [one.template for one in told] == ["agency_handed"]


def test_only_the_applicant_under_an_own_account_is_offered_it(errand: Errand, villager: Actor) -> None:
    assert queries.may_take_over(errand.case, by=villager) == errand.number
    assert queries.may_take_over(errand.case, by=case_queries.bearer(errand.case)) == ""
    taken(errand, villager)
    assert queries.may_take_over(errand.case, by=villager) == ""


def test_ended_at_a_window_the_case_is_the_applicant_s_own_as_well(station: Station, errand: Errand) -> None:
    known = password(errand.case, query_secret())
    for _ in range(queries.terms().sends):
        commands.ask_takeover(errand.number, by=station.agent, at=AT)
    done = commands.end_at_window(errand.number, SHOWN, by=station.hall, at=AT)
    assert (done.state, done.handed_on, done.ended_by) == (State.HANDED, AT.date(), station.hall.ref)
    assert queries.replayed(errand.number) == done
    row, replay = case_queries.replayed(errand.case)
    assert (row, row.agency_ended) == (replay, AT.date())
    for one in (station.agent, station.colleague, station.hall):
        with pytest.raises(NotFound):
            queries.errand(errand.number, by=one)
    assert not cases.check_password(errand.case, known, at=AT)
    assert cases.check_password(errand.case, case_queries.own_password(errand.case), at=AT)


def test_proof_and_reason_are_kept_and_of_the_number_four_digits(station: Station, errand: Errand) -> None:
    commands.end_at_window(errand.number, SHOWN, by=station.hall, at=AT)
    entry = journal.stream(f"errand:{errand.id}")[-1]
    assert (entry.kind, entry.actor, entry.body["proof"]) == ("errand_ended_at_window", station.hall.ref, "id_card")
    assert entry.personal == {"last_four": NUMBER[-4:], "reason": SHOWN.reason}
    assert NUMBER not in str(entry)


def test_a_second_press_at_the_window_changes_nothing_and_nobody_else_learns_of_it(
    station: Station, errand: Errand
) -> None:
    done = commands.end_at_window(errand.number, SHOWN, by=station.hall, at=AT)
    assert commands.end_at_window(errand.number, SHOWN, by=station.hall, at=AT) == done
    assert queries.ended_by(station.hall, errand.number) == done
    for one in (station.colleague, station.agent):
        assert queries.ended_by(one, errand.number) is None
        with pytest.raises(NotFound):
            commands.end_at_window(errand.number, SHOWN, by=one, at=AT)


def test_of_what_ended_at_a_window_both_are_told(station: Station, errand: Errand) -> None:
    commands.end_at_window(errand.number, SHOWN, by=station.colleague, at=AT)
    about = f"errand:{errand.number}"
    assert "agency_ended_at_window" in {one.template for one in notices.told_about(about, to=station.villager)}
    assert [one.template for one in notices.told_about(about, to=station.agent.ref)] == ["agency_handed"]


def test_neither_the_agent_nor_another_place_nor_another_s_proof_ends_it(station: Station, errand: Errand) -> None:
    with pytest.raises(Refused, match="代办人以外"):
        commands.end_at_window(errand.number, SHOWN, by=station.agent, at=AT)
    looker = staff("看的人", None, Act.VIEW, area=AREA)
    for one in (station.elsewhere, looker, citizen("person:999", "别人")):
        with pytest.raises(NotFound):
            commands.end_at_window(errand.number, SHOWN, by=one, at=AT)
    register("别人", sequence=7)
    other = make_id_number("530524", date(1980, 3, 1), 7)
    for wrong in (replace(SHOWN, number=other), replace(SHOWN, number="0"), replace(SHOWN, reason=" ")):
        with pytest.raises(Invalid):
            commands.end_at_window(errand.number, wrong, by=station.hall, at=AT)
    assert queries.errand(errand.number, by=station.hall).state is State.SUBMITTED


def test_only_what_was_handed_in_is_ended_at_a_window(station: Station, errand: Errand) -> None:
    waiting = station.prepare(key="a2", name="另一家店")
    with pytest.raises(Refused, match="没有提交的申请"):
        commands.end_at_window(waiting.number, SHOWN, by=station.hall, at=AT)


def test_for_a_company_its_head_shows_who_they_are(errand: Errand) -> None:
    head = register("王桂英")
    facts = EntityFacts(name="一家店", kind=EntityKind.SOLE_TRADER, legal_representative=head)
    code = make_uscc("91530524", "MA6KL009")
    shop = registries.register_entity(code, facts=facts, by=system("tests"), at=AT)
    register("别人", sequence=7)
    assert _is_own(replace(errand, applicant=shop), NUMBER)
    assert not _is_own(replace(errand, applicant=shop), make_id_number("530524", date(1980, 3, 1), 7))


def test_at_the_window_an_errand_is_found_by_number_case_or_whose_it_is(station: Station, errand: Errand) -> None:
    for text in (errand.number, errand.case, NUMBER):
        assert [one.number for one in queries.found_at_window(text, by=station.hall)] == [errand.number]
        assert queries.found_at_window(text, by=station.elsewhere) == ()
    limited = replace(station.hall.grants[0], items=frozenset({"别的事项"}))
    nobody: Actor = replace(station.hall, grants=(limited,))
    assert queries.found_at_window(NUMBER, by=nobody) == ()
    assert queries.found_at_window(NUMBER[:17] + "0", by=station.hall) == ()
