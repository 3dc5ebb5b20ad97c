"""A small county of its own, and the sample county once where a test asks for it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from onedoor.areas import commands as area_commands
from onedoor.areas import queries as areas
from onedoor.kernel.actor import Act, system
from onedoor.orgs import commands, queries
from onedoor.orgs.rules import Organ, OrganKind, OrganLevel, Period, Post, PostKind

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BY = system("orgs")
BUREAU = "11530524015240023W"
TOWN = "115305240152410173"
SINCE = Period(date(2020, 1, 1))


@pytest.fixture
def divisions(db: None) -> Iterator[None]:
    areas.forget()
    queries.forget()
    area_commands.load_divisions(area_commands.read_division_folder(), by=BY, at=NOW)
    yield
    areas.forget()
    queries.forget()


@pytest.fixture
def bureau(divisions: None) -> Organ:
    organ = Organ(
        BUREAU,
        "昌宁县某局",
        "某局",
        OrganKind.DEPARTMENT,
        OrganLevel.COUNTY,
        "530524000000",
        None,
        SINCE,
        "0875-7130000",
    )
    commands.establish_organ(organ, by=BY, at=NOW)
    for kind in PostKind:
        post(kind, organ)
    return organ


def post(kind: PostKind, organ: Organ) -> None:
    acts = {
        PostKind.CHIEF: {Act.VIEW},
        PostKind.HEAD: {Act.VIEW, Act.EXTEND},
        PostKind.COUNTY_LEADER: {Act.EXTEND},
        PostKind.SYSTEM_ADMIN: {Act.MANAGE_SYSTEM},
        PostKind.SECURITY_ADMIN: {Act.MANAGE_SECURITY},
        PostKind.AUDIT_ADMIN: {Act.AUDIT},
        PostKind.CATALOGUE: {Act.MANAGE_ITEMS},
        PostKind.ORGANISATION: {Act.MANAGE_ORGS},
        PostKind.OVERSEER: {Act.OVERSEE, Act.VIEW},
        PostKind.DELIVERY: {Act.DELIVER},
        PostKind.EXAMINER: {Act.REVIEW},
        PostKind.APPROVER: {Act.DECIDE, Act.REVIEW},
    }.get(kind, {Act.VIEW, Act.ACCEPT})
    made = Post(f"m.{kind}", f"{kind}岗", kind, organ.code, "530524", frozenset(acts), None, organ.period)
    commands.create_post(made, by=BY, at=NOW)


@pytest.fixture
def anna(bureau: Organ) -> int:
    return enrol("M01", "甲")


@pytest.fixture
def bob(bureau: Organ) -> int:
    return enrol("M02", "乙")


def enrol(job_number: str, name: str) -> int:
    return commands.enrol_staff(commands.Enrolment(job_number, name, BUREAU, SINCE), by=BY, at=NOW).id
