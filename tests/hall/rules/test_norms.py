"""The norms of service: each says what it demands, how it is checked, and on which basis."""

from __future__ import annotations

from typing import Any

import pytest

from onedoor.hall import queries
from onedoor.hall.rules.norms import norms_from

ROW: dict[str, Any] = {"key": "k", "name": "首问负责", "demand": "答复", "check": "问三位", "basis": "待核实"}


def test_every_norm_of_the_file_is_complete() -> None:
    found = queries.norms()
    assert {"首问负责", "一次告知", "AB 岗", "限时办结", "服务承诺"} <= {norm.name for norm in found}
    assert all(norm.demand and norm.check and norm.basis for norm in found)


def test_a_norm_without_a_basis_or_twice_is_refused() -> None:
    with pytest.raises(TypeError):
        norms_from({"norms": [{name: value for name, value in ROW.items() if name != "basis"}]})
    with pytest.raises(ValueError, match="写了两次"):
        norms_from({"norms": [ROW, ROW]})
