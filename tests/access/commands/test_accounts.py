"""Accounts and the three administrators."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from tests.access.conftest import PASSWORD, Open, Opened, sign_in

from onedoor.access import commands, queries
from onedoor.access.models import Account
from onedoor.access.rules import Administrator
from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, Channel, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.orgs.models import Organ, Staff
from onedoor.orgs.rules import OrganKind, OrganLevel

pytestmark = pytest.mark.django_db
NAMES = {role: role.value for role in Administrator}
Appoint = Callable[[Administrator], Opened]


def actor(account: Opened) -> Actor:
    return queries.actor_for(account.row, channel=Channel.WEB, second_factor=True)


def test_the_three_are_appointed_once() -> None:
    invited = commands.appoint_administrators(NAMES, by=system("cli"), at=timezone.now())
    assert len({account.ref for account in invited}) == 3
    assert not any(Account.objects.get(username=name).has_usable_password() for name in NAMES.values())
    with pytest.raises(Refused, match="已经任命"):
        commands.appoint_administrators(NAMES, by=system("cli"), at=timezone.now())


def test_one_person_cannot_be_named_twice() -> None:
    with pytest.raises(Refused, match="不同的用户名"):
        commands.appoint_administrators({**NAMES, Administrator.AUDIT: "SYSTEM"}, by=system("cli"), at=timezone.now())


def test_nobody_appoints_from_within() -> None:
    with pytest.raises(Forbidden):
        commands.appoint_administrators(NAMES, by=ANONYMOUS, at=timezone.now())


def test_the_command_line_prints_a_link_for_each(capsys: pytest.CaptureFixture[str], client: Client) -> None:
    call_command("admin", "invite", "--address", "http://localhost:8000/")
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
    assert [line[0] for line in lines] == ["system", "security", "audit"]
    page = client.get(lines[0][1].removeprefix("http://localhost:8000"), follow=True)
    assert "设置密码" in page.content.decode()
    with pytest.raises(CommandError, match="已经任命"):
        call_command("admin", "invite")


def test_a_lost_link_is_printed_again_until_a_password_is_set(capsys: pytest.CaptureFixture[str], opened: Open) -> None:
    opened("boss", password=None, kind="staff", administrator="audit")
    call_command("admin", "link", "Boss")
    assert "boss\thttp://localhost:8000/account/password/reset/key/" in capsys.readouterr().out
    opened("other", kind="staff", administrator="audit")
    with pytest.raises(CommandError, match="已设置密码"):
        call_command("admin", "link", "other")
    with pytest.raises(CommandError, match="没有这个用户名"):
        call_command("admin", "link", "nobody")


def test_a_successor_is_appointed_but_never_from_another_role(opened: Open) -> None:
    call_command("admin", "appoint", "audit", "newcomer")
    assert Account.objects.get(username="newcomer").administrator == "audit"
    with pytest.raises(CommandError, match="三员必须分立"):
        call_command("admin", "appoint", "system", "newcomer")
    opened("clerk", kind="staff", staff_id=5)
    with pytest.raises(CommandError, match="办理业务"):
        call_command("admin", "appoint", "system", "clerk")


def test_a_link_takes_over_no_account_in_use_and_no_administrator(administrator: Appoint, opened: Open) -> None:
    by, at = actor(administrator(Administrator.SYSTEM)), timezone.now()
    with pytest.raises(Refused, match="重置凭据"):
        commands.issue_enrolment_link(opened("clerk", kind="staff", staff_id=5).ref, by=by, at=at)
    fresh = opened("audit9", password=None, kind="staff", administrator="audit")
    with pytest.raises(Forbidden, match="服务器"):
        commands.issue_enrolment_link(fresh.ref, by=by, at=at)
    citizen = opened("lihua", password=None, party="person:1")
    with pytest.raises(Forbidden):
        commands.issue_enrolment_link(citizen.ref, by=by, at=at)
    security = actor(administrator(Administrator.SECURITY))
    with pytest.raises(Forbidden):
        commands.issue_enrolment_link(fresh.ref, by=security, at=at)


def test_each_administrator_has_his_own_acts_and_no_more(administrator: Appoint) -> None:
    actors = {role: actor(administrator(role)) for role in Administrator}
    everything = {role: {act for act in Act if one.has(act)} for role, one in actors.items()}
    assert everything[Administrator.SYSTEM] == {Act.MANAGE_SYSTEM, Act.MANAGE_ORGS}
    assert everything[Administrator.SECURITY] == {Act.MANAGE_SECURITY}
    assert everything[Administrator.AUDIT] == {Act.AUDIT}


@pytest.fixture
def zhang() -> int:
    begun = date(2020, 1, 1)
    organ = Organ.objects.create(
        code="11530524MB0000001A",
        name="县政务服务管理局",
        short_name="政务局",
        kind=OrganKind.DEPARTMENT.value,
        level=OrganLevel.COUNTY.value,
        area="530524000000",
        valid_from=begun,
    )
    return Staff.objects.create(job_number="0001", name="张三", organ=organ, valid_from=begun).pk


def test_only_the_system_administrator_invites_staff(administrator: Appoint, zhang: int) -> None:
    by, at = actor(administrator(Administrator.SYSTEM)), timezone.now()
    security = actor(administrator(Administrator.SECURITY))
    with pytest.raises(Forbidden):
        commands.invite_staff(zhang, username="clerk", by=security, at=at)
    invited = commands.invite_staff(zhang, username="Clerk", by=by, at=at)
    view = queries.account(invited.ref, by=by)
    assert (view.username, view.name, view.staff_id) == ("clerk", "张三", zhang)
    with pytest.raises(Conflict):
        commands.invite_staff(zhang, username="clerk2", by=by, at=at)
    with pytest.raises(NotFound):
        commands.invite_staff(zhang + 1, username="clerk3", by=by, at=at)


def test_only_the_security_administrator_suspends_and_never_himself(administrator: Appoint, opened: Open) -> None:
    security, audit = administrator(Administrator.SECURITY), administrator(Administrator.AUDIT)
    clerk, at = opened("clerk", kind="staff", staff_id=1), timezone.now()
    with pytest.raises(Forbidden):
        commands.suspend_account(clerk.ref, by=actor(audit), at=at, reason="离职")
    with pytest.raises(Invalid):
        commands.suspend_account(clerk.ref, by=actor(security), at=at, reason=" ")
    with pytest.raises(Refused):
        commands.suspend_account(security.ref, by=actor(security), at=at, reason="x")
    commands.suspend_account(clerk.ref, by=actor(security), at=at, reason="离职")
    assert queries.actor_for(clerk.row, channel=Channel.WEB, second_factor=True) is ANONYMOUS
    with pytest.raises(Conflict):
        commands.suspend_account(clerk.ref, by=actor(security), at=at, reason="离职")
    commands.restore_account(clerk.ref, by=actor(security), at=at, reason="返聘")
    kinds = [fact.kind for fact in stream(clerk.ref)]
    assert kinds == ["account_opened", "account_suspended", "account_restored"]


def test_suspension_ends_a_running_session(client: Client, administrator: Appoint, opened: Open) -> None:
    security = administrator(Administrator.SECURITY)
    account = opened("lihua", party="person:1")
    sign_in(client, "lihua")
    commands.suspend_account(account.ref, by=actor(security), at=timezone.now(), reason="冒用")
    assert client.get("/account/sessions/")["Location"].startswith("/account/login/")


def test_a_reset_takes_everything_away(client: Client, administrator: Appoint, opened: Open) -> None:
    security = administrator(Administrator.SECURITY)
    clerk = opened("audit2", kind="staff", staff_id=3, second_factor=True)
    sign_in(client, "audit2", second_factor=True)
    commands.reset_credentials(clerk.ref, by=actor(security), at=timezone.now())
    assert not clerk.row.has_usable_password()
    assert queries.second_factors(clerk.ref) == frozenset()
    assert client.get("/account/2fa/")["Location"].startswith("/account/login/")


def test_the_security_administrator_unlocks(client: Client, administrator: Appoint, opened: Open) -> None:
    security = administrator(Administrator.SECURITY)
    opened("lihua", party="person:1")
    for _ in range(5):
        client.post("/account/login/", {"login": "lihua", "password": "wrong"})
    commands.unlock("LiHua", by=actor(security), at=timezone.now())
    sign_in(client, "lihua")
    with pytest.raises(NotFound):
        commands.unlock("nobody", by=actor(security), at=timezone.now())


def test_a_known_secret_is_for_samples_only(administrator: Appoint, zhang: int) -> None:
    by = actor(administrator(Administrator.SYSTEM))
    invited = commands.invite_staff(zhang, username="clerk", by=by, at=timezone.now())
    with pytest.raises(Forbidden, match="示例"):
        commands.enrol_authenticator(invited.ref, "GEZDGNBVGY3TQOJQ", by=system("demo"), at=timezone.now())


def test_nobody_changes_someone_elses_password(opened: Open) -> None:
    lihua, wang = opened("lihua", party="person:1"), opened("wang", party="person:2")
    with pytest.raises(Forbidden):
        commands.change_password(lihua.ref, "Another-2026", by=actor(wang), at=timezone.now())


def test_the_last_five_passwords_do_not_come_back(opened: Open) -> None:
    lihua = opened("lihua", party="person:1")
    for n in range(4):
        commands.change_password(lihua.ref, f"Another-202{n}", by=actor(lihua), at=timezone.now())
    with pytest.raises(Invalid, match="最近 5 次"):
        commands.change_password(lihua.ref, PASSWORD, by=actor(lihua), at=timezone.now())
    commands.change_password(lihua.ref, "Another-2029", by=actor(lihua), at=timezone.now())
    commands.change_password(lihua.ref, PASSWORD, by=actor(lihua), at=timezone.now())


def test_no_password_and_no_name_of_a_citizen_stands_in_the_journal(opened: Open) -> None:
    account = opened("lihua", party="person:1")
    (fact,) = stream(account.ref)
    assert "lihua" not in str(dict(fact.body))
    assert PASSWORD not in str(fact)


def test_an_account_is_seen_by_its_holder_and_its_managers_only(administrator: Appoint, opened: Open) -> None:
    lihua, wang = opened("lihua", party="person:1"), opened("wang", party="person:2")
    assert queries.account(lihua.ref, by=actor(lihua)).username == "lihua"
    with pytest.raises(NotFound):
        queries.account(lihua.ref, by=actor(wang))
    with pytest.raises(Forbidden):
        queries.account_named("lihua", by=actor(administrator(Administrator.AUDIT)))


def test_the_audit_of_sign_ins_is_for_the_auditor_and_oneself(
    client: Client, administrator: Appoint, opened: Open
) -> None:
    since = timezone.now()
    lihua, wang = opened("lihua", party="person:1"), opened("wang", party="person:2")
    sign_in(client, "lihua")
    assert [event.name for event in queries.sign_ins(by=actor(lihua), since=since)] == ["lihua"]
    assert queries.sign_ins(by=actor(wang), since=since) == ()
    assert len(queries.sign_ins(by=actor(administrator(Administrator.AUDIT)), since=since)) == 1
    with pytest.raises(Forbidden):
        queries.sign_ins(by=ANONYMOUS, since=since)
