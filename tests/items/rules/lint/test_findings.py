"""Every rule of the checker: the county's items are clean, and each broken item is caught by the rule meant for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.items.broken_items import SLUGS as BROKEN
from tests.items.broken_items import catalogue, patch
from tests.items.samples import COUNTY, DAY, item, tables

from onedoor.items.rules import Finding, Severity, errors, lint, lint_all
from onedoor.items.rules.lint import RULES

SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))
TABLES = tables()


def found_in(slug: str) -> list[Finding]:
    return [finding for told in lint_all(catalogue(patch(slug)), TABLES, on=DAY) for finding in told]


def test_the_countys_items_have_no_errors_alone_or_together() -> None:
    checked = lint_all([item(slug) for slug in SLUGS], TABLES, on=DAY)
    assert [(slug, f.rule, f.message) for slug, told in zip(SLUGS, checked, strict=True) for f in errors(told)] == []


@pytest.mark.parametrize("slug", BROKEN)
def test_a_broken_item_is_caught_by_the_rule_meant_for_it_and_by_no_other(slug: str) -> None:
    wanted = patch(slug)
    found = found_in(slug)
    if wanted.get("severity") == "warning":
        assert wanted["expect"] in {f.rule for f in found if f.severity is Severity.WARNING}
        assert errors(found) == ()
    else:
        assert {f.rule for f in errors(found)} == {wanted["expect"]}
    assert all(f.message and f.basis and f.remedy for f in found)


def test_at_least_sixty_broken_items_hit_every_rule_with_its_gravity() -> None:
    caught = {(patch(slug)["expect"], patch(slug).get("severity", "error")) for slug in BROKEN}
    assert len([slug for slug in BROKEN if patch(slug).get("severity") != "warning"]) >= 60
    assert {rule for rule, _ in caught} == set(RULES)
    assert {rule.name for rule in RULES.values() if rule.severity is Severity.ERROR} <= {
        rule for rule, severity in caught if severity == "error"
    }


def test_a_rule_says_what_it_demands_on_which_basis_and_what_to_do() -> None:
    for rule in RULES.values():
        assert rule.title
        assert rule.basis
        assert rule.remedy
        assert (rule.check is None) is not (rule.wide is None)


def test_a_rule_goes_by_the_day_on_which_an_item_takes_effect() -> None:
    fee = patch("fee-abolished")["set"]["fees"]
    taken = replace(catalogue(patch("fee-abolished"))[0])
    ended = next(row.until for row in TABLES.on(DAY).fees if row.name in fee[0]["name"])
    assert ended
    assert errors(lint(taken, TABLES, on=ended - timedelta(days=1))) == ()
    assert {f.rule for f in errors(lint(taken, TABLES, on=ended))} == {"fees.listed"}
