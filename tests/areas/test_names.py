"""Places are found by any glyph and by pinyin; names that exist twice know each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onedoor.areas import commands, queries
from onedoor.areas.rules import read_variants
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def divisions(db: None) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    commands.load_divisions(commands.read_division_folder(), by=system("tests"), at=at)


@pytest.mark.parametrize("text", ["耈街", "耇街", "耉街", "goujie", "gougai", "gjyz"])
def test_a_place_is_found_by_any_glyph_and_by_pinyin(text: str) -> None:
    assert "530524208000" in {found.division.code for found in queries.search(text)}


def test_the_village_that_exists_twice_names_the_other() -> None:
    assert [one.code for one in queries.namesakes("530524205202")] == ["530524206210"]
    assert queries.namesakes("530524101001") == ()
    assert {found.path for found in queries.search("小街子")} == {"湾甸傣族乡 / 小街子村", "更戛乡 / 小街子村"}


def test_a_glyph_stands_for_one_other() -> None:
    with pytest.raises(Invalid):
        read_variants([{"glyph": "甲", "variants": "丙"}, {"glyph": "乙", "variants": "丙"}])
