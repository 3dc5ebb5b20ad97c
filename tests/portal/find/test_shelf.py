"""The shelves of the catalogue: an item once, however many organs offer it; a page that does not grow with them."""

from __future__ import annotations

import pytest
from django.utils import translation

from onedoor.items import queries
from onedoor.items.queries import Filters, Summary
from onedoor.portal.find import shelf

FAMILY = "00013102600001"


def offered(number: int, family: str = FAMILY) -> Summary:
    return Summary(
        id=number, code=f"{number:018}4{family}", name="食品经营许可", kind="01", organ=f"{number:018}",
        organ_name=f"第{number}局", level="4", area="530524000000", topics=("准营准办",), audiences=("1",), summary="",
    )  # fmt: skip


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> list[Summary]:
    lines: list[Summary] = [offered(number) for number in range(1, 61)]
    held = {"all": tuple(lines)}

    def found(filters: Filters | None = None) -> tuple[Summary, ...]:
        wanted = filters.organ if filters else ""
        return tuple(one for one in held["all"] if one.organ == wanted) if wanted else held["all"]

    monkeypatch.setattr(queries, "catalogue", found)
    monkeypatch.setattr(shelf.areas, "divisions", lambda **_: ())
    return lines


def test_an_item_of_many_organs_is_one_line_that_names_the_first_and_counts_all(catalogue: list[Summary]) -> None:
    (group,) = shelf.browsed(Filters()).items
    (line,) = shelf.lines([group])
    assert (line.count, len(line.places)) == (len(catalogue), shelf.MOST_PLACES)


def test_of_many_organs_the_facet_shows_some_and_leads_to_all(catalogue: list[Summary]) -> None:
    (some,) = shelf.browsed(Filters()).facets
    assert some.more
    assert (len(some.links), some.more.href) == (shelf.MOST_VALUES, "/items/?whole=organ")
    (every,) = shelf.browsed(Filters(), whole="organ").facets
    assert (len(every.links), every.more) == (len(catalogue) + 1, None)


def test_a_chosen_organ_stays_in_sight(catalogue: list[Summary]) -> None:
    last = catalogue[-1].organ
    (facet,) = shelf.browsed(Filters(organ=last)).facets
    assert (facet.chosen, [link.current for link in facet.links].count(True)) == ("第60局", 1)


def test_what_is_made_of_the_catalogue_is_made_once_until_it_changes(
    catalogue: list[Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shelf.browsed(Filters())
    assert shelf.browsed(Filters()) is first
    more = (*catalogue, offered(99, "00013102600002"))
    monkeypatch.setattr(queries, "catalogue", lambda filters=None: more)
    assert len(shelf.browsed(Filters()).items) == 2
    assert shelf.siblings(catalogue[0].code) == tuple(catalogue[1:])


def test_a_line_is_made_once_in_each_language_until_the_catalogue_changes(
    catalogue: list[Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = shelf.lines([catalogue])
    assert shelf.lines([catalogue])[0] is line
    with translation.override("en"):
        assert shelf.lines([catalogue])[0] is not line
    (shorter,) = shelf.lines([catalogue[:-1]])
    assert (line.count, shorter.count) == (len(catalogue), len(catalogue) - 1)
    more = (*catalogue, offered(99, "00013102600002"))
    monkeypatch.setattr(queries, "catalogue", lambda filters=None: more)
    assert shelf.lines([catalogue])[0] is not line
