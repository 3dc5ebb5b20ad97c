"""Replacing is what ``dataclasses.replace`` does."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import pytest

from onedoor.kernel.replacing import replace


@dataclass(frozen=True, slots=True)
class Value:
    number: int
    name: str = ""
    held: dict[str, int] = field(default_factory=dict)


def test_a_value_is_the_same_but_for_what_is_replaced() -> None:
    value = Value(1, "甲", {"a": 1})
    changed = replace(value, name="乙", number=2)
    assert changed == dataclasses.replace(value, name="乙", number=2) == Value(2, "乙", {"a": 1})
    assert changed.held is value.held
    assert value == Value(1, "甲", {"a": 1})


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(KeyError):
        replace(Value(1), age=3)
