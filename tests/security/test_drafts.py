"""A draft holds its applicant's data: who may not apply for them any more does not see it any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County, mandate_terms, today

from onedoor.access import commands as access
from onedoor.access.rules import MandateKind, MandateTerms
from onedoor.cases import commands, queries
from onedoor.cases.rules.drafts import Content
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import NotFound
from onedoor.vault import commands as vault

pytestmark = pytest.mark.django_db


def begun(county: County) -> tuple[str, str, str]:
    """李四 fills in an application for 张三 by mandate and uploads a file: mandate, draft, file."""
    mandate = mandate_terms(county)
    agent = county.stranger
    draft = county.begin(agent, county.citizen.party)
    county.fill(agent, draft)
    return mandate, draft, county.upload(agent, draft)


def addresses(draft: str, file: str) -> tuple[str, ...]:
    """Every address under a draft."""
    places = ("", "page/subject/", "materials/", "materials/layout/", f"files/{file}/", "check/", "done/")
    return tuple(draft + place for place in places)


def statuses(client: Client, paths: tuple[str, ...]) -> set[int]:
    return {client.get(path).status_code for path in paths}


def test_an_agent_whose_mandate_was_revoked_opens_no_draft_of_the_principal(county: County) -> None:
    mandate, draft, file = begun(county)
    agent, name = county.stranger, draft.split("/")[3]
    assert statuses(agent.client, addresses(draft, file)[:-1]) == {200, 302}
    assert name in {held.id for held in queries.drafts(by=agent.actor)}
    access.revoke_mandate(mandate, by=county.citizen.actor, at=timezone.now())
    assert statuses(agent.client, addresses(draft, file)) == {404}
    assert queries.drafts(by=agent.actor) == ()
    for page in ("/mine/", f"/apply/{county.item.code}/"):
        assert name not in agent.client.get(page).content.decode()


@pytest.mark.parametrize("place", ["page/subject/", "materials/layout/", "check/", "discard/"])
def test_nor_does_he_write_to_it(county: County, place: str) -> None:
    mandate, draft, _ = begun(county)
    agent, name = county.stranger, draft.split("/")[3]
    before = queries.draft(name, by=agent.actor)
    access.revoke_mandate(mandate, by=county.citizen.actor, at=timezone.now())
    answer = agent.client.post(draft + place, {"version": before.version, "entity_name": "别的店", "consent": "yes"})
    assert answer.status_code == 404
    with pytest.raises(NotFound):
        commands.save_draft(name, by=agent.actor, at=timezone.now(), version=before.version, content=Content())
    assert queries.count(by=county.citizen.actor) == 0


def test_a_mandate_to_look_is_none_to_fill_in(county: County) -> None:
    mandate, draft, file = begun(county)
    access.revoke_mandate(mandate, by=county.citizen.actor, at=timezone.now())
    narrow = MandateTerms(
        kind=MandateKind.DELEGATION,
        principal=county.citizen.party,
        agent=county.stranger.party,
        acts=frozenset({Act.VIEW}),
        valid_from=today(),
        valid_to=today() + timedelta(days=30),
    )
    access.grant_mandate(narrow, by=county.citizen.actor, at=timezone.now())
    assert statuses(county.stranger.client, addresses(draft, file)) == {404}


def test_a_mandate_for_another_item_opens_no_draft_of_this_one(county: County) -> None:
    mandate, draft, file = begun(county)
    access.revoke_mandate(mandate, by=county.citizen.actor, at=timezone.now())
    narrow = MandateTerms(
        kind=MandateKind.DELEGATION,
        principal=county.citizen.party,
        agent=county.stranger.party,
        acts=frozenset({Act.VIEW, Act.SUBMIT}),
        valid_from=today(),
        valid_to=today() + timedelta(days=30),
        items=frozenset({"another"}),
    )
    access.grant_mandate(narrow, by=county.citizen.actor, at=timezone.now())
    assert statuses(county.stranger.client, addresses(draft, file)) == {404}


def test_a_file_opens_only_through_the_draft_that_holds_it(county: County) -> None:
    _, draft, file = begun(county)
    agent = county.stranger
    loose = vault.store(b"%PDF-1.7\n%%EOF\n", name="别的.pdf", by=agent.actor, at=timezone.now()).id
    assert agent.client.get(f"{draft}files/{file}/").status_code == 200
    for other in (loose, str(uuid4())):
        assert agent.client.get(f"{draft}files/{other}/").status_code == 404
    assert county.citizen.client.get(f"{draft}files/{file}/").status_code == 404
    own = county.begin(agent)
    assert agent.client.get(f"{own}files/{file}/").status_code == 404
