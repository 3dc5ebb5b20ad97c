"""Photos of a check on site: part of the case with the verdict, of pictures alone, opened like a material."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cases.world import AT, World
from tests.vault.uploads import PDF, png

from onedoor.cases import commands, queries
from onedoor.cases.rules import events as e
from onedoor.items.rules import synthetic
from onedoor.kernel.actor import Actor
from onedoor.vault import commands as vault
from onedoor.vault import queries as stored

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
WORDS = {"step": "visit", "verdict": "passed", "opinion": "布局与图纸一致", "officers": "王家宝、何翠仙"}


@pytest.fixture
def number(world: World) -> str:
    """An accepted case that calls for a check on site."""
    facts = {"business": "catering", "rented": "no"}
    answers = synthetic.answers(world.item.form, facts=facts, today=AT.date(), area="530524101001")
    application = world.application(situations=facts, answers=answers | {"entity_name": "老街米线店"})
    found = commands.submit(application, by=world.citizen, at=AT, key="k1").number
    commands.accept(found, by=world.clerk, at=AT)
    return found


def post(browser: Client, number: str, **fields: Any) -> tuple[int, str]:
    version = queries.replayed(number)[0].version
    answer = browser.post(f"/desk/cases/{number}/do/step/", {"version": version, **WORDS, **fields}, follow=True)
    return answer.status_code, answer.content.decode()


def test_photos_come_with_the_verdict_and_their_digests_stand_in_the_story(
    world: World, acting: SignIn, number: str
) -> None:
    pictures = [SimpleUploadedFile(f"{n}.png", png(width=n)) for n in range(1, 6)]
    status, page = post(acting(world.reviewer), number, **{"scan.photos": pictures})
    assert status == 200
    row, told = queries.replayed(number)
    assert row == told
    file = row.photos["visit"][0]
    done = [fact.event for fact in queries.facts(row.id) if isinstance(fact.event, e.StepCompleted)]
    assert [[id for id, _sm3 in event.photos] for event in done] == [list(row.photos["visit"])]
    assert len({sm3 for event in done for _id, sm3 in event.photos}) == 5
    look = f"/desk/cases/{number}/look/photos-visit/{file}/"
    assert look in page
    shown = acting(world.leader).get(look)
    assert shown.status_code == 200
    assert "现场照片（现场核查）" in shown.content.decode()
    assert "打开材料：现场照片" in acting(world.leader).get(f"/desk/cases/{number}/?tab=story").content.decode()
    assert acting(world.leader).get(look.replace("/look/", "/files/")).getvalue().startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert acting(world.stranger).get(look).status_code == 404


def test_what_is_no_picture_is_refused_and_nothing_is_done(world: World, acting: SignIn, number: str) -> None:
    status, page = post(acting(world.reviewer), number, **{"scan.photos": SimpleUploadedFile("表.pdf", PDF)})
    assert status == 422
    assert "请用 JPG 或者 PNG" in page
    assert "布局与图纸一致" in page
    assert "visit" not in queries.replayed(number)[0].results
    assert [file.subject for file in stored.files(by=world.reviewer)] == [""]


def test_a_photo_is_kept_through_an_error_and_need_not_be_chosen_again(
    world: World, acting: SignIn, number: str
) -> None:
    reviewer = acting(world.reviewer)
    photo = SimpleUploadedFile("后厨.png", png())
    status, page = post(reviewer, number, opinion="", **{"scan.photos": photo})
    assert status == 422
    assert "后厨.png" in page
    (file,) = stored.files(by=world.reviewer)
    assert post(reviewer, number, **{"file.photos": file.id})[0] == 200
    assert queries.replayed(number)[0].photos == {"visit": (file.id,)}


def test_only_a_check_on_site_has_photos(world: World, acting: SignIn, number: str) -> None:
    page = acting(world.reviewer).get(f"/desk/cases/{number}/").content.decode()
    assert page.count('name="scan.photos"') == 1
    file = vault.store(png(), name="a.png", by=world.reviewer, at=AT)
    status, page = post(acting(world.reviewer), number, **{"file.photos": file.id, "step": "papers"})
    assert status == 422
    assert "只有现场核查可以附现场照片" in page
    assert [one.subject for one in stored.files(by=world.reviewer)] == [""]
