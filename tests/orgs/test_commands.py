"""Every change is an act: permitted, checked, and a fact in the journal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.orgs.conftest import BUREAU, BY, NOW, SINCE, enrol

from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Target
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused
from onedoor.orgs import commands, models, queries
from onedoor.orgs.rules import (
    Authorisation,
    Cover,
    Device,
    Organ,
    Period,
    PostKind,
    Site,
    SiteKind,
    SiteRole,
    SiteState,
    SiteStatus,
    is_cover,
)

DAY = date(2026, 3, 2)
WEEK = Period(DAY, DAY + timedelta(days=6))


def paper(staff: int, **change: object) -> Authorisation:
    plain = Authorisation(0, staff, BUREAU, "授〔2026〕1号", frozenset({Act.DECIDE}), frozenset({"i1"}), WEEK, "局长")
    return replace(plain, **change)  # type: ignore[arg-type]


def acts(staff: int, on: date = DAY) -> set[Act]:
    return {act for grant in queries.grants_of(staff, on) for act in grant.acts}


def appoint(staff: int, kind: PostKind, period: Period = SINCE) -> int:
    return commands.appoint(staff, post=f"m.{kind}", period=period, basis="任字1号", by=BY, at=NOW)


def kinds(name: str) -> list[str]:
    return [fact.kind for fact in stream(name)]


def test_renaming_keeps_the_code_and_leaves_a_fact(bureau: Organ) -> None:
    commands.name_organ(BUREAU, name="昌宁县新局", short_name="新局", by=BY, at=NOW)
    assert queries.organ(BUREAU).name == "昌宁县新局"
    assert kinds(f"organ:{BUREAU}") == ["organ_established", "organ_named"]
    assert stream(f"organ:{BUREAU}")[1].body == {"name": "昌宁县新局", "short_name": "新局"}


def test_a_change_that_changes_nothing_is_no_fact(bureau: Organ) -> None:
    commands.change_organ(bureau, by=BY, at=NOW)
    assert kinds(f"organ:{BUREAU}") == ["organ_established"]


def test_one_code_and_one_name_for_one_organ(bureau: Organ) -> None:
    with pytest.raises(Invalid):
        commands.establish_organ(bureau, by=BY, at=NOW)
    with pytest.raises(Invalid, match="区划"):
        commands.establish_organ(replace(bureau, area="999999000000"), by=BY, at=NOW)
    with pytest.raises(NotFound):
        commands.change_organ(replace(bureau, code="11530524015240031P"), by=BY, at=NOW)


def test_an_organ_is_abolished_only_when_nobody_is_left(bureau: Organ, anna: int) -> None:
    job = appoint(anna, PostKind.WINDOW)
    with pytest.raises(Refused, match="仍有人任职"):
        commands.abolish_organ(BUREAU, last_day=DAY, by=BY, at=NOW)
    commands.relieve(job, last_day=DAY, reason="机构改革", by=BY, at=NOW)
    commands.abolish_organ(BUREAU, last_day=DAY, by=BY, at=NOW)
    assert BUREAU not in {o.code for o in queries.organs(DAY + timedelta(days=1))}
    assert queries.posts(BUREAU, DAY + timedelta(days=1)) == ()


def test_only_organisation_managers_of_the_area_change_anything(bureau: Organ, anna: int) -> None:
    town = Grant("x", frozenset({Act.MANAGE_ORGS}), None, "530524101")
    manager = Actor("account:1", "镇管理员", ActorKind.STAFF, Channel.WEB, (town,))
    county = replace(manager, grants=(replace(town, area="530524"),))
    for by in (ANONYMOUS, manager):
        with pytest.raises(Forbidden):
            commands.name_organ(BUREAU, name="x", short_name="x", by=by, at=NOW)
        with pytest.raises(Forbidden):
            commands.appoint(anna, post="m.window", period=SINCE, basis="", by=by, at=NOW)
        with pytest.raises(Forbidden):
            commands.declare_absence(anna, period=WEEK, reason="病假", by=by, at=NOW)
        with pytest.raises(Forbidden):
            commands.authorise(paper(anna), by=by, at=NOW)
    commands.appoint(anna, post="m.window", period=SINCE, basis="", by=county, at=NOW)
    assert stream("staff:M01")[-1].actor == "account:1"


def test_an_appointment_gives_grants_until_relieved(anna: int) -> None:
    job = appoint(anna, PostKind.WINDOW)
    assert Act.ACCEPT in acts(anna)
    commands.relieve(job, last_day=DAY, reason="轮岗", by=BY, at=NOW)
    assert Act.ACCEPT in acts(anna)
    assert acts(anna, DAY + timedelta(days=1)) == set()
    assert kinds("staff:M01") == ["staff_enrolled", "staff_appointed", "staff_relieved"]
    with pytest.raises(Refused):
        commands.relieve(job, last_day=DAY + timedelta(days=9), reason="再免", by=BY, at=NOW)


def test_nobody_holds_one_post_twice_on_a_day(anna: int) -> None:
    appoint(anna, PostKind.WINDOW, WEEK)
    with pytest.raises(Refused, match="不必重复任命"):
        appoint(anna, PostKind.WINDOW, Period(DAY + timedelta(days=6)))
    appoint(anna, PostKind.WINDOW, Period(DAY + timedelta(days=7)))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Assignment.objects.create(
            staff_id=anna, post=models.Post.objects.get(code="m.window"), valid_from=DAY, valid_to=DAY
        )


def test_an_appointment_lies_within_service_and_post(anna: int) -> None:
    with pytest.raises(Invalid, match="任职期"):
        appoint(anna, PostKind.WINDOW, Period(date(2019, 12, 31)))


def test_administrators_differ(anna: int) -> None:
    appoint(anna, PostKind.SYSTEM_ADMIN)
    with pytest.raises(Refused, match="不同的人"):
        appoint(anna, PostKind.AUDIT_ADMIN)


def test_discharge_ends_everything(anna: int) -> None:
    appoint(anna, PostKind.WINDOW)
    appoint(anna, PostKind.EXAMINER, Period(DAY + timedelta(days=30)))
    commands.discharge(anna, last_day=DAY, by=BY, at=NOW)
    assert [a.period.last for a in queries.assignments(staff_id=anna)] == [DAY]
    assert acts(anna, DAY + timedelta(days=40)) == set()


def test_a_mandate_needs_a_chief_representative(anna: int) -> None:
    with pytest.raises(Refused, match="首席代表"):
        commands.authorise(paper(anna), by=BY, at=NOW)
    appoint(anna, PostKind.CHIEF)
    number = commands.authorise(paper(anna), by=BY, at=NOW)
    target = Target(frozenset({BUREAU}), "530524101000", item="i1")
    assert [s.id for s in queries.officers(Act.DECIDE, target, DAY)] == [anna]
    assert queries.officers(Act.DECIDE, replace(target, item="i2"), DAY) == ()
    assert queries.officers(Act.DECIDE, target, DAY + timedelta(days=7)) == ()
    commands.revoke_authorisation(number, on=DAY, reason="调整", by=BY, at=NOW)
    assert Act.DECIDE not in acts(anna)
    assert queries.authorisations(organ_code=BUREAU, on=DAY) == ()
    assert kinds("staff:M01")[-2:] == ["staff_authorised", "authorisation_revoked"]
    with pytest.raises(Refused, match="已于"):
        commands.revoke_authorisation(number, on=DAY, reason="再撤", by=BY, at=NOW)


def test_one_number_for_one_mandate(anna: int) -> None:
    appoint(anna, PostKind.CHIEF)
    commands.authorise(paper(anna), by=BY, at=NOW)
    with pytest.raises(Invalid, match="已登记"):
        commands.authorise(paper(anna), by=BY, at=NOW)
    with pytest.raises(Invalid, match="延期"):
        commands.authorise(paper(anna, document_number="2号", acts=frozenset({Act.EXTEND})), by=BY, at=NOW)


def test_b_stands_in_while_a_is_away_and_the_grant_says_so(anna: int, bob: int) -> None:
    appoint(anna, PostKind.APPROVER)
    appoint(bob, PostKind.HANDLER)
    commands.pair(Cover(0, "m.approver", anna, bob, SINCE), by=BY, at=NOW)
    assert Act.DECIDE not in acts(bob)
    away = commands.declare_absence(anna, period=WEEK, reason="年休假", by=BY, at=NOW)
    assert acts(anna) == set()
    (cover,) = [g for g in queries.grants_of(bob, DAY) if is_cover(g)]
    assert cover.post == "m.approver~AB:M01"
    assert Act.DECIDE in cover.acts
    assert [s.id for s in queries.officers(Act.DECIDE, Target(frozenset({BUREAU}), "530524"), DAY)] == [bob]
    commands.end_absence(away, last_day=DAY, by=BY, at=NOW)
    assert Act.DECIDE not in acts(bob, DAY + timedelta(days=1))
    assert Act.DECIDE in acts(anna, DAY + timedelta(days=1))
    assert kinds("staff:M01")[-3:] == ["cover_agreed", "absence_declared", "absence_ended"]


def test_ending_a_partnership_ends_cover(anna: int, bob: int) -> None:
    appoint(anna, PostKind.APPROVER)
    pair = commands.pair(Cover(0, "m.approver", anna, bob, SINCE), by=BY, at=NOW)
    with pytest.raises(Refused):
        commands.pair(Cover(0, "m.approver", bob, anna, SINCE), by=BY, at=NOW)
    commands.unpair(pair, last_day=DAY - timedelta(days=1), by=BY, at=NOW)
    commands.declare_absence(anna, period=WEEK, reason="出差", by=BY, at=NOW)
    assert acts(bob) == set()
    with pytest.raises(Invalid):
        commands.pair(Cover(0, "m.approver", bob, bob, SINCE), by=BY, at=NOW)


def test_absences_have_an_end_a_reason_and_do_not_overlap(anna: int) -> None:
    with pytest.raises(Invalid) as caught:
        commands.declare_absence(anna, period=SINCE, reason=" ", by=BY, at=NOW)
    assert [e.field for e in caught.value.errors] == ["period", "reason"]
    commands.declare_absence(anna, period=WEEK, reason="病假", by=BY, at=NOW)
    with pytest.raises(Refused, match="已登记离岗"):
        commands.declare_absence(anna, period=WEEK, reason="病假", by=BY, at=NOW)


def test_names_of_staff_stand_in_the_erasable_values(anna: int) -> None:
    (fact,) = stream("staff:M01")
    assert "甲" not in str(fact.body)
    assert fact.personal == {"name": "甲"}


def test_an_account_belongs_to_one_person(anna: int, bob: int) -> None:
    commands.link_account(anna, account="account:7", by=BY, at=NOW)
    found = queries.staff_by_account("account:7")
    assert found is not None
    assert found.id == anna
    assert queries.staff_by_account("account:8") is None
    for account in ("account:7", "7"):
        with pytest.raises(Invalid):
            commands.link_account(bob, account=account, by=BY, at=NOW)


def test_an_account_opened_for_somebody_is_known_as_theirs(anna: int, bob: int) -> None:
    commands.accounts_opened({anna: "account:7", bob: "account:8"}, by=BY, at=NOW)
    found = [queries.staff_by_account(ref) for ref in ("account:7", "account:8")]
    assert [one.id for one in found if one] == [anna, bob]
    assert queries.names_of({"account:7", "account:9", ""}) == {"account:7": "甲"}
    assert queries.names_of(()) == {}
    assert kinds("staff:M01") == ["staff_enrolled", "account_linked"]


def oneself(staff: int) -> Actor:
    commands.accounts_opened({staff: "account:7"}, by=BY, at=NOW)
    return Actor("account:7", "甲", ActorKind.STAFF, Channel.WEB)


def test_everybody_announces_their_own_absence(anna: int) -> None:
    commands.announce_absence(period=WEEK, reason="年休假", by=oneself(anna), at=NOW)
    assert [one.period for one in queries.absences(staff_id=anna)] == [WEEK]
    assert kinds("staff:M01")[-1] == "absence_declared"


def test_nobody_announces_an_absence_that_has_begun_or_has_no_end_or_no_reason(anna: int) -> None:
    by = oneself(anna)
    yesterday = Period(DAY - timedelta(days=1), DAY)
    for period, reason in ((yesterday, "病假"), (Period(DAY), "病假"), (WEEK, " ")):
        with pytest.raises(Invalid):
            commands.announce_absence(period=period, reason=reason, by=by, at=NOW)
    assert queries.absences(staff_id=anna) == ()


def test_whoever_is_no_member_of_staff_is_never_absent(anna: int) -> None:
    with pytest.raises(Forbidden):
        commands.announce_absence(period=WEEK, reason="病假", by=ANONYMOUS, at=NOW)


def test_coming_back_early_ends_the_absence_with_yesterday(anna: int) -> None:
    by = oneself(anna)
    absence = commands.announce_absence(period=WEEK, reason="年休假", by=by, at=NOW)
    commands.come_back(absence, by=by, at=NOW + timedelta(days=2))
    assert [one.period for one in queries.absences(staff_id=anna)] == [Period(DAY, DAY + timedelta(days=1))]
    assert kinds("staff:M01")[-1] == "absence_ended"


def test_an_absence_that_has_not_begun_is_taken_back(anna: int) -> None:
    by = oneself(anna)
    absence = commands.announce_absence(period=WEEK, reason="年休假", by=by, at=NOW)
    commands.come_back(absence, by=by, at=NOW)
    assert queries.absences(staff_id=anna) == ()


def test_nobody_ends_the_absence_of_another_or_one_that_is_over(anna: int, bob: int) -> None:
    by = oneself(anna)
    theirs = commands.declare_absence(bob, period=WEEK, reason="病假", by=BY, at=NOW)
    own = commands.announce_absence(period=WEEK, reason="病假", by=by, at=NOW)
    with pytest.raises(NotFound):
        commands.come_back(theirs, by=by, at=NOW)
    with pytest.raises(NotFound):
        commands.come_back(own, by=by, at=NOW + timedelta(days=30))


def test_a_job_number_belongs_to_one_person(anna: int) -> None:
    with pytest.raises(Invalid, match="M01"):
        enrol("M01", "丙")
    assert queries.staff_by_job_number("M01").id == anna


def test_a_post_changes_in_place_but_never_its_organ(bureau: Organ) -> None:
    post = queries.post("m.window")
    commands.change_post(replace(post, items=frozenset({"i1"})), by=BY, at=NOW)
    assert queries.post("m.window").items == frozenset({"i1"})
    with pytest.raises(Refused):
        commands.change_post(replace(post, organ="11530524015240031P"), by=BY, at=NOW)
    with pytest.raises(Invalid):
        commands.change_post(replace(post, acts=frozenset({Act.EXTEND})), by=BY, at=NOW)
    with pytest.raises(Invalid):
        commands.create_post(post, by=BY, at=NOW)
    commands.abolish_post("m.window", last_day=DAY, by=BY, at=NOW)
    assert kinds("post:m.window") == ["post_created", "post_changed", "post_abolished"]


def test_leaders_and_holders(anna: int, bob: int) -> None:
    appoint(anna, PostKind.HEAD)
    appoint(bob, PostKind.WINDOW)
    assert [(post.kind, who.id) for post, who in queries.leaders(BUREAU, DAY)] == [(PostKind.HEAD, anna)]
    assert [who.id for who in queries.holders("m.window", DAY)] == [bob]
    assert queries.holders("m.window", date(2019, 1, 1)) == ()


def test_a_place_has_one_state_a_day_and_keeps_its_past(bureau: Organ) -> None:
    site = Site("s1", "某站", SiteKind.VILLAGE_STATION, "530524101001", BUREAU, None, None)
    built = SiteState(SINCE, SiteStatus.BUILDING, SiteRole.AGENCY, "村口", None, "", "", (Device("高拍仪", 1, 0),))
    commands.open_site(site, states=[built], by=BY, at=NOW)
    opened = replace(built, period=Period(DAY), status=SiteStatus.OPEN, devices=(Device("高拍仪", 1, 1),))
    commands.record_site_state("s1", state=opened, by=BY, at=NOW)
    before, after = queries.site("s1", DAY - timedelta(days=1)).state, queries.site("s1", DAY).state
    assert before is not None
    assert after is not None
    assert (before.status, before.devices[0].present) == (SiteStatus.BUILDING, 0)
    assert (after.status, after.devices[0].present) == (SiteStatus.OPEN, 1)
    with pytest.raises(Refused):
        commands.record_site_state("s1", state=opened, by=BY, at=NOW)
    with pytest.raises(Invalid, match="受理点"):
        commands.record_site_state("s1", state=replace(opened, role=SiteRole.FULL), by=BY, at=NOW)
    assert kinds("site:s1") == ["site_opened", "site_state_recorded", "site_state_recorded"]
