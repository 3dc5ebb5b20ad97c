"""The table of fields: every field of an item has its rule, and whoever is refused is told why."""

from __future__ import annotations

from dataclasses import fields

import pytest

from onedoor.items.rules.layers import Policies, Policy, Rule
from onedoor.items.rules.layers.policy import UNKNOWN
from onedoor.items.rules.values import Item


@pytest.mark.parametrize("name", [field.name for field in fields(Item)])
def test_every_field_of_an_item_stands_in_the_table(policies: Policies, name: str) -> None:
    named = {path[0] for path in policies.fields} | set(policies.rows)
    assert name in named


def test_every_rule_that_refuses_says_why(policies: Policies) -> None:
    free = {Rule.LOCAL, Rule.ADDED}
    assert [path for path, policy in policies.fields.items() if policy.rule not in free and not policy.why] == []


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        (("name",), Rule.LOCKED),
        (("basis",), Rule.LOCKED),
        (("kind",), Rule.LOCKED),
        (("clock", "legal"), Rule.LOCKED),
        (("clock", "grounds"), Rule.LOCKED),
        (("clock", "promised"), Rule.SHORTER),
        (("visits",), Rule.FEWER),
        (("materials", "layout", "source"), Rule.RANKED),
        (("materials", "layout", "when"), Rule.NARROWER),
        (("fees", "登记费", "cents"), Rule.FEWER),
        (("result", "name"), Rule.LOCKED),
        (("result", "template"), Rule.LOCAL),
        (("situations", "rented"), Rule.LOCKED),
        (("places",), Rule.LOCAL),
    ],
)
def test_the_national_rules_of_inheritance(policies: Policies, path: tuple[str, ...], rule: Rule) -> None:
    assert policies.of(path).rule is rule


def test_a_row_s_field_is_named_with_its_row(policies: Policies) -> None:
    assert policies.label(("materials", "layout", "copies")) == "申请材料“layout”的复印件份数"
    assert policies.label(("visits",)) == "到现场次数"


def test_what_the_table_does_not_know_is_the_lower_level_s_own(policies: Policies) -> None:
    assert policies.of(("nothing",)) is UNKNOWN


def test_a_rank_is_worse_the_earlier_it_stands() -> None:
    policy = Policy("来源", Rule.RANKED, ranks=(("applicant",), ("licence", "shared")))
    assert [policy.rank(code) for code in ("?", "applicant", "shared", "licence")] == [-1, 0, 1, 1]
