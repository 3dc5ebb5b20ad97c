"""Who may do what on which day, on plain values."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Refused
from onedoor.orgs.rules import (
    KIND_ACTS,
    Absence,
    Authorisation,
    Holding,
    Mandate,
    Organ,
    OrganKind,
    OrganLevel,
    Period,
    Post,
    PostKind,
    SiteKind,
    SiteRole,
    SiteState,
    SiteStatus,
    StandIn,
    check_authorisation,
    check_organ,
    check_post,
    check_separation,
    check_state,
    covered_by,
    grants_on,
    is_cover,
)

ORGAN = "11530524015240023W"
DAY = date(2026, 3, 2)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
WINDOW = Post("m.window", "窗口", PostKind.WINDOW, ORGAN, "530524101", frozenset({Act.VIEW, Act.ACCEPT}), None, YEAR)
CHIEF = replace(WINDOW, code="m.chief", kind=PostKind.CHIEF, acts=frozenset({Act.VIEW}))
PAPER = Authorisation(1, 1, ORGAN, "授〔2026〕1号", frozenset({Act.DECIDE}), frozenset({"item"}), YEAR, "局长")
dates = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def periods() -> st.SearchStrategy[Period]:
    return st.tuples(dates, st.none() | st.integers(0, 400)).map(
        lambda t: Period(t[0], None if t[1] is None else t[0] + timedelta(days=t[1]))
    )


def test_a_post_gives_its_acts_for_its_organ_in_its_area() -> None:
    (grant,) = grants_on(DAY, holdings=[Holding(WINDOW, YEAR)])
    assert (grant.post, grant.acts, grant.organ, grant.area) == ("m.window", WINDOW.acts, ORGAN, "530524101")
    assert not is_cover(grant)
    assert covered_by(grant) is None


def test_a_post_for_all_organs_names_none() -> None:
    (grant,) = grants_on(DAY, holdings=[Holding(replace(WINDOW, all_organs=True), YEAR)])
    assert grant.organ is None


@given(dates, periods(), periods(), periods())
def test_own_posts_count_exactly_while_post_and_appointment_hold(day: date, a: Period, b: Period, away: Period) -> None:
    grants = grants_on(day, holdings=[Holding(replace(WINDOW, period=a), b)], absences=[Absence(1, 1, away, "休假")])
    if not (a.holds(day) and b.holds(day)):
        assert grants == ()
    elif away.holds(day):
        assert [g.acts for g in grants] == [frozenset({Act.VIEW})]
    else:
        assert [g.acts for g in grants] == [WINDOW.acts]


@given(dates, periods(), periods(), st.none() | dates)
def test_a_mandate_counts_inside_its_period_until_revoked_while_its_holder_is_chief(
    day: date, chief: Period, paper: Period, revoked: date | None
) -> None:
    held = [Holding(replace(CHIEF, period=Period(date.min)), chief)]
    mandate = Mandate(replace(PAPER, period=paper, revoked_on=revoked), "530524")
    decides = any(Act.DECIDE in g.acts for g in grants_on(day, holdings=held, mandates=[mandate]))
    assert decides == (chief.holds(day) and paper.holds(day) and not (revoked is not None and revoked <= day))


def test_a_mandate_is_bound_to_its_items_and_names_its_paper() -> None:
    grants = grants_on(DAY, holdings=[Holding(CHIEF, YEAR)], mandates=[Mandate(PAPER, "530524")])
    assert [(g.post, g.items) for g in grants[1:]] == [("授权书:授〔2026〕1号", frozenset({"item"}))]


def test_a_mandate_for_another_organ_gives_nothing() -> None:
    other = replace(PAPER, organ="11530524015240031P")
    assert len(grants_on(DAY, holdings=[Holding(CHIEF, YEAR)], mandates=[Mandate(other, "530524")])) == 1


@given(dates, periods(), periods(), periods())
def test_cover_counts_exactly_while_the_other_is_away(day: date, pair: Period, held: Period, away: Period) -> None:
    other = StandIn(Holding(replace(WINDOW, period=held), held), pair, "M01", (Absence(1, 1, away, "休假"),))
    grants = grants_on(day, holdings=[], stand_ins=[other])
    assert bool(grants) == (pair.holds(day) and held.holds(day) and away.holds(day))
    assert all(is_cover(g) and covered_by(g) == "M01" and g.acts == WINDOW.acts for g in grants)


def test_the_absent_do_not_cover_others() -> None:
    other = StandIn(Holding(WINDOW, YEAR), YEAR, "M01", (Absence(1, 1, YEAR, "休假"),))
    assert grants_on(DAY, holdings=[], stand_ins=[other], absences=[Absence(2, 2, YEAR, "休假")]) == ()


@pytest.mark.parametrize("kind", sorted(set(PostKind) - {PostKind.HEAD, PostKind.COUNTY_LEADER}))
def test_only_the_head_and_county_leaders_extend(kind: PostKind) -> None:
    assert Act.EXTEND not in KIND_ACTS[kind]
    assert [e.field for e in check_post(kind, frozenset({Act.EXTEND}))] == ["acts"]


@pytest.mark.parametrize("kind", PostKind)
def test_every_kind_may_carry_all_that_is_listed_for_it_but_not_nothing(kind: PostKind) -> None:
    assert check_post(kind, KIND_ACTS[kind]) == ()
    assert check_post(kind, frozenset()) != ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document_number": " "}, "document_number"),
        ({"issued_by": ""}, "issued_by"),
        ({"period": Period(DAY)}, "period"),
        ({"period": Period(DAY, DAY - timedelta(days=1))}, "period"),
        ({"acts": frozenset()}, "acts"),
        ({"acts": frozenset({Act.EXTEND})}, "acts"),
        ({"acts": frozenset({Act.MANAGE_ORGS})}, "acts"),
        ({"items": frozenset()}, "items"),
    ],
)
def test_a_faulty_mandate_names_its_fault(change: dict[str, object], field: str) -> None:
    assert check_authorisation(PAPER) == ()
    assert [e.field for e in check_authorisation(replace(PAPER, **change))] == [field]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "new"),
    [
        (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN),
        (PostKind.AUDIT_ADMIN, PostKind.SYSTEM_ADMIN),
        (PostKind.WINDOW, PostKind.AUDIT_ADMIN),
        (PostKind.SECURITY_ADMIN, PostKind.APPROVER),
    ],
)
def test_administrators_differ_and_handle_no_cases(held: PostKind, new: PostKind) -> None:
    with pytest.raises(Refused):
        check_separation([held], new)


def test_ordinary_posts_may_be_joined_in_a_small_office() -> None:
    check_separation([PostKind.WINDOW, PostKind.HANDLER], PostKind.EXAMINER)
    check_separation([PostKind.SYSTEM_ADMIN], PostKind.SYSTEM_ADMIN)
    check_separation([], PostKind.AUDIT_ADMIN)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "11530524015240023X"}, "code"),
        ({"name": " "}, "name"),
        ({"short_name": ""}, "short_name"),
        ({"parent": ORGAN}, "parent"),
        ({"phone": "打电话"}, "phone"),
        ({"period": Period(DAY, DAY - timedelta(days=1))}, "period"),
    ],
)
def test_a_faulty_organ_names_its_fault(change: dict[str, object], field: str) -> None:
    organ = Organ(ORGAN, "某局", "某局", OrganKind.DEPARTMENT, OrganLevel.COUNTY, "530524000000", None, YEAR)
    assert check_organ(organ) == ()
    assert [e.field for e in check_organ(replace(organ, **change))] == [field]  # type: ignore[arg-type]


def test_a_village_station_never_accepts() -> None:
    state = SiteState(YEAR, SiteStatus.OPEN, SiteRole.FULL, "", None, "", "")
    assert [e.field for e in check_state(SiteKind.VILLAGE_STATION, state)] == ["role"]
    assert check_state(SiteKind.TOWNSHIP_CENTRE, state) == ()
