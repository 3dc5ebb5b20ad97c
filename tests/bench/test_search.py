"""The catalogue that search is measured on is the county's, and its variations differ."""

import pytest

from onedoor.bench import search
from onedoor.items.rules.search import Document


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    return search.sample()


def test_every_item_of_the_sample_county_is_in_it_once(documents: tuple[Document, ...]) -> None:
    assert len(documents) >= 150
    assert len({document.family for document in documents}) == len(documents)


def test_variations_are_items_of_their_own_with_other_words_and_the_same_every_time(
    documents: tuple[Document, ...],
) -> None:
    many = search.varied(documents, 400)
    assert len({document.family for document in many}) == 400
    assert len({document.fields["keywords"] for document in many}) == 400
    assert many[: len(documents)] == documents
    assert many == search.varied(documents, 400)
