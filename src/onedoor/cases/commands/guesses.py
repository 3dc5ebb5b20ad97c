"""Guesses are limited: query passwords by case and by address, comparisons on the verify page by address."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from onedoor.access import queries as access
from onedoor.cases import models
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.application import password, password_of
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Refused


def check_password(number: str, given: str, *, at: datetime, address: str = "") -> bool:
    """Whether this is the case's query password. Each guess is counted before it is looked at, for the case and for
    the address it comes from, by day; a right one is taken back. The limits are data (access, ``signin.toml``).

    Raises Refused where either limit is reached: parallel guesses, or one guess at each of many cases, win nothing.
    """

    def right() -> bool:
        row = whole(models.Case.objects.filter(number=number)).first()
        asked = password_of(case_of(row), query_secret()) if row else password(number, query_secret())
        return hmac.compare_digest(asked.encode(), "".join(given.split()).encode()) and row is not None

    return counted_guess(number, right, at=at, address=address)


def counted_guess(number: str, right: Callable[[], bool], *, at: datetime, address: str = "") -> bool:
    """Count one guess, then look at it: whether it is right, as ``check_password`` says."""
    rules = access.policy(local_date(at))
    limits = {number[:32]: rules.query_tries}
    if address:
        limits[_place_of(address)] = rules.query_tries_of_address
    if any(count > limits[name] for name, count in charge_guess(tuple(limits), at=at)):
        raise Refused("too_many_guesses", "今天输错次数过多，请明天再试，或带身份证到窗口查询。")
    if not right():
        return False
    today = models.Guess.objects.filter(number__in=limits, day=local_date(at))
    today.update(count=F("count") - 1)
    return True


def charge_comparison(address: str, *, at: datetime) -> None:
    """Count one file compared with an issued licence from this address; Refused where the day's limit is reached."""
    most = access.policy(local_date(at)).compare_tries_of_address
    if any(count > most for _, count in charge_guess((_place_of(f"compare {address}"),), at=at)):
        raise Refused("too_many_comparisons", "今天从这里核对文件的次数过多，请明天再试，或向发证机关核实。")


def charge_objection(number: str, address: str, *, at: datetime) -> None:
    """Count one objection to what this case shows, sent from this address by the public page.

    Refused where the day's limit is reached, of the address or of the address and the case.
    """
    policy = access.policy(local_date(at))
    limits = {
        _place_of(f"object {address}"): policy.objections_of_address,
        _place_of(f"object {address} {number}"): policy.objections_of_case,
    }
    if any(count > limits[name] for name, count in charge_guess(tuple(limits), at=at)):
        raise Refused("too_many_objections", "今天从这里提出的异议过多，请打承办机关的电话，或者明天再试。")


def _place_of(address: str) -> str:
    """The key of an address among the guesses: hashed, as it is personal."""
    return f"@{hashlib.sha256(address.encode()).hexdigest()[:31]}"


@transaction.atomic(durable=True)
def charge_guess(names: tuple[str, ...], *, at: datetime) -> list[tuple[str, int]]:
    """Count one guess under each name; how many there are today, this one included."""
    sql = (
        "INSERT INTO cases_guess (number, day, count) SELECT name, %s, 1 FROM unnest(%s::text[]) name ORDER BY name"
        " ON CONFLICT (number, day) DO UPDATE SET count = cases_guess.count + 1 RETURNING number, count"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [local_date(at), list(names)])
        return [(name, count) for name, count in cursor.fetchall()]


@transaction.atomic(durable=True)
def forget_guesses(*, at: datetime) -> int:
    """Remove the counts of days long past; how many rows went. Twice is as good as once."""
    day = local_date(at)
    gone, _ = models.Guess.objects.filter(day__lt=day - timedelta(days=access.policy(day).guesses_kept_days)).delete()
    return gone
