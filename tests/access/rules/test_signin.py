"""Lock-out, idle time and password rules, as pure values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.access.rules import Attempts, Policy, charge, fail, is_idle, password_faults, policies_from, policy_on
from onedoor.kernel.errors import Refused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = Policy(date(2019, 12, 1), "GB/T 22239-2019", 5, 30, 30, 60, 8, 3, 5, 5, 100, 15, 200, 50, 5, 3, 30, 7)


def wrong(attempts: Attempts, at: datetime, policy: Policy = POLICY) -> Attempts:
    return fail(charge(attempts, at=at, policy=policy), at=at, policy=policy)


def test_the_fifth_failure_locks_for_thirty_minutes() -> None:
    attempts = Attempts()
    for _ in range(5):
        attempts = wrong(attempts, NOW)
    assert attempts.locked_until == NOW + timedelta(minutes=30)
    with pytest.raises(Refused) as refusal:
        charge(attempts, at=NOW + timedelta(minutes=29), policy=POLICY)
    assert refusal.value.code == "signin.locked"


def test_after_the_lock_the_count_starts_anew() -> None:
    attempts = Attempts(5, NOW, NOW + timedelta(minutes=30))
    assert charge(attempts, at=NOW + timedelta(minutes=30), policy=POLICY) == Attempts(1, NOW + timedelta(minutes=30))


def test_failures_spread_over_more_than_the_window_do_not_lock() -> None:
    attempts = Attempts()
    for n in range(20):
        attempts = wrong(attempts, NOW + timedelta(minutes=10 * n))
        assert attempts.locked_until is None


@given(st.integers(1, 10), st.integers(1, 40))
def test_no_more_guesses_than_the_limit_even_when_all_are_charged_before_any_answer(tries: int, parallel: int) -> None:
    policy, attempts, allowed = replace(POLICY, tries=tries), Attempts(), 0
    for _ in range(parallel):
        try:
            attempts = charge(attempts, at=NOW, policy=policy)
        except Refused:
            continue
        allowed += 1
    assert allowed == min(tries, parallel)


def test_the_policy_in_force_is_the_youngest_that_has_begun() -> None:
    rows = [
        {**_row(), "effective_from": date(2026, 6, 1), "tries": 3},
        _row(),
    ]
    policies = policies_from(rows)
    assert policy_on(policies, date(2026, 5, 31)).tries == 5
    assert policy_on(policies, date(2026, 6, 1)).tries == 3


def test_without_a_policy_in_force_nobody_signs_in() -> None:
    with pytest.raises(Refused):
        policy_on(policies_from([_row()]), date(2000, 1, 1))


def test_a_misspelt_policy_field_is_an_error_not_a_default() -> None:
    with pytest.raises(TypeError):
        policies_from([{**_row(), "trise": 3}])


def test_a_session_is_idle_at_the_very_minute() -> None:
    assert not is_idle(NOW, at=NOW + timedelta(minutes=29, seconds=59), minutes=30)
    assert is_idle(NOW, at=NOW + timedelta(minutes=30), minutes=30)


@pytest.mark.parametrize("password", ["Changning1", "changning-2026", "一扇门Abc12345"])
def test_good_passwords(password: str) -> None:
    assert password_faults(password, username="lihua", policy=POLICY) == ()


@pytest.mark.parametrize(
    ("password", "words"),
    [("Ab1", "至少 8 位"), ("changning", "3 种"), ("Lihua-2026", "用户名"), ("Aa1Aa1Aa1", "重复")],
)
def test_bad_passwords_are_told_what_to_do(password: str, words: str) -> None:
    assert any(words in fault for fault in password_faults(password, username="lihua", policy=POLICY))


def test_every_fault_is_named_at_once() -> None:
    assert len(password_faults("aaa", username="", policy=POLICY)) == 3


def _row() -> dict[str, object]:
    return {name: getattr(POLICY, name) for name in Policy.__slots__}
