"""Materials page by page: drawn on the server, opening recorded, only for those who may see the case."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests.cases.world import World
from tests.vault.uploads import png

from onedoor.cases import commands, queries
from onedoor.desk.review.pictures import PDF, SMALL, Sheet, pages, picture
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import NotFound, Refused
from onedoor.vault import commands as vault

NOW = timezone.now()  # no limit has passed: silence has had no effect yet
SignIn = Callable[[Actor], Client]


def pdf(number: int) -> io.BytesIO:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(number):
        document.new_page(595, 842)
    document.save(out)
    return io.BytesIO(out.getvalue())


def test_pages_of_a_pdf_are_counted_and_drawn() -> None:
    assert pages(pdf(3), PDF) == 3
    drawn = Image.open(io.BytesIO(picture(pdf(3), PDF, Sheet(2, small=True))))
    assert abs(drawn.width - SMALL) <= 1
    with pytest.raises(NotFound):
        picture(pdf(3), PDF, Sheet(4))
    with pytest.raises(Refused):
        pages(io.BytesIO(b"%PDF-1.7 broken"), PDF)
    assert pages(io.BytesIO(b"x"), "application/ofd") == 0


@pytest.mark.django_db
def test_opening_is_recorded_and_makes_no_page_stale(world: World, acting: SignIn) -> None:
    material = world.item.materials[0].key
    file = vault.store(png(), name="平面图.png", by=world.citizen, at=NOW).id
    number = commands.submit(world.application(materials={material: (file,)}), by=world.citizen, at=NOW, key="k").number
    clerk, address = acting(world.clerk), f"/desk/cases/{number}/look/{material}/{file}/"
    assert "放大" in clerk.get(address).content.decode()
    assert clerk.get(f"{address}1.png").content.startswith(b"\x89PNG")
    assert clerk.get(f"{address}2.png").status_code == 404
    assert clerk.get(address.replace(file, "0")).status_code == 404
    assert "打开材料" in clerk.get(f"/desk/cases/{number}/?tab=seen").content.decode()
    assert acting(world.stranger).get(address).status_code == 404
    assert commands.accept(number, by=world.clerk, at=NOW, version=1).state == "accepted"
    assert queries.replayed(number)[0].version == 3
