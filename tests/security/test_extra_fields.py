"""A form changes what its page asks, and nothing else: fields that nobody offered are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.utils import timezone
from tests.access.conftest import PASSWORD
from tests.portal.conftest import County
from tests.security.roles import BY, OTHER_ORGAN, Door

from onedoor.access import commands as access
from onedoor.access.commands import NewAccount
from onedoor.cases import queries
from onedoor.cases.rules.values import State
from onedoor.journal import queries as journal

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
EXTRA = {
    **dict.fromkeys(("by", "actor", "owner", "officer", "acceptor", "on_behalf_of", "receiver_ref"), "account:1"),
    **dict.fromkeys(("applicant", "party", "principal", "holder"), "person:2"),
    **{"organ": OTHER_ORGAN, "area": "530524102001", "item": "x", "item_version": "1", "number": "1", "id": "1"},
    **{"state": "closed", "outcome": "granted", "channel": "window", "entry_mode": "import", "demo": "1"},
    **{"at": "2001-01-01", "occurred_at": "2001-01-01", "recorded_at": "2001-01-01", "due": "2099-01-01"},
    **{"is_staff": "1", "is_superuser": "1", "kind": "staff", "grants": "decide", "second_factor": "1"},
}


def test_a_page_of_the_form_takes_its_own_questions_only(county: County) -> None:
    citizen, plain = county.citizen, county.begin(county.citizen)
    county.fill(citizen, plain)
    attacked = county.begin(citizen)
    answer = citizen.client.get(attacked)
    later = {question.key: "9" for question in county.item.form.questions}
    while "/page/" in answer["Location"]:
        where = answer["Location"]
        answer = citizen.client.post(where, {**EXTRA, **later} | county.sent(citizen, where))
        assert answer.status_code == 302
    first, second = (queries.draft(each.split("/")[3], by=citizen.actor) for each in (plain, attacked))
    assert second.content == first.content
    assert replace(second, id=first.id, updated=first.updated, version=first.version) == first


def test_an_application_begins_for_nobody_but_those_one_may_act_for(county: County) -> None:
    for sent in ({"applicant": county.stranger.party}, {"applicant": county.company}, {"party": "person:2"}):
        before = queries.drafts(by=county.stranger.actor)
        answer = county.citizen.client.post(f"/apply/{county.item.code}/", sent | {"owner": county.stranger.ref})
        applicants = {held.applicant for held in queries.drafts(by=county.citizen.actor)}
        assert county.stranger.party not in applicants
        assert answer.status_code in (302, 403, 404, 422)
        assert queries.drafts(by=county.stranger.actor) == before


def test_an_act_of_the_desk_is_the_officers_own_now_and_on_this_case(door: Door) -> None:
    answer = door.browsers["clerk"].post(f"/desk/cases/{door.number}/do/accept/", {**EXTRA, "version": "1"})
    assert answer.status_code == 302
    case = queries.replayed(door.number)[0]
    last = journal.stream(f"case:{case.id}")[-1]
    assert (case.state, case.organ, case.applicant) == (State.ACCEPTED, door.world.item.organ, "person:1")
    assert (last.actor, last.entry_mode, last.channel) == (door.actors["clerk"].ref, "live", "web")
    assert last.occurred_at.year > 2001


def test_hashing_costs_the_same_for_a_name_that_exists_and_one_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    new = NewAccount("known", "某人", kind="citizen", sample=True)
    access.open_account(new, by=BY, at=timezone.now(), password=PASSWORD)
    hasher, counts = type(get_hasher()), []
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *args, **named: counts.append(1) or encode(self, *args, **named))
    spent = []
    for name in ("known", "nobody-of-this-name"):
        counts.clear()
        Client().post("/account/login/", {"login": name, "password": "Wrong-password-1"})
        spent.append(len(counts))
    assert spent[0] == spent[1] == 1
