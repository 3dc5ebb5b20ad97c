"""Lists, versions and search over what is published."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.items.samples import changed, item

from onedoor.items import commands, queries
from onedoor.items.queries import Filters, versions
from onedoor.kernel.actor import system
from onedoor.kernel.errors import NotFound

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BY = system("test")
SLUGS = ("food-business", "construction", "water-abstraction")
pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> None:
    commands.publish([item(slug) for slug in SLUGS], by=BY, at=AT)


@pytest.mark.usefixtures("catalogue")
def test_the_catalogue_lists_every_item_by_name_and_counts_it() -> None:
    names = [line.name for line in queries.catalogue()]
    assert names == sorted(item(slug).name for slug in SLUGS)
    assert queries.count() == 3


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("filters", "slugs"),
    [
        (Filters(topic="准营准办"), {"food-business"}),
        (Filters(audience="1"), {"food-business", "water-abstraction"}),
        (Filters(organ=item("construction").organ), {"construction"}),
        (Filters(level="5"), set()),
        (Filters(kind="01"), set(SLUGS)),
        (Filters(area="530524101000"), set(SLUGS)),  # the county serves its townships
        (Filters(area="530525000000"), set()),
    ],
)
def test_a_list_is_narrowed(filters: Filters, slugs: set[str]) -> None:
    assert {line.name for line in queries.catalogue(filters)} == {item(slug).name for slug in slugs}
    assert queries.count(filters) == len(slugs)


@pytest.mark.usefixtures("catalogue")
def test_a_known_item_costs_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = queries.published(item().code)
    with django_assert_num_queries(0):
        assert queries.published(item().code) is version
        assert queries.version(version.id) is version
        assert queries.catalogue()


@pytest.mark.usefixtures("catalogue")
def test_another_process_learns_of_a_new_version_with_one_small_statement(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.published(item().code)
    monkeypatch.setattr(versions, "CHECK_SECONDS", 0.0)
    with django_assert_num_queries(1):
        queries.published(item().code)
    monkeypatch.setattr(queries, "forget", lambda: None)  # as if it had been published elsewhere
    commands.publish([changed({"summary": "新说明"})], by=BY, at=AT)
    assert queries.published(item().code).summary == "新说明"


@pytest.mark.usefixtures("catalogue")
def test_search_finds_and_never_ends_in_nothing() -> None:
    assert queries.search("开小饭馆").hits[0].document.code == item().code
    nothing = queries.search("火箭发射")
    assert nothing.hits or nothing.suggestions


@pytest.mark.usefixtures("catalogue")
def test_search_learns_of_withdrawal() -> None:
    assert queries.search("取水许可").hits[0].document.name == "取水许可"
    commands.withdraw(item("water-abstraction").code, reason="试", by=BY, at=AT)
    found = queries.search("取水许可")
    assert "取水许可" not in [hit.document.name for hit in (*found.hits, *found.suggestions)]


def test_an_empty_catalogue_answers_too() -> None:
    assert queries.catalogue() == ()
    assert queries.search("开小饭馆").hits == ()
    with pytest.raises(NotFound):
        queries.published("0" * 33)
    with pytest.raises(NotFound):
        queries.version(10**9)


def test_internal_approvals_are_listed_only_for_who_asks_for_them() -> None:
    commands.publish([item("internal-fund-payment"), item()], by=BY, at=AT)
    inside = item("internal-fund-payment").code
    assert [line.code for line in queries.catalogue(Filters())] == [item().code]
    assert [line.code for line in queries.catalogue(Filters(kind="11"))] == [inside]
    assert inside in [line.code for line in queries.catalogue(Filters(audience="6"))]
    assert {line.code for line in queries.catalogue()} == {inside, item().code}
