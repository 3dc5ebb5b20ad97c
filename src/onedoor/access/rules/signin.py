"""Failed attempts, idle sessions and passwords, measured against a policy that is data with a basis and a date."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from onedoor.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Policy:
    """One row of the sign-in policy (GB/T 22239-2019 §8.1.4.1; the standard gives no numbers, the county does)."""

    effective_from: date
    basis: str
    tries: int
    lock_minutes: int
    staff_idle_minutes: int
    citizen_idle_minutes: int
    password_length: int
    password_classes: int
    password_history: int
    query_tries: int  # wrong query passwords (查询密码) of one case on one day
    query_tries_of_address: int  # wrong query passwords from one address on one day: a whole hall may share one
    query_idle_minutes: int
    compare_tries_of_address: int  # files compared on the verify page from one address on one day
    objections_of_address: int  # objections to 公示 sent from one address on one day: a whole village may share one
    objections_of_case: int  # how many of these to what one case shows: each holds it up until it is answered
    requests_taken_back: int  # requests of a holder taken back of one licence within the days below, before the next
    requests_taken_back_days: int
    guesses_kept_days: int


@dataclass(frozen=True, slots=True)
class Attempts:
    """What is known of the recent attempts on one sign-in name."""

    failures: int = 0
    first_at: datetime | None = None
    locked_until: datetime | None = None


def lock_name(name: str) -> str:
    """The key of a sign-in name in the table of locks: hashed, as people type passwords into name fields."""
    return hashlib.sha256(name.strip().lower().encode()).hexdigest()


def code_name(number: int) -> str:
    """The sign-in name under which wrong codes of an account are counted."""
    return f"code:{number}"


def policies_from(rows: Iterable[Mapping[str, object]]) -> tuple[Policy, ...]:
    """Read the rows of the data file, oldest first. Raises TypeError where a row has an unknown or missing field."""
    return tuple(sorted((Policy(**row) for row in rows), key=lambda p: p.effective_from))  # type: ignore[arg-type]


def policy_on(policies: Iterable[Policy], on: date) -> Policy:
    """The policy in force on that day. Raises Refused where none has begun yet."""
    in_force = [p for p in policies if p.effective_from <= on]
    if not in_force:
        raise Refused("signin.no_policy", "还没有生效的登录安全策略，请安全管理员先行设置。")
    return max(in_force, key=lambda p: p.effective_from)


def charge(attempts: Attempts, *, at: datetime, policy: Policy) -> Attempts:
    """Count an attempt *before* the password is looked at, so that parallel guesses cannot exceed the limit.

    GB/T 22239-2019 §8.1.4.1 b). Raises Refused ``signin.locked``, alike for known and unknown names.
    """
    span = timedelta(minutes=policy.lock_minutes)
    if attempts.locked_until and at < attempts.locked_until:
        raise _locked(policy)
    if attempts.locked_until or attempts.first_at is None or at - attempts.first_at >= span:
        return Attempts(1, at)
    if attempts.failures >= policy.tries:
        raise _locked(policy)
    return replace(attempts, failures=attempts.failures + 1)


def fail(attempts: Attempts, *, at: datetime, policy: Policy) -> Attempts:
    """After a charged attempt failed: the last allowed one locks the name for the policy's minutes."""
    if attempts.failures < policy.tries or attempts.locked_until:
        return attempts
    return replace(attempts, locked_until=at + timedelta(minutes=policy.lock_minutes))


def forgive(attempts: Attempts) -> Attempts:
    """After a charged attempt succeeded: its own count back, so that only failures count."""
    return replace(attempts, failures=max(attempts.failures - 1, 0))


def _locked(policy: Policy) -> Refused:
    return Refused(
        "signin.locked",
        f"尝试次数过多，该用户名已暂停登录。请 {policy.lock_minutes} 分钟后再试，或联系安全管理员解锁。",
    )


def is_idle(last_seen: datetime, *, at: datetime, minutes: int) -> bool:
    """Whether a session has rested too long (登录连接超时自动退出, GB/T 22239-2019 §8.1.4.1 b)."""
    return at - last_seen >= timedelta(minutes=minutes)


def password_faults(password: str, *, username: str, policy: Policy) -> tuple[str, ...]:
    """Every fault of a new password at once, in words that say what to do; empty means good."""
    faults = []
    if len(password) < policy.password_length:
        faults.append(f"密码至少 {policy.password_length} 位。")
    if _classes(password) < policy.password_classes:
        faults.append(f"密码须含大写字母、小写字母、数字、符号中的至少 {policy.password_classes} 种。")
    if username and len(username) > 2 and username.lower() in password.lower():
        faults.append("密码中不能包含用户名。")
    if len(set(password)) < 4:
        faults.append("密码中重复的字符太多。")
    return tuple(faults)


def _classes(password: str) -> int:
    letters = string.ascii_letters + string.digits
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    return sum(any(c in kind for c in password) for kind in kinds) + any(c not in letters for c in password)
