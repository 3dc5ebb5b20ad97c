"""A draft is not kept without end: its owner is told, and only then it goes, with its files."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, jobs, models
from onedoor.cases.queries.drafts import kept
from onedoor.cases.rules.drafts import Content, Draft
from onedoor.journal import queries as journal
from onedoor.kernel.clock import local_date
from onedoor.notices import queries as notices
from onedoor.vault import commands as vault
from onedoor.vault.models import File

pytestmark = pytest.mark.django_db
RULE = kept(local_date(AT))
IDLE = AT + RULE.idle + timedelta(days=1)
GONE = IDLE + RULE.notice + timedelta(days=1)


def begun(world: World) -> Draft:
    draft = commands.start_draft(world.item.code, by=world.citizen, at=AT, applicant=world.application().applicant)
    file = vault.store(b"%PDF-1.4\n%%EOF", name="租赁合同.pdf", by=world.citizen, at=AT)
    content = Content(files={"lease": (file.id,)})
    return commands.save_draft(draft.id, by=world.citizen, at=AT, version=draft.version, content=content)


def told(world: World) -> list[str]:
    return [message.title for message in notices.inbox(by=world.citizen)]


def run(at: datetime) -> None:
    jobs.forget_drafts(int(at.timestamp()))


def test_what_is_still_being_filled_in_stays_and_nobody_is_told(world: World) -> None:
    begun(world)
    run(AT + RULE.idle)
    assert (models.Draft.objects.count(), told(world)) == (1, [])


def test_the_owner_is_told_once_and_the_draft_stays_for_the_time_told(world: World) -> None:
    begun(world)
    run(IDLE)
    run(IDLE + RULE.notice)
    assert told(world) == ["没填完的申请快要删除了"]
    assert models.Draft.objects.get().ends == local_date(IDLE) + RULE.notice


def test_after_that_draft_and_files_go_and_the_journal_says_so(world: World) -> None:
    draft = begun(world)
    run(IDLE)
    run(GONE)
    assert (models.Draft.objects.count(), File.objects.count()) == (0, 0)
    (fact,) = journal.stream(f"draft:{draft.id}")
    assert (fact.kind, fact.body["files"], fact.body["owner"]) == ("draft_erased", 1, world.citizen.ref)


def test_nothing_goes_unannounced_however_long_nobody_swept(world: World) -> None:
    begun(world)
    run(GONE + timedelta(days=1000))
    assert models.Draft.objects.count() == 1


def test_whoever_saves_again_keeps_it(world: World) -> None:
    draft = begun(world)
    run(IDLE)
    saved = commands.save_draft(draft.id, by=world.citizen, at=IDLE, version=draft.version, content=draft.content)
    run(GONE)
    assert (saved.ends, models.Draft.objects.get().ends) == (None, None)
