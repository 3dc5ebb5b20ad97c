"""Hints from a register: they follow the age on the day, and say nothing where nothing is known."""

from datetime import date

import pytest
from ruamel.yaml import YAML
from tests.items.samples import COUNTY, DATA

from onedoor.items.rules import read
from onedoor.items.rules.codec import article_of
from onedoor.items.rules.offers import age, facts_of, fitting, offers_from

OFFERS = offers_from(YAML(typ="safe").load((DATA / "offers.yaml").read_text("utf-8"))["offers"])
TODAY = date(2026, 11, 22)


def shown(born: date | None, *, area: str = "530524101001", away: frozenset[str] = frozenset()) -> set[str]:
    facts = facts_of(born=born, sex="女", area=area, county="530524", today=TODAY)
    return {offer.key for offer in fitting(OFFERS, facts, dismissed=away)}


@pytest.mark.parametrize(
    ("born", "years"), [(date(1966, 11, 22), 60), (date(1966, 11, 23), 59), (date(2000, 2, 29), 26), (TODAY, 0)]
)
def test_years_are_full_on_the_birthday(born: date, years: int) -> None:
    assert age(born, TODAY) == years


def test_sixty_brings_the_pension_and_eighty_the_allowance() -> None:
    assert shown(date(1966, 11, 22)) == {"pension_60"}
    assert shown(date(1966, 11, 23)) == {"pension_59"}
    assert shown(date(1946, 11, 22)) == {"pension_60", "old_age_80"}
    assert shown(date(1990, 1, 1)) == set()


def test_nothing_is_offered_where_nothing_is_known_or_somebody_lives_elsewhere() -> None:
    assert shown(None) == set()
    assert shown(date(1940, 1, 1), area="") == set()
    assert shown(date(1940, 1, 1), area="530502101001") == set()


def test_what_was_put_away_stays_away() -> None:
    assert shown(date(1946, 1, 1), away=frozenset({"pension_60"})) == {"old_age_80"}


def test_every_offer_leads_to_an_item_and_names_its_article() -> None:
    codes = {read(file.read_text("utf-8"), file=file.name).item.basic_code for file in COUNTY.glob("*.yaml")}
    assert {offer.item for offer in OFFERS} <= codes
    assert all(article_of(offer.basis) for offer in OFFERS)


def test_a_condition_on_what_no_register_knows_is_refused() -> None:
    row = {"key": "x", "item": "y", "title": "z", "when": {"ge": ["$income", 1]}, "why": "", "basis": ""}
    with pytest.raises(ValueError, match="income"):
        offers_from([row])
