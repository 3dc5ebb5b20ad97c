"""The state of a catalogue: scores from findings, organs from items."""

from dataclasses import replace

from tests.items.broken_items import broken, patch
from tests.items.samples import DAY, item, tables

from onedoor.items.rules import Severity, report
from onedoor.items.rules.lint import Tables

TABLES = tables()
CLEAN = item("individual-business")


def without_warnings(found: Tables) -> Tables:
    """What is no finding cannot weigh: only errors are charged here."""
    weights = found.editions["index_weights"][0]
    return Tables({**found.editions, "index_weights": (replace(weights, value={"error": 30, "warning": 0}),)})


def test_an_item_loses_points_once_for_each_rule_it_breaks() -> None:
    told = report([CLEAN, broken(patch("no-remedies"))], on=DAY, tables=without_warnings(TABLES))
    assert [line.score for line in told.items] == [100, 70]
    twice = broken({"set": {"remedies.text": "可以反映", "remedies.court": "", "contacts.complaint": "1"}})
    (line,) = report([twice], on=DAY, tables=without_warnings(TABLES)).items
    assert (line.errors, line.score) == (3, 40)


def test_an_organ_is_the_mean_of_its_items_and_the_lowest_comes_first() -> None:
    one = broken(patch("no-court"))
    sibling = replace(item("individual-business"), organ=one.organ, organ_name=one.organ_name)
    other = item("water-abstraction")
    told = report([sibling, one, other], on=DAY, tables=without_warnings(TABLES))
    assert [organ.organ for organ in told.organs] == [one.organ, other.organ]
    first = told.organs[0]
    assert [line.item.name for line in first.items] == [one.name, sibling.name]
    assert first.errors == sum(line.errors for line in first.items)
    assert first.tenths == sum(line.score for line in first.items) * 10 // 2
    assert first.index == f"{first.tenths / 10:.1f}"
    assert dict(first.rules)["remedies.told"] == 1


def test_the_report_counts_every_finding_and_says_by_what_it_reckons() -> None:
    told = report([broken(patch("question-for-nothing"))], on=DAY, tables=TABLES)
    (line,) = told.items
    (organ,) = told.organs
    assert line.errors == organ.errors == 0
    assert line.warnings == organ.warnings == sum(f.severity is Severity.WARNING for f in line.findings) > 0
    assert organ.clean == 0
    assert told.basis == TABLES.on(DAY).basis["index_weights"]


def test_a_report_of_nothing_is_empty() -> None:
    assert report([], on=DAY, tables=TABLES).organs == ()
