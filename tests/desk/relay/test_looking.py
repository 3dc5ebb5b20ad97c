"""Photos of what was taken in for elsewhere: checked as any upload, seen by their window alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cases.world import World, staff
from tests.desk.relay.test_views import CLERK, ELSEWHERE, made

from onedoor.demo.files import pdf, png
from onedoor.kernel.actor import Act, Actor
from onedoor.relay import queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
NEIGHBOUR = staff("邻窗", None, Act.RECEIVE)


def test_a_photo_of_the_counter_is_kept_and_looked_at(world: World, acting: SignIn) -> None:
    clerk = acting(CLERK)
    number = made(world, clerk)
    sound = SimpleUploadedFile("申请表.png", png(90)), SimpleUploadedFile("户口簿.pdf", pdf("户口簿"))
    told = clerk.post(f"/desk/relay/{number}/files/", {"files": [*sound, SimpleUploadedFile("坏.pdf", b"MZ")]})
    assert (told.status_code, "坏.pdf" in told.content.decode()) == (422, True)
    first, second = queries.relay(number, by=CLERK).files
    assert clerk.post(f"/desk/relay/{number}/files/").status_code == 422
    for each, name in ((first, "申请表.png"), (second, "户口簿.pdf")):
        page = clerk.get(f"/desk/relay/{number}/files/{each}/").content.decode()
        assert (name in page, f"/desk/relay/{number}/files/{each}/1/" in page) == (True, True)
        assert clerk.get(f"/desk/relay/{number}/files/{each}/1/")["Content-Type"] == "image/png"
    assert b"".join(clerk.get(f"/desk/relay/{number}/files/{first}/original/")) == png(90)
    assert acting(NEIGHBOUR).get(f"/desk/relay/{number}/files/{first}/").status_code == 200
    assert acting(ELSEWHERE).get(f"/desk/relay/{number}/files/{first}/original/").status_code == 404
    other = made(world, clerk, key="k2")
    assert clerk.get(f"/desk/relay/{other}/files/{first}/original/").status_code == 404
