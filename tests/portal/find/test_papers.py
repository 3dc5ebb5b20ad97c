"""行政许可法 §§29, 30: every paper and every part that a guide must have is there, for every item of the county."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape
from tests.items.samples import COUNTY
from tests.portal.test_find import AT

from onedoor.areas import queries as areas
from onedoor.items import commands, queries
from onedoor.items.rules import ItemVersion, read
from onedoor.kernel.actor import system
from onedoor.portal.find.papers import papers, result_sample

ITEMS = sorted(COUNTY.glob("*.yaml"))
SECTIONS = (
    "materials", "conditions", "flow", "limits", "fees", "result", "places", "basis", "rights",
)  # fmt: skip


@pytest.fixture
def catalogue(db: None) -> Iterator[tuple[ItemVersion, ...]]:
    """Every item of the county, at its first organ."""
    call_command("areas", "load")
    items = [read(file.read_text("utf-8"), file=file.name).item for file in ITEMS]
    commands.publish(items, by=system("test"), at=AT)
    queries.forget()
    yield tuple(queries.published(item.code) for item in items)
    queries.forget()
    areas.forget()


def missing(item: ItemVersion, html: str) -> list[str]:
    """What §30 demands and the page does not say: 事项、依据、条件、数量、程序、期限、材料、示范文本."""
    demanded = [item.name, item.organ_name, item.remedies.review_organ, item.remedies.court]
    demanded += [basis.law for basis in item.basis] + [condition.text for condition in item.conditions]
    demanded += [item.quantity_limit or "无数量限制", item.contacts.enquiry, item.contacts.complaint]
    demanded += [material.name for material in item.materials] + [stage.name for stage in item.flow]
    demanded += [fee.standard for fee in item.fees] or ["不收费"]
    demanded += [place.address for place in item.places] + [place.hours for place in item.places]
    demanded += [paper.blank for paper in papers(item).values()] + [paper.sample for paper in papers(item).values()]
    demanded += [f'id="{name}"' for name in SECTIONS]
    return [words for words in demanded if words not in html and escape(words) not in html]


def test_every_guide_has_every_element(catalogue: tuple[ItemVersion, ...]) -> None:
    found = {item.name: missing(item, Client().get(f"/items/{item.code}/").content.decode()) for item in catalogue}
    assert {name: words for name, words in found.items() if words} == {}


def test_whatever_a_guide_names_opens(catalogue: tuple[ItemVersion, ...]) -> None:
    addresses = [a for item in catalogue for p in papers(item).values() for a in (p.blank, p.sample)]
    addresses += [address for item in catalogue if (address := result_sample(item))]
    answers = {address: Client().get(address) for address in addresses}
    wrong = [a for a, r in answers.items() if r.status_code != 200 or not r.content.startswith(b"%PDF-")]
    assert addresses
    assert wrong == []


def test_a_paper_that_an_item_does_not_have_is_not_found(catalogue: tuple[ItemVersion, ...]) -> None:
    address = f"/items/{catalogue[0].code}/papers/"
    assert Client().get(f"{address}nosuch/blank.pdf").status_code == 404
    assert Client().get(f"{address}result/blank.pdf").status_code == 404
    issued = next(m for item in catalogue for m in item.materials if m.exempt and m.source != "form")
    assert Client().get(f"{address}{issued.key}/blank.pdf").status_code == 404
