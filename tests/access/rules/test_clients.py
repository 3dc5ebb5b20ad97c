"""Other systems as actors."""

from dataclasses import replace

import pytest

from onedoor.access.rules import ClientTerms, check_client, client_actor
from onedoor.kernel.actor import Act, Target
from onedoor.kernel.errors import Invalid

TERMS = ClientTerms("企业开办", "", frozenset({Act.SUBMIT, Act.VIEW, Act.READ_JOURNAL}), ("530524",))
ALL = frozenset(act.value for act in Act)
TARGET = Target(frozenset({"organ"}), "530524000000", applicant="person:1")


def test_a_token_covers_what_was_admitted_and_asked_for() -> None:
    actor = client_actor("abc", TERMS, frozenset({"submit", "decide"}))
    assert actor.may(Act.SUBMIT, TARGET)
    assert not actor.may(Act.VIEW, TARGET)
    assert not actor.may(Act.DECIDE, TARGET)


def test_a_system_never_decides() -> None:
    with pytest.raises(Invalid):
        check_client(replace(TERMS, acts=frozenset({Act.DECIDE})))


def test_a_system_keeps_to_its_areas_and_organ() -> None:
    actor = client_actor("abc", replace(TERMS, organ="organ"), ALL)
    assert not actor.may(Act.SUBMIT, replace(TARGET, area="530521000000"))
    assert not actor.may(Act.SUBMIT, replace(TARGET, organs=frozenset({"other"})))


def test_listed_applicants_are_the_only_ones() -> None:
    actor = client_actor("abc", replace(TERMS, applicants=frozenset({"person:1"})), ALL)
    assert actor.may(Act.SUBMIT, TARGET)
    assert not actor.may(Act.SUBMIT, replace(TARGET, applicant="person:2"))
    assert actor.may(Act.READ_JOURNAL, replace(TARGET, applicant=None))


def test_an_empty_admission_is_refused_with_every_fault() -> None:
    with pytest.raises(Invalid) as invalid:
        check_client(ClientTerms(" ", "", frozenset(), ()))
    assert {error.field for error in invalid.value.errors} == {"name", "acts", "areas"}
