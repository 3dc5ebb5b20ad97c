"""Who may act for whom, and who may say so."""

from dataclasses import replace
from datetime import date

import pytest

from onedoor.access.rules import (
    APPLICANT_ACTS,
    MandateKind,
    MandateTerms,
    check_granter,
    check_revoker,
    check_terms,
    representation,
)
from onedoor.kernel.actor import (
    ANONYMOUS,
    Act,
    Actor,
    ActorKind,
    Channel,
    Grant,
    Representation,
    Target,
    system,
)
from onedoor.kernel.errors import Forbidden, Invalid

DAY = date(2026, 3, 2)
HALL = Target(frozenset({"organ"}), "530524000000")
DELEGATION = MandateTerms(
    MandateKind.DELEGATION, "person:1", "person:2", frozenset({Act.SUBMIT}), DAY, date(2026, 12, 31), evidence="scan"
)
COMPANY = replace(DELEGATION, kind=MandateKind.COMPANY_AGENT, principal="entity:4")
LEGAL = replace(COMPANY, kind=MandateKind.LEGAL_REPRESENTATIVE, valid_to=None)
GUARDIAN = replace(DELEGATION, kind=MandateKind.GUARDIAN)


def citizen(*represents: tuple[str, str]) -> Actor:
    rows = tuple(Representation(party, "某", APPLICANT_ACTS, basis) for party, basis in represents)
    return Actor("account:1", "某", ActorKind.CITIZEN, Channel.WEB, represents=rows)


def clerk(area: str = "530524") -> Actor:
    grant = Grant("窗口岗", frozenset({Act.RECEIVE}), "organ", area)
    return Actor("account:9", "窗口", ActorKind.STAFF, Channel.WINDOW, (grant,))


def faults(terms: MandateTerms, *, born: date | None = None) -> dict[str, str]:
    with pytest.raises(Invalid) as invalid:
        check_terms(terms, on=DAY, principal_born=born)
    return {error.field: error.message for error in invalid.value.errors}


@pytest.mark.parametrize("terms", [DELEGATION, COMPANY, LEGAL])
def test_a_complete_mandate_stands(terms: MandateTerms) -> None:
    check_terms(terms, on=DAY)


def test_a_written_mandate_needs_an_end() -> None:
    assert "valid_to" in faults(replace(DELEGATION, valid_to=None))


def test_a_mandate_covers_applicants_acts_only() -> None:
    assert "acts" in faults(replace(DELEGATION, acts=frozenset({Act.SUBMIT, Act.DECIDE})))
    assert representation(replace(DELEGATION, acts=frozenset(Act)), "某").acts == APPLICANT_ACTS


def test_nobody_delegates_to_himself() -> None:
    assert "agent" in faults(replace(DELEGATION, agent="person:1"))


def test_a_company_agent_acts_for_a_company_and_a_delegate_for_a_person() -> None:
    assert "principal" in faults(replace(COMPANY, principal="person:1"))
    assert "principal" in faults(replace(DELEGATION, principal="entity:4"))


def test_no_items_is_not_all_items() -> None:
    assert "items" in faults(replace(DELEGATION, items=frozenset()))


def test_every_fault_is_told_at_once() -> None:
    bad = replace(DELEGATION, agent="entity:1", acts=frozenset(), valid_to=date(2026, 1, 1))
    assert set(faults(bad)) == {"agent", "acts", "valid_to"}


def test_guardianship_ends_the_day_before_the_child_comes_of_age() -> None:
    born = date(2010, 3, 3)
    check_terms(replace(GUARDIAN, valid_to=date(2028, 3, 2)), on=DAY, principal_born=born)
    assert "2028-03-03" in faults(replace(GUARDIAN, valid_to=date(2028, 3, 3)), born=born)["valid_to"]


def test_a_child_born_on_leap_day_comes_of_age_on_the_first_of_march() -> None:
    terms = replace(GUARDIAN, valid_to=date(2030, 3, 1))
    assert "2030-03-01" in faults(terms, born=date(2012, 2, 29))["valid_to"]


def test_an_adult_has_no_parent_acting_for_him() -> None:
    assert "principal" in faults(GUARDIAN, born=date(2008, 3, 2))
    assert "principal" in faults(GUARDIAN, born=None)


def test_the_principal_in_person_may_delegate() -> None:
    check_granter(DELEGATION, by=citizen(("person:1", "本人")), place=None)


def test_the_legal_representative_may_name_an_agent() -> None:
    check_granter(COMPANY, by=citizen(("person:7", "本人"), ("entity:4", "法定代表人")), place=None)


@pytest.mark.parametrize("basis", ["委托", "监护", "经办人"])
def test_an_agent_cannot_pass_the_mandate_on(basis: str) -> None:
    with pytest.raises(Forbidden, match="转委托"):
        check_granter(DELEGATION, by=citizen(("person:1", basis)), place=None)
    with pytest.raises(Forbidden):
        check_granter(COMPANY, by=citizen(("entity:4", basis)), place=None)


@pytest.mark.parametrize("terms", [LEGAL, GUARDIAN])
def test_nobody_declares_himself_a_parent_or_legal_representative(terms: MandateTerms) -> None:
    with pytest.raises(Forbidden, match="窗口"):
        check_granter(terms, by=citizen((terms.principal, "本人"), (terms.agent, "本人")), place=None)


def test_a_clerk_records_a_paper_mandate_only_with_its_scan() -> None:
    check_granter(DELEGATION, by=clerk(), place=HALL)
    with pytest.raises(Invalid):
        check_granter(replace(DELEGATION, evidence=""), by=clerk(), place=HALL)


def test_a_clerk_of_another_place_may_not() -> None:
    for place in (None, HALL):
        with pytest.raises(Forbidden):
            check_granter(DELEGATION, by=clerk("530521"), place=place)


def test_a_stranger_may_neither_grant_nor_revoke() -> None:
    for by in (ANONYMOUS, citizen(("person:3", "本人"))):
        with pytest.raises(Forbidden):
            check_granter(DELEGATION, by=by, place=None)
        with pytest.raises(Forbidden):
            check_revoker("person:1", "person:2", by=by, place=None)


@pytest.mark.parametrize("party", ["person:1", "person:2"])
def test_both_sides_may_end_it(party: str) -> None:
    check_revoker("person:1", "person:2", by=citizen((party, "本人")), place=None)


def test_the_clerk_and_the_platform_may_end_it() -> None:
    check_revoker("person:1", "person:2", by=clerk(), place=HALL)
    check_revoker("person:1", "person:2", by=system("registry"), place=None)
