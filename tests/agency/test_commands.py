"""An errand: filled in for a villager, confirmed over a second channel, and only then handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.agency.station import Station, code_sent
from tests.cases.world import AT, citizen
from tests.vault.uploads import png

from onedoor.agency import commands, jobs, models, queries
from onedoor.agency.commands import Confirmation
from onedoor.agency.queries import errands
from onedoor.agency.rules import How, State
from onedoor.cases import commands as cases
from onedoor.cases import queries as case_queries
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.notices import queries as notices
from onedoor.vault import commands as vault


def by_code(code: str) -> Confirmation:
    return Confirmation(how=How.CODE, code=code)


def count_of_cases(station: Station) -> int:
    return len(case_queries.listing(by=station.hall))


def test_nothing_is_handed_in_before_the_villager_confirms(station: Station) -> None:
    errand = station.prepare()
    assert (errand.state, count_of_cases(station)) == (State.WAITING, 0)
    done = commands.confirm(errand.number, by=station.agent, at=AT, given=by_code(code_sent()))
    assert (done.state, done.how, count_of_cases(station)) == (State.SUBMITTED, How.CODE, 1)
    case = case_queries.case_page(done.case, by=station.hall, on=AT.date()).case
    assert (case.applicant, case.agent) == (station.villager, station.agent.ref)
    acted = queries.acted_for(done.case)
    assert acted is not None
    assert acted.agent_name == "代办员"


def test_the_agent_never_accepts_that_case(station: Station) -> None:
    errand = station.prepare()
    number = commands.confirm(errand.number, by=station.agent, at=AT, given=by_code(code_sent())).case
    grant = station.agent.grants[0]
    powerful = replace(station.agent, grants=(replace(grant, organ=None),))
    assert Act.ACCEPT in grant.acts
    with pytest.raises(Refused) as told:
        cases.accept(number, by=powerful, at=AT)
    assert told.value.code == "own_case"


def test_a_wrong_code_counts_and_after_too_many_the_code_is_void(station: Station) -> None:
    errand = station.prepare()
    code = code_sent()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        with pytest.raises(Invalid):
            commands.confirm(errand.number, by=station.agent, at=AT, given=by_code(wrong))
    with pytest.raises(Refused):
        commands.confirm(errand.number, by=station.agent, at=AT, given=by_code(code))
    commands.send_code(errand.number, by=station.agent, at=AT)
    assert commands.confirm(errand.number, by=station.agent, at=AT, given=by_code(code_sent())).case


def test_the_code_stands_in_the_short_message_alone(station: Station) -> None:
    errand = station.prepare()
    code = code_sent()
    villager = citizen(station.villager, "王桂英")
    assert all(code not in message.body for message in notices.inbox(by=villager))
    row = models.Errand.objects.get(number=errand.number)
    assert code not in row.code
    assert all(code not in str(fact.body) for fact in journal.stream(f"errand:{row.pk}"))


def test_codes_are_sent_only_so_often_and_only_by_the_agent(station: Station) -> None:
    errand = station.prepare()
    with pytest.raises(Forbidden):
        commands.send_code(errand.number, by=station.colleague, at=AT)
    for _ in range(4):
        commands.send_code(errand.number, by=station.agent, at=AT)
    with pytest.raises(Refused):
        commands.send_code(errand.number, by=station.agent, at=AT)


def test_a_signature_on_paper_needs_its_scan(station: Station) -> None:
    errand = station.prepare()
    with pytest.raises(Invalid):
        commands.confirm(errand.number, by=station.agent, at=AT, given=Confirmation(how=How.PAPER))
    scan = vault.store(png(), name="签名.png", by=station.agent, at=AT).id
    done = commands.confirm(errand.number, by=station.agent, at=AT, given=Confirmation(how=How.PAPER, papers=(scan,)))
    assert (done.how, done.evidence) == (How.PAPER, scan)


def test_the_call_back_is_made_by_somebody_else(station: Station) -> None:
    errand = station.prepare()
    call = Confirmation(how=How.CALLBACK, note="打给本人手机，本人说同意办")
    with pytest.raises(Refused):
        commands.confirm(errand.number, by=station.agent, at=AT, given=call)
    with pytest.raises(NotFound):
        commands.confirm(errand.number, by=station.elsewhere, at=AT, given=call)
    with pytest.raises(Invalid):
        commands.confirm(errand.number, by=station.hall, at=AT, given=Confirmation(how=How.CALLBACK))


def test_the_villager_says_no_and_what_was_filled_in_is_gone(station: Station) -> None:
    errand = station.prepare()
    villager = citizen(station.villager, "王桂英")
    assert [each.number for each in queries.waiting_for(by=villager)] == [errand.number]
    assert commands.refuse_errand(errand.number, by=villager, at=AT, reason="没有说过要办").state is State.REFUSED
    with pytest.raises(NotFound):
        queries.application(errand.number, by=station.agent)
    with pytest.raises(Refused):
        commands.confirm(errand.number, by=villager, at=AT, given=Confirmation(how=How.ONLINE))
    assert count_of_cases(station) == 0


def test_nobody_else_confirms_online(station: Station) -> None:
    errand = station.prepare()
    online = Confirmation(how=How.ONLINE)
    with pytest.raises(NotFound):
        commands.confirm(errand.number, by=citizen("person:999", "李四"), at=AT, given=online)
    with pytest.raises(Forbidden):
        commands.confirm(errand.number, by=station.colleague, at=AT, given=online)


def test_shortly_before_the_last_day_the_applicant_is_reminded_once(station: Station) -> None:
    errand, villager = station.prepare(), citizen(station.villager, "王桂英")
    for day in range(8):
        jobs.lapse_due(int((AT + timedelta(days=day)).timestamp()))
        told = [message.template for message in notices.inbox(by=villager)]
        assert told.count("agency_reminded") == (day >= queries.terms().rule(AT.date()).days - 2)
    assert queries.errand(errand.number, by=villager).state is State.WAITING


def test_what_nobody_confirmed_lapses_and_can_be_confirmed_until_its_last_day(station: Station) -> None:
    errand = station.prepare()
    other = station.prepare(key="a2", name="另一家店")
    last = AT + timedelta(days=7)
    assert commands.lapse_due(at=last) == 0
    assert commands.confirm(other.number, by=station.agent, at=last, given=by_code(code_sent())).case
    assert commands.lapse_due(at=last + timedelta(days=1)) == 1
    assert queries.errand(errand.number, by=station.agent).state is State.LAPSED


def test_the_agent_may_take_it_back_with_a_reason(station: Station) -> None:
    errand = station.prepare()
    with pytest.raises(Forbidden):
        commands.withdraw_errand(errand.number, by=station.colleague, at=AT, reason="填错了")
    with pytest.raises(Invalid):
        commands.withdraw_errand(errand.number, by=station.agent, at=AT, reason=" ")
    assert commands.withdraw_errand(errand.number, by=station.agent, at=AT, reason="填错了").state is State.WITHDRAWN


def test_only_agents_of_the_place_prepare(station: Station) -> None:
    for stranger in (station.elsewhere, station.hall, station.world.citizen):
        with pytest.raises(Forbidden):
            commands.prepare(station.application(), by=stranger, at=AT, key="x")


def test_the_same_key_prepares_once(station: Station) -> None:
    assert station.prepare().number == station.prepare().number
    with pytest.raises(Conflict):
        station.prepare(name="另一家店")


def test_errands_are_seen_at_their_station_in_the_hall_and_nowhere_else(station: Station) -> None:
    number = station.prepare().number
    for one in (station.agent, station.colleague, station.hall):
        assert [each.number for each in queries.listing(by=one)] == [number]
    assert queries.listing(by=station.elsewhere) == ()
    assert queries.listing(by=station.world.citizen) == ()


def test_a_post_limited_to_items_sees_only_the_errands_about_them(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even that there is another: neither in a list, nor by its number, nor what was filled in. None is unsealed to
    find that out.
    """
    number = station.prepare().number

    def limited_to(*items: str) -> Actor:
        (grant,) = station.colleague.grants
        return replace(station.colleague, grants=(replace(grant, items=frozenset(items)),))

    own, foreign, none = limited_to(station.world.item.code), limited_to("别的事项"), limited_to()
    assert [each.applicant_name for each in queries.listing(by=own)] == ["王桂英"]
    assert queries.application(number, by=own).answers
    monkeypatch.delattr(errands, "unseal")
    for other in (foreign, none):
        assert queries.listing(by=other) == ()
        for read in (queries.errand, queries.application):
            with pytest.raises(NotFound):
                read(number, by=other)
        with pytest.raises(NotFound):
            commands.send_code(number, by=other, at=AT)
