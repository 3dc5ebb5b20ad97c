"""Other systems: admitted, given tokens, ended."""

import base64
from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client
from django.utils import timezone

from onedoor.access import commands, queries
from onedoor.access.rules import ClientTerms
from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS, Act, ActorKind, Target, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db
TERMS = ClientTerms("企业开办系统", "", frozenset({Act.SUBMIT, Act.VIEW}), ("530524",))
TARGET = Target(frozenset({"organ"}), "530524000000", applicant="person:1")
BY = system("demo")


def ask(browser: Client, client_id: str, secret: str, **fields: str) -> dict[str, str]:
    header = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    body = {"grant_type": "client_credentials", **fields}
    answer: dict[str, str] = browser.post("/oauth/token", body, headers={"Authorization": f"Basic {header}"}).json()
    return answer


def test_a_token_makes_an_actor_in_one_statement(client: Client, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    token = ask(client, admitted.client_id, admitted.secret, scope="submit view")["access_token"]
    with django_assert_num_queries(1):
        actor = queries.client_actor_for(token, at=timezone.now())
    assert actor is not None
    assert (actor.kind, actor.name) == (ActorKind.CLIENT, "企业开办系统")
    assert actor.may(Act.SUBMIT, TARGET)
    assert not actor.may(Act.DECIDE, TARGET)


def test_a_token_covers_only_what_was_asked_for(client: Client) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    token = ask(client, admitted.client_id, admitted.secret, scope="view")["access_token"]
    actor = queries.client_actor_for(token, at=timezone.now())
    assert actor is not None
    assert not actor.may(Act.SUBMIT, TARGET)


def test_a_scope_beyond_the_admission_gives_no_token(client: Client) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    assert ask(client, admitted.client_id, admitted.secret, scope="read_journal")["error"] == "invalid_scope"


@pytest.mark.parametrize("grant", ["authorization_code", "password", "refresh_token"])
def test_no_other_grant_is_open(client: Client, grant: str) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    assert "error" in ask(client, admitted.client_id, admitted.secret, grant_type=grant)


def test_a_wrong_secret_gives_no_token(client: Client) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    assert ask(client, admitted.client_id, "guess", scope="view")["error"] == "invalid_client"


def test_tokens_and_secrets_rest_hashed(client: Client) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    token = ask(client, admitted.client_id, admitted.secret, scope="view")["access_token"]
    row = Token.objects.get()
    assert token not in row.hash
    assert admitted.secret not in (row.client.secret if row.client else "")
    assert admitted.secret not in repr(admitted)


def test_an_expired_token_is_nobody(client: Client) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    token = ask(client, admitted.client_id, admitted.secret, scope="view")["access_token"]
    assert queries.client_actor_for(token, at=timezone.now() + timedelta(hours=2)) is None
    assert queries.client_actor_for("guess", at=timezone.now()) is None


def test_an_ended_admission_kills_its_tokens_at_once(client: Client) -> None:
    admitted = commands.admit_client(TERMS, by=BY, at=timezone.now())
    token = ask(client, admitted.client_id, admitted.secret, scope="view")["access_token"]
    commands.end_client(admitted.client_id, by=BY, at=timezone.now())
    assert queries.client_actor_for(token, at=timezone.now()) is None
    assert "error" in ask(client, admitted.client_id, admitted.secret, scope="view")
    assert [fact.kind for fact in stream(f"client:{admitted.client_id}")] == ["client_admitted", "client_ended"]
    with pytest.raises(Conflict):
        commands.end_client(admitted.client_id, by=BY, at=timezone.now())


def test_nobody_else_admits_systems() -> None:
    with pytest.raises(Forbidden):
        commands.admit_client(TERMS, by=ANONYMOUS, at=timezone.now())


def test_a_name_is_admitted_once() -> None:
    commands.admit_client(TERMS, by=BY, at=timezone.now())
    with pytest.raises(Conflict):
        commands.admit_client(TERMS, by=BY, at=timezone.now())


def test_a_bad_admission_changes_nothing() -> None:
    with pytest.raises(Invalid):
        commands.admit_client(ClientTerms("", "", frozenset({Act.DECIDE}), ()), by=BY, at=timezone.now())
    assert not Token.objects.exists()
