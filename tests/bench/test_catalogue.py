"""The items of the benchmark are real ones: valid codes, no error of the checker, taken in like any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command

from onedoor.bench import catalogue
from onedoor.items import queries
from onedoor.items.rules import Item, errors, lint_all
from onedoor.kernel.codes import is_valid_uscc

MORE_THAN_THE_SAMPLE = 450


@pytest.fixture(autouse=True)
def fresh_catalogue() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture(scope="module")
def made() -> list[Item]:
    return catalogue.items(MORE_THAN_THE_SAMPLE)


def test_each_has_a_code_of_its_own_and_its_organ_a_valid_one(made: list[Item]) -> None:
    assert len({item.code for item in made}) == MORE_THAN_THE_SAMPLE
    assert all(is_valid_uscc(item.organ) for item in made)


def test_the_checker_has_no_error_to_tell(made: list[Item]) -> None:
    found = lint_all(made, queries.tables(), on=date(2026, 3, 2))
    assert [finding for each in found for finding in errors(each)] == []


@pytest.mark.django_db
def test_what_is_published_is_found_and_a_second_round_adds_only_what_is_new() -> None:
    call_command("areas", "load")
    assert catalogue.publish(12)["published"] == 12
    assert catalogue.publish(15)["published"] == 3
    assert queries.count() == 15
    figures = catalogue.read()
    assert set(figures) == {"load", "memory", "cold", "warm", "first_search"}
    assert figures["cold"] > 0
