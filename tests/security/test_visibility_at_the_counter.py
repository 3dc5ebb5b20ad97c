"""Visits, questions and errands, too: lists, counts and searches hold what the same actor may open one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from tests.agency.station import AREA, STATION, Station, station
from tests.cases.world import AT, World, citizen, register
from tests.hotline.desk import staffed
from tests.security.roles import OTHER_ORGAN
from tests.security.test_visibility import MANY, PREFIXES

from onedoor.agency import queries as agency
from onedoor.agency.rules import State as ErrandState
from onedoor.agency.rules import target_of
from onedoor.cases import commands, queries
from onedoor.cases.rules.values import PaperForm
from onedoor.hall import commands as hall
from onedoor.hall import queries as hall_queries
from onedoor.hall.commands import Handed, Standing
from onedoor.hall.rules import Visit
from onedoor.hotline import commands as hotline
from onedoor.hotline import queries as questions
from onedoor.hotline.rules import State
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Representation, system
from onedoor.kernel.errors import Forbidden, NotFound, Refused

pytestmark = pytest.mark.django_db
ACTS = (Act.VIEW, Act.RECEIVE, Act.ANSWER, Act.DECIDE, Act.DISPATCH)
BASES = ("本人", "法定代表人", "监护", "委托")


def somebody(refs: tuple[str, ...], parties: tuple[str, ...], items: tuple[str, ...]) -> st.SearchStrategy[Actor]:
    """Any account of these with any posts and mandates."""
    limits = st.sampled_from([None, frozenset(), frozenset({"another"}), *(frozenset({item}) for item in items)])
    grants = st.builds(
        Grant,
        st.just("post"),
        st.frozensets(st.sampled_from(ACTS)),
        st.sampled_from([None, OTHER_ORGAN, STATION]),
        st.sampled_from([*PREFIXES, AREA]),
        limits,
    )
    held = st.builds(
        Representation,
        st.sampled_from(parties),
        st.just("名"),
        st.frozensets(st.sampled_from((Act.VIEW, Act.SUBMIT))),
        st.sampled_from(BASES),
    )
    some = st.builds(
        lambda ref, kind, grants, held: Actor(ref, "某", kind, Channel.WINDOW, grants, held),
        st.sampled_from(refs),
        st.sampled_from([ActorKind.CITIZEN, ActorKind.STAFF]),
        st.lists(grants, max_size=2).map(tuple),
        st.lists(held, max_size=2).map(tuple),
    )
    return st.one_of(some, st.just(ANONYMOUS), st.just(system("tests")))


@pytest.fixture
def visits(world: World) -> tuple[Visit, ...]:
    """Visits of two clerks, each of whom took something in; one case waits for a supplement."""
    found = []
    for place, clerk in enumerate((world.clerk, replace(world.clerk, ref="account:two"))):
        at = replace(clerk, channel=Channel.WINDOW, grants=(*clerk.grants, receiving(world)))
        party = register(f"张{place}", sequence=place + 1)
        visit = hall.open_visit(Standing(party, party), by=at, at=AT, key="v")
        material = world.item.materials[0].key
        handed = Handed(world.application(applicant=party, paper={material: PaperForm.BOTH}))
        case = hall.take_in(visit.token, handed, by=at, at=AT, key=f"k{place}").number
        commands.request_supplement(case, by=world.clerk, at=AT, materials={material: "请补一份清楚的复印件。"})
        found.append(hall_queries.visit(visit.token, by=at, at=AT))
    return tuple(found)


def receiving(world: World) -> Grant:
    return Grant("post:window", frozenset({Act.VIEW, Act.RECEIVE}), world.item.organ, "530524")


def opens(number: str, by: Actor) -> bool:
    try:
        queries.case_page(number, by=by, on=AT.date())
    except NotFound:
        return False
    return True


@MANY
@given(data=st.data())
def test_visits_and_what_waits_are_listed_where_they_open(
    world: World, visits: tuple[Visit, ...], data: st.DataObject
) -> None:
    parties = tuple(visit.applicant for visit in visits)
    refs = (world.clerk.ref, "account:two", "account:nobody")
    by = data.draw(somebody(refs, parties, (world.item.code,)))
    for visit in hall_queries.lately(by=by, at=AT + timedelta(minutes=1)):
        assert hall_queries.visit(visit.token, by=by, at=AT + timedelta(minutes=1)) == visit
    for visit in visits:
        try:
            assert all(opens(number, by) for number in hall_queries.cases_of_receipt(visit.number, by=by))
        except NotFound:
            assert not any(opens(taken.case, by) for taken in visit.taken)
        try:
            waiting = hall_queries.waiting(visit.applicant, by=by)
        except (Forbidden, NotFound, Refused):
            continue
        for row in waiting:
            case = queries.case_page(row.number, by=by, on=AT.date()).case
            assert case.applicant == visit.applicant


@pytest.fixture
def asked(world: World) -> tuple[str, ...]:
    """Questions of two people, of one without an account, and one that waits at the dispatching desk."""
    call_command("orgs", "load")
    desk = staffed(world)
    other = desk.ask(by=citizen("person:2", "名2"), key="k2").number
    hotline.answer(other, by=desk.officer, at=AT, text="带身份证到综合窗口办。")
    return (desk.ask().number, other, desk.ask_by_phone().number, desk.ask(key="k4", general=True).number)


@MANY
@given(data=st.data())
def test_questions_are_listed_counted_and_owed_where_they_open(
    world: World, asked: tuple[str, ...], data: st.DataObject
) -> None:
    refs = ("account:any", "account:person:1", "account:person:2", f"asker:{asked[2]}")
    by = data.draw(somebody(refs, ("person:1", "person:2"), (world.item.code,)))
    opened = set()
    for number in asked:
        try:
            found = questions.question(number, by=by)
        except NotFound:
            continue
        opened.add(number)
        may = questions.powers(found, by=by)
        assert may.ask or may.answer or may.check or may.dispatch
    listed = {state: {each.number for each in questions.listing(state, by=by)} for state in State}
    assert set().union(*listed.values()) == opened
    assert questions.counts(by=by) == {state: len(found) for state, found in listed.items() if found}
    assert questions.overdue_count(AT.date() + timedelta(days=60), by=by) == len(opened - listed[State.ANSWERED])
    assert {each.number for each in questions.mine(by=by)} <= opened


@pytest.fixture
def errands(world: World) -> tuple[Station, tuple[str, ...]]:
    """Errands of two villagers, prepared by the township's agent."""
    call_command("orgs", "load")
    staffed_ = station(world)
    first = staffed_.prepare().number
    second = register("李四", sequence=2)
    return staffed_, (first, replace(staffed_, villager=second).prepare(key="a2").number)


@MANY
@given(data=st.data())
def test_errands_are_listed_where_they_open(
    world: World, errands: tuple[Station, tuple[str, ...]], data: st.DataObject
) -> None:
    place, numbers = errands
    held = {number: agency.errand(number, by=system("tests")) for number in numbers}
    parties = tuple(each.applicant for each in held.values())
    by = data.draw(somebody((place.agent.ref, "account:any"), parties, (world.item.code,)))
    opened = set()
    for number, errand in held.items():
        theirs = by.ref == errand.agent or by.may(Act.RECEIVE, target_of(errand))
        theirs |= any(r.party == errand.applicant and r.basis in {"本人", "法定代表人"} for r in by.represents)
        try:
            agency.errand(number, by=by)
        except NotFound:
            assert not theirs
            continue
        assert theirs
        opened.add(number)
    assert {each.number for each in agency.listing(by=by)} == opened
    assert {each.number for each in agency.listing(by=by, state=ErrandState.WAITING)} == opened
    assert {each.number for each in agency.waiting_for(by=by)} <= opened
