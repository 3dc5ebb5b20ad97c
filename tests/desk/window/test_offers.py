"""One line a matter, however many organs do it."""

from __future__ import annotations

from onedoor.desk.window.offers import together
from onedoor.items.queries import Summary


def line(number: int, name: str, organ: str) -> Summary:
    return Summary(number, f"c{number}", name, "01", organ, organ, "county", "530524", (), (), "")


def test_the_same_matter_of_several_organs_is_one_line_where_the_first_stands() -> None:
    one, two, other = line(1, "临时救助", "田园镇"), line(2, "临时救助", "漭水镇"), line(3, "取水许可", "水务局")
    found = together([one, other, two])
    assert [(offer.first, offer.others) for offer in found] == [(one, (two,)), (other, ())]
