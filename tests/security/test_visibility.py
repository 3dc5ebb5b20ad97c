"""What a list, a count, a search, an inbox returns is what the same actor may open one by one, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.world import AT, World, citizen
from tests.security.roles import OTHER_ORGAN
from tests.vault.uploads import png

from onedoor.cases import commands, queries
from onedoor.cases.rules.docket import Wanted
from onedoor.cases.rules.tasks import target_of
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation, system
from onedoor.kernel.errors import Forbidden, NotFound
from onedoor.licences import commands as licences
from onedoor.licences import queries as licence_queries
from onedoor.notices import queries as notice_queries
from onedoor.vault import commands as vault
from onedoor.vault import queries as files

pytestmark = pytest.mark.django_db
PARTIES = ("person:1", "person:2", "person:3")
PREFIXES = ("", "53", "530524", "530524101", "530524101001", "530524102", "54")
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def numbers(world: World) -> tuple[str, ...]:
    """Cases of three people, one of them withdrawn, one accepted."""
    made = []
    for place, party in enumerate((*PARTIES, "person:1")):
        application = replace(world.application(name=f"米线{place}店"), applicant=party)
        made.append(commands.submit(application, by=citizen(party, f"名{party[-1]}"), at=AT, key=f"k{place}").number)
    commands.withdraw(made[1], by=citizen("person:2", "名2"), at=AT)
    commands.accept(made[2], by=world.clerk, at=AT)
    return tuple(made)


def actors(world: World, numbers: tuple[str, ...]) -> st.SearchStrategy[Actor]:
    items = st.sampled_from([None, frozenset({world.item.code}), frozenset({"another"}), frozenset()])
    acts = st.frozensets(st.sampled_from([Act.VIEW, Act.ACCEPT, Act.REVIEW, Act.SUPPLEMENT, Act.RECEIVE]))
    organ = st.sampled_from([None, world.item.organ, OTHER_ORGAN])
    grants = st.builds(Grant, st.just("post"), acts, organ, st.sampled_from(PREFIXES), items)
    case = st.sampled_from([None, *numbers])
    held = st.builds(Representation, st.sampled_from(PARTIES), st.just("名"), acts, st.just("委托"), items, case)
    return st.builds(
        lambda grants, held: Actor("account:any", "某", ActorKind.STAFF, Channel.WEB, grants, held),
        st.lists(grants, max_size=3).map(tuple),
        st.lists(held, max_size=3).map(tuple),
    )


def openable(numbers: tuple[str, ...], by: Actor) -> set[str]:
    """The cases whose page opens for this actor."""
    found = set()
    for number in numbers:
        try:
            queries.case_page(number, by=by, on=AT.date())
        except NotFound:
            continue
        found.add(number)
    return found


@MANY
@given(data=st.data())
def test_lists_counts_search_and_inbox_hold_what_may_be_opened(
    world: World, numbers: tuple[str, ...], data: st.DataObject
) -> None:
    by = data.draw(actors(world, numbers))
    allowed = {n for n in numbers if by.may(Act.VIEW, target_of(queries.replayed(n)[0]))}
    assert openable(numbers, by) == allowed
    assert {row.number for row in queries.listing(by=by)} == allowed
    assert queries.count(by=by) == len(allowed)
    for text in ("名", "名1", "53", "%", "_", "\\", "米线"):
        assert {row.number for row in queries.listing(by=by, text=text)} <= allowed
        assert {row.number for row in queries.inbox(by=by, want=Wanted(q=text))} <= allowed
    owed = queries.inbox(by=by)
    assert {row.number for row in owed} <= allowed
    assert queries.inbox_size(by=by) == len(owed)


@MANY
@given(data=st.data())
def test_licences_and_messages_reach_no_further_than_the_mandate(
    world: World, numbers: tuple[str, ...], data: st.DataObject
) -> None:
    by = data.draw(actors(world, numbers))
    if not licence_queries.licences(by=system("tests")) and not licence_queries.licence_of_case(numbers[0]):
        issue_everything(world, numbers)
    viewing = [held for held in by.represents if Act.VIEW in held.acts]
    for licence in licence_queries.licences(by=by):
        assert any(
            held.party == licence.holder
            and held.case in (None, licence.case)
            and (held.items is None or licence.item in held.items)
            for held in viewing
        )
    for message in notice_queries.inbox(by=by, limit=100):
        assert any(
            held.party == message.to
            and (held.case is None or message.subject == f"case:{held.case}")
            and (held.items is None or held.case is not None)
            for held in viewing
        )
    assert notice_queries.unread_count(by=by) == len(notice_queries.inbox(by=by, limit=100))


def issue_everything(world: World, numbers: tuple[str, ...]) -> None:
    """A licence and a message for every case."""
    for number in numbers:
        case = queries.replayed(number)[0]
        grant = licences.Grant(
            name="证",
            type_code="",
            case=number,
            item=case.item,
            holder=case.applicant,
            holder_name="名",
            issuer=case.organ,
            issuer_name="局",
            area=case.area,
            on=AT.date(),
            months=None,
        )
        licences.issue(grant, by=system("tests"), at=AT)
        commands.tell(number, ("submitted",), at=AT)


def test_a_file_opens_only_with_its_own_case(world: World) -> None:
    file = vault.store(png(), name="图.png", by=world.citizen, at=AT).id
    material = world.item.materials[0].key
    held = world.application(materials={material: (file,)})
    first = commands.submit(held, by=world.citizen, at=AT, key="a").number
    second = commands.submit(world.application(), by=world.citizen, at=AT, key="b").number
    with pytest.raises(NotFound):
        commands.open_material(second, by=world.clerk, at=AT, material=material, file=file)
    for number, count in ((first, 1), (second, 0)):
        case = queries.replayed(number)[0]
        place = files.Place(f"case:{case.id}", target_of(case))
        assert len(files.files(by=world.citizen, place=place)) == count
        assert files.files(by=world.stranger, place=place) == ()


def test_nobody_begins_an_application_for_a_stranger(world: World) -> None:
    with pytest.raises(Forbidden):
        commands.start_draft(world.item.code, by=world.stranger, at=AT, applicant="person:1")
    assert queries.drafts(by=world.stranger) == ()


def test_guesses_from_one_address_are_limited_over_all_cases(world: World) -> None:
    from onedoor.access.queries import policy
    from onedoor.kernel.errors import Refused

    for n in range(policy(AT.date()).query_tries_of_address):
        assert not commands.check_password(f"number-{n}", "0", at=AT, address="192.0.2.1")
    receipt = commands.submit(world.application(), by=world.citizen, at=AT, key="a")
    with pytest.raises(Refused):
        commands.check_password(receipt.number, receipt.password, at=AT, address="192.0.2.1")
    assert commands.check_password(receipt.number, receipt.password, at=AT, address="192.0.2.2")
    assert commands.check_password(receipt.number, receipt.password, at=AT)
