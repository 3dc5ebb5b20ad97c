"""The sample county as it stands after loading: complete, real, and loaded once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from onedoor.access import queries as access
from onedoor.agency import queries as agency
from onedoor.agency.rules import State as Waits
from onedoor.cases import queries as cases
from onedoor.cases.rules.clocks import Alarm, Threshold, alarm
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, State
from onedoor.demo import accounts, county
from onedoor.hotline import queries as hotline
from onedoor.items import queries as catalogue
from onedoor.items.queries import versions
from onedoor.journal import commands as journal
from onedoor.journal import queries as facts
from onedoor.journal.rules import EntryMode
from onedoor.kernel.actor import Actor, Channel, system
from onedoor.relay import queries as relay
from onedoor.relay.rules import Stage

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
BY = system("tests")


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo instance's own folder; versions known by number from another test's database are put aside."""
    for name, empty in (("_held", []), ("_versions", {}), ("_rows", {})):
        monkeypatch.setattr(versions, name, empty)
    settings.DATA = tmp_path
    settings.DEMO = True
    return tmp_path


def replayed() -> list[Case]:
    """Every case, its row equal to the replay of its journal."""
    found = []
    for row in cases.listing(by=BY, size=500):
        held, told = cases.replayed(row.number)
        assert held == told
        found.append(held)
    return found


def citizen(username: str) -> Actor:
    ref = access.account_named(username, by=BY).ref
    return access.actor_of(ref, channel=Channel.WEB, on=date(2026, 11, 23))


def alarms(found: list[Case], on: date) -> Counter[Alarm]:
    pages = [cases.case_page(case.number, by=BY, on=on) for case in found if case.open]
    return Counter(alarm(clock.left, Threshold()) for page in pages for clock in page.clocks[:1])


def test_the_sample_county_is_loaded_once_and_shows_everything(committed_db: str, folder: Path) -> None:
    call_command("areas", "load")
    journal.declare_demo()
    said: list[str] = []
    assert county.load(at=NOW, say=said.append)
    found = replayed()
    assert len(found) == 90
    assert sum(hotline.counts(by=BY).values()) == 4
    assert {errand.state for errand in agency.listing(by=BY)} == {Waits.WAITING, Waits.WITHDRAWN}
    assert [one.stage for one in relay.late_within("530524", on=date(2026, 11, 23))] == [Stage.SENT]
    assert {relay.own(by=citizen(name))[0].stage for name in ("lixiulan", "zhouguoqiang")} == {
        Stage.SENT,
        Stage.RETURNED,
    }
    assert len({case.item_name for case in found}) == 36
    assert {case.state for case in found} == set(State)
    assert {case.outcome for case in found} == {*Outcome, None}
    assert {AcceptedBy.OFFICER, AcceptedBy.SILENCE} <= {case.accepted_by for case in found}
    assert [case for case in found if case.stopped]
    assert [case for case in found if case.added]
    assert [case for case in found if case.rating]
    assert [case for case in found if case.by_hand.keys() & case.results.keys()]  # what no rule confirmed, people did
    assert {case.channel for case in found} == {"web", "window"}
    assert set(alarms(found, date(2026, 11, 23))) == set(Alarm)
    left = {job.task_name for job in ProcrastinateJob.objects.all() if job.task_name.startswith("cases.")}
    # Of the one case decided for the instance's own worker; and what the calendars' publication asks of it.
    assert left == {"cases.after_act", "cases.make_result", "cases.recompute"}
    assert [case.item_name for case in found if case.state is State.DECIDED] == ["食品经营许可"]
    simulated = {entry.entry_mode for case in found for entry in facts.stream(f"case:{case.id}")}
    assert simulated == {EntryMode.SIMULATED}
    before, held = (folder / accounts.FILE).read_text(), cases.count(by=BY)
    assert held == len(found) + 6  # the parts of the two bundles stand in these
    assert not county.load(at=NOW, say=said.append)
    assert cases.count(by=BY) == held
    assert (folder / accounts.FILE).read_text() == before
    check_accounts()


def check_accounts() -> None:
    """Every account of the file is there and marked 示例; staff have a second factor, each their own."""
    listed = [account for account in accounts.load() if not account.client]
    for account in listed:
        view = access.account_named(account.username, by=BY)
        assert view.sample
        assert bool(account.secret) == ("totp" in access.second_factors(view.ref)) == (view.kind == "staff")
    assert [account for account in accounts.load() if account.client]
    assert len({account.secret for account in listed if account.secret}) == len([a for a in listed if a.secret])


def test_a_failure_leaves_nothing_behind(committed_db: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("areas", "load")
    journal.declare_demo()

    def broken(*_args: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(county.stories, "play", broken)
    with pytest.raises(RuntimeError):
        county.load(at=NOW, say=lambda _text: None)
    assert facts.stream("account:1") == ()
    assert catalogue.count() == 0


def test_a_real_instance_takes_no_sample_data(committed_db: str, folder: Path) -> None:
    with pytest.raises(CommandError, match="正式实例"):
        call_command("demo", "load")
