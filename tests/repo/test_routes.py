"""Who may open what: every address × every method × every role, decided on purpose in one table (``routes.txt``).

A new address fails the test until somebody has written its line. What a role meets: ``in`` (let in: an answer, a
refusal of the content, or a redirect within), ``sign-in``, ``enrol`` (staff without a second factor are sent to
enrol one), ``mine`` (led to 我的, which says why not), or the status. A line names groups of roles and what they
meet; ``rest`` is everybody not named before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings
from tests.cases.world import World
from tests.security.roles import ADMINISTRATORS, CITIZENS, HANDLERS, OUTSIDE, ROLES, STAFF, Door, open_door

pytestmark = pytest.mark.ignore_template_errors  # pages have tests of their own

TABLE = Path(__file__).with_name("routes.txt")
GROUPS = {
    "STAFF": STAFF,
    "HANDLERS": HANDLERS,
    "ADMINISTRATORS": ADMINISTRATORS,
    "CITIZENS": CITIZENS,
    "OUTSIDE": OUTSIDE,
}
METHODS = ("GET", "POST")
UNKNOWN_METHODS = ("PUT", "PATCH", "DELETE", "TRACE")


@pytest.fixture
def door(world: World, settings: Settings) -> Door:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    with connection.cursor() as cursor:  # whoever is registered here is none of the roles: person:1 stays unknown
        cursor.execute("SELECT setval(pg_get_serial_sequence('registries_person', 'id'), 1000)")
    return open_door(world)


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every address of the project, those of libraries included."""
    for entry in resolver.url_patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield path
        else:
            yield from patterns(entry, path)


def table() -> dict[tuple[str, str], dict[str, str]]:
    """(method, address) → role → what it meets."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            route, *rules = (part.strip() for part in line.split("|"))
            method, path = route.split(maxsplit=1) if " " in route else (route, "")
            found[method, path] = expected(rules)
    return found


def expected(rules: list[str]) -> dict[str, str]:
    """Role → what it meets; the first rule that names a role counts."""
    meets: dict[str, str] = {}
    for rule in rules:
        names, _, outcome = rule.partition(":")
        for name in names.split():
            for role in ROLES if name == "rest" else GROUPS.get(name, (name,)):
                assert role in ROLES, role
                meets.setdefault(role, outcome.strip())
    return meets


def _key(pattern: str, door: Door) -> str:
    if "/papers/" in pattern:
        return "form"
    return door.material if "/materials/" in pattern else door.world.item.form.pages[0].key


WORDS = {"<str:step>": "notice", "<str:what>": "reissue"}  # that name no thing of their own
KINDS = ("pk", "number", "sheet", "entry", "draft", "run", "person", "account")
NUMBERED = {f"<int:{name}>": "1" for name in KINDS}


def address(pattern: str, door: Door) -> str:
    """A real address for a pattern: of things that exist, the owner's."""
    if pattern.startswith("account/^password"):
        return "/account/password/reset/key/1-abc/"
    values = (
        WORDS
        | NUMBERED
        | {
            "<str:number>": door.number,
            "<number>": door.number,
            "<str:code>": door.world.item.code,
            "<code>": door.world.item.code,
            "<str:act>": "supplement",
            "<str:material>": door.material,
            "<str:file>": door.file,
            "<str:kind>": "receipt",
            "<str:form>": "csv",
            "<slug:words>": "elder",
            "<slug:provider_id>": "identity",
            "<uuid:draft>": door.draft,
            "<uuid:file>": door.loose if "/draft/" in pattern else door.file,
            "<str:token>": door.token,
            "<str:question>": "ZX20260302000001",
            "<str:family>": door.world.item.family,
            "<str:place>": "basic",
            "<str:errand>": "DB20260302000001",
            "<str:villager>": "nobody",
            "<str:area>": "530524101001",
            "<str:name>": "食品安全法",
            "<str:visit>": door.visit,
            "<str:key>": _key(pattern, door),
        }
    )
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    assert "<" not in pattern, f"say in address() what stands for the parameter of {pattern}"
    return f"/{pattern}"


@contextmanager
def undone(browser: Client) -> Iterator[Client]:
    """Whatever is written inside is rolled back; the browser keeps its session."""
    kept = {name: cookie.value for name, cookie in browser.cookies.items()}
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # outermost acts are durable
    with around:
        yield browser
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.load(kept)


def met(answer: HttpResponseBase) -> str:
    """What a role met."""
    status = answer.status_code
    if status in (301, 302):
        where = answer["Location"]
        sent = {"account_login": "sign-in", "mfa_activate_totp": "enrol", "portal:mine": "mine"}
        return next((word for name, word in sent.items() if where.partition("?")[0] == reverse(name)), "in")
    return "in" if status < 300 or status in (400, 409, 422) else str(status)


def knock(door: Door, method: str, pattern: str) -> dict[str, str]:
    """What every role meets at one address."""
    seen = {}
    for role in ROLES:
        with undone(door.browsers[role]) as browser:
            seen[role] = met(browser.generic(method, address(pattern, door)))
    return seen


def line(method: str, pattern: str, seen: dict[str, str]) -> str:
    """A line of the table, for whoever adds an address and agrees with what it does."""
    outcomes: dict[str, set[str]] = {}
    for role, outcome in seen.items():
        outcomes.setdefault(outcome, set()).add(role)
    *named, (last, _) = sorted(outcomes.items(), key=lambda pair: len(pair[1]))
    rules = [f"{' '.join(shortly(roles))}: {what}" for what, roles in named]
    return " | ".join([f"{method} {pattern}", *rules, f"rest: {last}"])


def shortly(roles: set[str]) -> Iterator[str]:
    """Roles by their groups."""
    for name, group in GROUPS.items():
        if set(group) <= roles:
            roles = roles - set(group)
            yield name
    yield from (role for role in ROLES if role in roles)


def test_every_address_meets_every_role_as_the_table_says(door: Door) -> None:
    rows, differing = table(), []
    for pattern in patterns(get_resolver()):
        for method in METHODS:
            seen = knock(door, method, pattern)
            if rows.get((method, pattern)) != seen:
                differing.append(line(method, pattern, seen))
    assert not differing, "not in the table, or otherwise than the table says:\n" + "\n".join(differing)


def test_the_table_names_no_address_that_is_gone() -> None:
    assert {path for _, path in table()} == set(patterns(get_resolver()))


@pytest.mark.parametrize("method", UNKNOWN_METHODS)
def test_other_methods_do_nothing(door: Door, method: str) -> None:
    done = []
    for pattern in patterns(get_resolver()):
        if pattern.startswith("account/") or pattern == "api/v1/openapi.json":
            continue  # the libraries' own: they answer a PUT as a GET and read no body
        for role in ("visitor", "owner", "leader", "client"):
            with undone(door.browsers[role]) as browser:
                answer = browser.generic(method, address(pattern, door))
            if answer.status_code not in (302, 400, 401, 403, 404, 405):
                done.append((method, pattern, role, answer.status_code))
    assert done == []


@pytest.mark.parametrize("path", ["/static/", "/static/../config/settings.py", "/static/..%2f..%2fkeys/django.key"])
def test_static_files_are_only_those_collected(door: Door, path: str) -> None:
    assert {role: door.browsers[role].get(path).status_code for role in ROLES if role != "weak"} == dict.fromkeys(
        [role for role in ROLES if role != "weak"], 404
    )
