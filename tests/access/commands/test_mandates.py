"""Mandates granted, used, revoked; and people without any account as their parties."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from onedoor.access import commands, queries
from onedoor.access.models import Account, Mandate
from onedoor.access.rules import APPLICANT_ACTS, MandateKind, MandateTerms
from onedoor.journal.queries import stream
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Target, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from onedoor.registries.commands import enter_entity, enter_person
from onedoor.registries.queries import readings_of
from onedoor.registries.rules import EntityFacts, EntityKind, PersonFacts

pytestmark = pytest.mark.django_db
HALL = Target(frozenset({"organ"}), "530524000000")
RECEIVES = Grant("窗口岗", frozenset({Act.RECEIVE}), "organ", "530524")
CLERK = Actor("account:9", "窗口", ActorKind.STAFF, Channel.WINDOW, (RECEIVES,))
USCC = "91530524MA6K0000X7"
TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def id_number(first_seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first_seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(first_seventeen, weights, strict=True)) % 11]


def person(name: str, born: str = "19900101") -> str:
    serial = f"{sum(map(ord, name)) % 999:03}"
    facts = PersonFacts(name=name, birth_date=date.fromisoformat(f"{born[:4]}-{born[4:6]}-{born[6:]}"))
    return enter_person(id_number(f"530524{born}{serial}"), facts=facts, by=system("test"), at=AT)


def company(head: str) -> str:
    facts = EntityFacts(name="昌宁示例有限公司", kind=EntityKind.COMPANY, legal_representative=head)
    return enter_entity(USCC, facts=facts, by=system("test"), at=AT)


def citizen(party: str, name: str = "某") -> Actor:
    account, _ = Account.objects.get_or_create(username=party.replace(":", ""), party=party, name=name)
    return queries.actor_for(account, channel=Channel.WEB, on=TODAY)


def delegation(principal: str, agent: str, **changes: object) -> MandateTerms:
    acts = frozenset({Act.SUBMIT, Act.VIEW})
    terms = MandateTerms(MandateKind.DELEGATION, principal, agent, acts, TODAY, date(2026, 12, 31))
    return replace(terms, **changes)  # type: ignore[arg-type]


def test_a_delegate_acts_for_the_principal_within_the_acts_and_the_period() -> None:
    old, young = person("老李"), person("小李")
    commands.grant_mandate(delegation(old, young), by=citizen(old), at=AT)
    target = Target(frozenset(), "530524000000", applicant=old)
    agent = citizen(young)
    assert agent.may(Act.SUBMIT, target)
    assert not agent.may(Act.WITHDRAW, target)
    (mandate,) = (r for r in agent.represents if r.basis == "委托")
    assert (mandate.party, mandate.name) == (old, "老李")
    account = Account.objects.get(party=young)
    for day, holds in ((date(2026, 12, 31), True), (date(2027, 1, 1), False), (date(2026, 3, 1), False)):
        assert queries.actor_for(account, channel=Channel.WEB, on=day).may(Act.SUBMIT, target) is holds


def test_a_mandate_for_some_items_never_becomes_one_for_all() -> None:
    old, young = person("老李"), person("小李")
    commands.grant_mandate(delegation(old, young, items=frozenset({"item"})), by=citizen(old), at=AT)
    assert not citizen(young).may(Act.SUBMIT, Target(frozenset(), "530524", applicant=old, item="other"))


def test_revoked_is_over_at_once_and_both_are_facts() -> None:
    old, young = person("老李"), person("小李")
    ref = commands.grant_mandate(delegation(old, young), by=citizen(old), at=AT)
    commands.revoke_mandate(ref, by=citizen(old), at=AT)
    assert [r.basis for r in citizen(young).represents] == ["本人"]
    assert [fact.kind for fact in stream(ref)] == ["mandate_granted", "mandate_revoked"]
    assert "老李" not in str([dict(fact.body) for fact in stream(ref)])
    with pytest.raises(Conflict):
        commands.revoke_mandate(ref, by=citizen(old), at=AT)


def test_the_agent_may_give_it_up_a_stranger_may_not_even_see_it() -> None:
    old, young, stranger = person("老李"), person("小李"), person("王五")
    ref = commands.grant_mandate(delegation(old, young), by=citizen(old), at=AT)
    with pytest.raises(NotFound):
        commands.revoke_mandate(ref, by=citizen(stranger), at=AT)
    assert queries.mandates(by=citizen(stranger)) == ()
    assert [view.ref for view in queries.mandates(by=citizen(young))] == [ref]
    commands.revoke_mandate(ref, by=citizen(young), at=AT)


def test_a_delegate_cannot_delegate_further() -> None:
    old, young, third = person("老李"), person("小李"), person("王五")
    commands.grant_mandate(delegation(old, young), by=citizen(old), at=AT)
    with pytest.raises(Forbidden, match="转委托"):
        commands.grant_mandate(delegation(old, third), by=citizen(young), at=AT)


def test_the_legal_representative_of_the_registry_acts_for_the_company_and_names_its_agent() -> None:
    head, agent = person("老板"), person("会计")
    firm = company(head)
    target = Target(frozenset(), "530524000000", applicant=firm)
    assert citizen(head).may(Act.SUBMIT, target)
    terms = delegation(firm, agent, kind=MandateKind.COMPANY_AGENT)
    with pytest.raises(Forbidden):
        commands.grant_mandate(terms, by=citizen(agent), at=AT)
    commands.grant_mandate(terms, by=citizen(head), at=AT)
    assert citizen(agent).may(Act.SUBMIT, target)


def test_a_citizens_actor_costs_two_statements(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    old = person("老李")
    citizen(old)
    account = Account.objects.get(party=old)
    with django_assert_num_queries(2):
        queries.actor_for(account, channel=Channel.WEB, on=TODAY)


def test_a_parent_is_recorded_at_the_counter_until_the_child_comes_of_age() -> None:
    child, parent = person("小宝", "20200601"), person("妈妈")
    acts = APPLICANT_ACTS
    terms = MandateTerms(MandateKind.GUARDIAN, child, parent, acts, TODAY, date(2038, 5, 31), evidence="scan-1")
    with pytest.raises(Forbidden, match="窗口"):
        commands.grant_mandate(terms, by=citizen(parent), at=AT)
    with pytest.raises(Invalid, match="十八周岁"):
        commands.grant_mandate(replace(terms, valid_to=date(2038, 6, 1)), by=CLERK, at=AT, place=HALL)
    commands.grant_mandate(terms, by=CLERK, at=AT, place=HALL)
    assert citizen(parent).may(Act.SUBMIT, Target(frozenset(), "530524", applicant=child))
    assert any("监护" in read.purpose for read in readings_of(child, by=citizen(parent)))


def test_two_people_without_accounts_make_a_mandate_on_paper() -> None:
    old, young = person("老李"), person("小李")
    with pytest.raises(Invalid, match="扫描"):
        commands.grant_mandate(delegation(old, young), by=CLERK, at=AT, place=HALL)
    ref = commands.grant_mandate(delegation(old, young, evidence="scan-2"), by=CLERK, at=AT, place=HALL)
    assert Account.objects.count() == 0
    (view,) = queries.mandates_at_counter(old, by=CLERK, place=HALL)
    assert (view.ref, view.principal_name, view.granted_by) == (ref, "老李", "account:9")
    with pytest.raises(Forbidden):
        queries.mandates_at_counter(old, by=citizen(old), place=HALL)
    commands.revoke_mandate(ref, by=CLERK, at=AT, place=HALL)


def test_an_unknown_party_is_not_found_and_nothing_is_written() -> None:
    old = person("老李")
    with pytest.raises(NotFound):
        commands.grant_mandate(delegation(old, "person:999999"), by=citizen(old), at=AT)
    assert not Mandate.objects.exists()


def test_a_clerk_elsewhere_may_neither_see_nor_end_it() -> None:
    old, young = person("老李"), person("小李")
    ref = commands.grant_mandate(delegation(old, young), by=citizen(old), at=AT)
    elsewhere = replace(CLERK, grants=(replace(CLERK.grants[0], area="530521"),))
    with pytest.raises(NotFound):
        commands.revoke_mandate(ref, by=elsewhere, at=AT, place=HALL)
    with pytest.raises(Forbidden):
        queries.mandates_at_counter(old, by=elsewhere, place=HALL)


def test_a_mandate_shows_its_last_day_as_valid() -> None:
    old, young = person("老李"), person("小李")
    commands.grant_mandate(delegation(old, young, valid_to=TODAY + timedelta(days=1)), by=citizen(old), at=AT)
    (view,) = queries.mandates(by=citizen(old))
    assert [view.valid(TODAY + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [False, True, True, False]
