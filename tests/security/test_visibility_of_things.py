"""Files, drafts, documents and readings, too: what is listed may be opened one by one, and nothing else is listed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.world import AT, World, citizen, register
from tests.security.roles import OTHER_ORGAN
from tests.security.test_visibility import MANY, PARTIES, PREFIXES
from tests.vault.uploads import png

from onedoor.cases import commands, queries
from onedoor.cases.rules.drafts import Content
from onedoor.cases.rules.papers import Paper
from onedoor.cases.rules.tasks import target_of
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Representation, Target, system
from onedoor.kernel.errors import NotFound
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading
from onedoor.vault import commands as vault
from onedoor.vault import queries as files

pytestmark = pytest.mark.django_db
ME = "account:any"
HELD = (Act.VIEW, Act.SUBMIT, Act.SUPPLEMENT)
GRANTED = (Act.VIEW, Act.RECEIVE, Act.ACCEPT, Act.AUDIT)


def anybody(parties: tuple[str, ...], item: str, numbers: tuple[str, ...]) -> st.SearchStrategy[Actor]:
    """Every sort of actor with any mandates, limited to items or to one case or not, and any grants."""
    items = st.sampled_from([None, frozenset({item}), frozenset({"another"}), frozenset()])
    organ = st.sampled_from([None, OTHER_ORGAN])
    grants = st.builds(
        Grant, st.just("post"), st.frozensets(st.sampled_from(GRANTED)), organ, st.sampled_from(PREFIXES), items
    )
    held = st.builds(
        Representation,
        st.sampled_from(parties),
        st.just("名"),
        st.frozensets(st.sampled_from(HELD)),
        st.sampled_from(["本人", "监护", "委托"]),
        items,
        st.sampled_from([None, *numbers]),
    )
    kinds = st.sampled_from([ActorKind.CITIZEN, ActorKind.STAFF, ActorKind.CLIENT])
    some = st.builds(
        lambda kind, grants, held: Actor(ME, "某", kind, Channel.WEB, grants, held),
        kinds,
        st.lists(grants, max_size=2).map(tuple),
        st.lists(held, max_size=3).map(tuple),
    )
    return st.one_of(some, st.just(ANONYMOUS), st.just(system("tests")))


@pytest.fixture
def numbers(world: World) -> tuple[str, ...]:
    """Three cases, each with a file."""
    made = []
    for party in PARTIES:
        owner = citizen(party, f"名{party[-1]}")
        file = vault.store(png(), name="图.png", by=owner, at=AT).id
        held = world.application(applicant=party, materials={world.item.materials[0].key: (file,)})
        made.append(commands.submit(held, by=owner, at=AT, key=party).number)
    return tuple(made)


@MANY
@given(data=st.data())
def test_files_are_listed_where_their_case_opens(world: World, numbers: tuple[str, ...], data: st.DataObject) -> None:
    by = data.draw(anybody(PARTIES, world.item.code, numbers))
    for number in numbers:
        case = queries.replayed(number)[0]
        place = files.Place(f"case:{case.id}", target_of(case))
        listed = files.files(by=by, place=place)
        assert bool(listed) == by.may(Act.VIEW, target_of(case))
        for file in listed:
            files.file(file.id, by=by, place=place)
            for elsewhere in numbers:
                if elsewhere != number:
                    other = queries.replayed(elsewhere)[0]
                    with pytest.raises(NotFound):
                        files.file(file.id, by=by, place=files.Place(f"case:{other.id}", target_of(other)))
        if not listed:
            with pytest.raises(NotFound):
                queries.paper(number, Paper.RECEIPT, by=by)
    assert files.files(by=by) == ()


@pytest.fixture
def drafts(world: World) -> tuple[str, ...]:
    """Drafts of one account for each party, one of them with a file; and one of somebody else's."""
    everybody = tuple(Representation(party, "名", frozenset({Act.SUBMIT}), "委托") for party in PARTIES)
    me = Actor(ME, "某", ActorKind.CITIZEN, Channel.WEB, represents=everybody)
    file = vault.store(png(), name="图.png", by=me, at=AT).id
    content = Content(files={"layout": (file,)})
    made = [
        commands.start_draft(world.item.code, by=me, at=AT, applicant=party, content=content).id for party in PARTIES
    ]
    made.append(commands.start_draft(world.item.code, by=world.citizen, at=AT, applicant="person:1").id)
    return tuple(made)


@MANY
@given(data=st.data())
def test_drafts_are_listed_where_they_open(world: World, drafts: tuple[str, ...], data: st.DataObject) -> None:
    by = data.draw(anybody(PARTIES, world.item.code, ("n1",)))
    listed = {draft.id for draft in queries.drafts(by=by)}
    opened = set()
    for name in drafts:
        try:
            held = queries.draft(name, by=by)
        except NotFound:
            continue
        opened.add(name)
        for file in (file for ids in held.content.files.values() for file in ids):
            queries.draft_file(name, file, by=by)[1].close()
    assert listed == opened
    applies = {
        name
        for name, party in zip(drafts, PARTIES, strict=False)
        if by.has(Act.RECEIVE) or by.may(Act.SUBMIT, Target(frozenset(), "", party, world.item.code))
    }
    assert opened == (applies if by.ref == ME else set())


@pytest.fixture
def read(world: World) -> tuple[str, ...]:
    """Two people, of each of whom the register was read for two cases and once without any."""
    people = tuple(register(name, sequence=place) for place, name in enumerate(("赵一", "钱二"), 1))
    for party, case in product(people, ("n1", "n2", "")):
        registries.prefill(party, by=system("tests"), reading=Reading("核对", AT, case))
    return people


@MANY
@given(data=st.data())
def test_readings_reach_no_further_than_the_mandate(world: World, read: tuple[str, ...], data: st.DataObject) -> None:
    by = data.draw(anybody(read, world.item.code, ("n1", "n2")))
    for party in read:
        try:
            shown = registries.readings_of(party, by=by)
        except NotFound:
            shown = ()
        target = Target(frozenset(), registries.party(party).area, party)
        free = by.may(Act.AUDIT, target)
        for record in shown:
            assert record.party == party
            reaching = {r.case for r in by.represents if r.party == party and Act.VIEW in r.acts and r.items is None}
            assert free or reaching & {None, record.case}


@MANY
@given(data=st.data())
def test_a_register_is_read_as_far_as_a_mandate_or_a_post_reaches(
    world: World, read: tuple[str, ...], data: st.DataObject
) -> None:
    by = data.draw(anybody(read, world.item.code, ("n1", "n2")))
    case, item = data.draw(st.sampled_from(["", "n1"])), data.draw(st.sampled_from([world.item.code, "other"]))
    for party in read:
        target = Target(frozenset({world.item.organ}), "530524101001", party, item, case or None)
        allowed = registries.rules.may_read(by, party, Reading("核对", AT, case, target))
        limited = replace(by, grants=())
        assert registries.rules.may_read(limited, party, Reading("核对", AT, case, target)) == limited.may(
            Act.VIEW, target
        )
        assert not allowed or by.may(Act.VIEW, target) or by.may(Act.RECEIVE, target)
