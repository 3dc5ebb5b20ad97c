"""By when somebody should ask: counted in working days from the last turn, unless the organ there named a day."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.relay.rules.test_acts import CLERK, SENT, THERE, TODAY, after, reply, result, sent, taken

import onedoor.relay
from onedoor.kernel.workdays import Calendar
from onedoor.relay.rules import Relay, Reply, arrive, patience_of, wait_of, withdraw

__all__ = ["sent", "taken"]
DATA = Path(onedoor.relay.__file__).parent / "data" / "530524.toml"
RULES = patience_of(tomllib.loads(DATA.read_text("utf-8")))
PLAIN = Calendar(2026, 2026, frozenset(), frozenset(), "test")


def until(relay: Relay) -> date | None:
    found = wait_of(relay, RULES, calendar=PLAIN)
    return found.until if found else None


def test_each_stage_elsewhere_has_its_own_last_day(taken: Relay, sent: Relay) -> None:
    there = after(sent, arrive(sent, on=THERE, today=TODAY, told="", officer=CLERK))
    assert (until(taken), until(sent), until(there)) == (date(2026, 3, 3), date(2026, 3, 12), date(2026, 3, 12))
    assert until(after(there, reply(there, Reply.ACCEPTED))) == date(2026, 4, 2)
    assert until(after(sent, withdraw(sent, on=TODAY, reason="", officer=CLERK))) == date(2026, 3, 24)


def test_the_day_that_the_organ_there_named_counts(sent: Relay) -> None:
    named = after(sent, reply(sent, Reply.ACCEPTED, due=date(2026, 4, 30)))
    found = wait_of(named, RULES, calendar=PLAIN)
    assert found
    assert (found.until, found.basis) == (date(2026, 4, 30), "对方说的办结日期")


def test_what_waits_for_the_applicant_is_not_asked_after_elsewhere(sent: Relay) -> None:
    there = after(sent, arrive(sent, on=THERE, today=TODAY, told="", officer=CLERK))
    for relay in (after(sent, reply(sent, Reply.ASKED, told="还缺体检表")), after(there, result(there))):
        assert until(relay) is None


def test_a_rule_holds_for_stages_that_began_after_it(sent: Relay) -> None:
    shorter = replace(next(rule for rule in RULES if rule.stage is sent.stage), since=SENT, workdays=1)
    later = replace(shorter, since=SENT + timedelta(days=1), workdays=2)
    found = wait_of(sent, (*RULES, shorter, later), calendar=PLAIN)
    assert found
    assert found.until == date(2026, 3, 4)
    assert all(rule.basis for rule in RULES)
    with pytest.raises(ValueError, match="nowhere"):
        patience_of({"waiting": [{"stage": "nowhere", "from": SENT, "workdays": 1, "basis": "例"}]})
