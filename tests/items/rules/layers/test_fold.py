"""The chain of levels: no order of edits lets a lower level loosen what stands above."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.items.queries import DATA, load_yaml
from onedoor.items.rules import Level
from onedoor.items.rules.layers import Layer, Policies, Rule, as_good, cells, deviations, fold, policies_from

TABLE = policies_from(load_yaml(DATA / "fields.yaml"))
FOOD = load_yaml(DATA / "530524" / "food-business.yaml")
STRICT = {rule for rule in Rule if rule is not Rule.LOCAL}


def _nation(**content: Any) -> Layer:
    return Layer(Level.NATIONAL, "国家基本目录", content)


def _county(**content: Any) -> Layer:
    return Layer(Level.COUNTY, "昌宁县标准", content)


def _limit(number: int) -> dict[str, Any]:
    return {"number": number, "unit": "workday", "start": "accepted"}


LIMITS = st.integers(0, 30).map(_limit)
MATERIAL = st.fixed_dictionaries(
    {"key": st.sampled_from(["layout", "rules"])},
    optional={
        "source": st.sampled_from(["applicant", "licence", "shared"]),
        "copies": st.integers(0, 3),
        "necessity": st.sampled_from("123"),
    },
)
SHORTER = st.fixed_dictionaries({"key": st.sampled_from(["same", "urgent"])}, optional={"limit": LIMITS})
REDUCED = st.lists(st.sampled_from([{"standard": "免收", "cents": 0}, {"standard": "减半"}]), unique_by=str, max_size=2)
FEE = st.fixed_dictionaries({"name": st.just("登记费"), "reductions": REDUCED})
CONTENT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["食品经营许可", "餐饮许可"]),
        "visits": st.integers(0, 3),
        "courier": st.booleans(),
        "handle_forms": st.lists(st.sampled_from("123"), unique=True),
        "scope": st.sampled_from("123456"),
        "clock": st.fixed_dictionaries({}, optional={"legal": LIMITS, "promised": LIMITS}),
        "materials": st.lists(MATERIAL, unique_by=lambda row: row["key"], max_size=2),
        "shorter_limits": st.lists(SHORTER, unique_by=lambda row: row["key"], max_size=2),
        "fees": st.lists(FEE, max_size=1),
        "places": st.lists(st.text(max_size=3), max_size=2),
    },
)
CHAINS = st.lists(CONTENT, min_size=1, max_size=5).map(
    lambda trees: [Layer(Level(str(number)), f"第{number}级", tree) for number, tree in enumerate(trees, 1)]
)


@settings(max_examples=150)
@given(CHAINS, st.lists(st.tuples(st.integers(0, 4), CONTENT), max_size=4))
def test_no_order_of_edits_loosens_anything(chain: list[Layer], edits: list[tuple[int, dict[str, Any]]]) -> None:
    for at, tree in edits:
        where = at % len(chain)
        chain[where] = Layer(chain[where].level, chain[where].name, tree)
        for depth in range(1, len(chain)):
            above, below = fold(chain[:depth], TABLE), fold(chain[: depth + 1], TABLE)
            assert set(above.cells) <= set(below.cells)
            for path, value in above.cells.items():
                policy = TABLE.of(path)
                assert policy.rule not in STRICT or as_good(value, below.cells[path], policy), path


@settings(max_examples=150)
@given(CHAINS)
def test_a_layer_without_deviations_is_in_force_as_written(chain: list[Layer]) -> None:
    above = fold(chain[:-1], TABLE)
    found = fold(chain, TABLE)
    written = cells(chain[-1].content, TABLE)
    wrong = {deviation.path for deviation in deviations(above, chain[-1])}
    for path, value in written.items():
        if value != {} and path not in wrong and path[:2] not in wrong:  # a row without content marks a place
            assert found.cells[path] == value


def test_every_value_says_which_level_it_comes_from() -> None:
    found = fold([_nation(name="取水许可", visits=1), _county(visits=0, places=[])], TABLE)
    assert {path: found.origin(path).name for path in found.cells} == {
        ("name",): "国家基本目录",
        ("visits",): "昌宁县标准",
        ("places",): "昌宁县标准",
    }


def test_a_value_of_one_s_own_that_says_the_same_is_the_upper_level_s() -> None:
    found = fold([_nation(visits=0), _county(visits=0)], TABLE)
    assert found.origin(("visits",)).name == "国家基本目录"


def test_when_the_standard_improves_a_stale_local_value_gives_way() -> None:
    found = fold([_nation(clock={"promised": _limit(3)}), _county(clock={"promised": _limit(5)})], TABLE)
    assert found.cells[("clock", "promised")] == _limit(3)


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        ({"name": "取水许可"}, {"name": "取水许可证核发"}, "事项名称由国家基本目录（国家级）规定，不能改动"),
        ({"clock": {"legal": _limit(20)}}, {"clock": {"legal": _limit(15)}}, "可以缩短的是承诺时限"),
        ({"clock": {"promised": _limit(7)}}, {"clock": {"promised": _limit(20)}}, "承诺时限只能在上级规定的基础上缩短"),
        ({"visits": 0}, {"visits": 1}, "到现场次数只能减少"),
        (
            {"materials": [{"key": "a", "name": "甲"}]},
            {"materials": [{"key": "b", "name": "乙"}]},
            "县级不能增加申请材料“b”",
        ),
        (
            {"fees": [{"name": "登记费", "cents": 8000}]},
            {"fees": [{"name": "登记费", "cents": 0}]},
            "请同时写明减免依据",
        ),
    ],
)
def test_who_is_refused_is_told_what_and_why(above: dict[str, Any], below: dict[str, Any], told: str) -> None:
    found = deviations(fold([_nation(**above)], TABLE), _county(**below))
    assert len(found) == 1
    assert told in found[0].message


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ({"clock": {"promised": _limit(7)}}, {"clock": {"promised": _limit(5)}}),
        ({"situations": [{"key": "a", "question": "甲？"}]}, {"situations": [{"key": "b", "question": "乙？"}]}),
        ({"materials": [{"key": "a", "source": "applicant"}]}, {"materials": [{"key": "a", "source": "shared"}]}),
        (
            {"fees": [{"name": "登记费", "cents": 8000}]},
            {"fees": [{"name": "登记费", "cents": 0, "reduction_basis": "财税〔2019〕45号"}]},
        ),
    ],
)
def test_what_a_county_may_do(above: dict[str, Any], below: dict[str, Any]) -> None:
    assert deviations(fold([_nation(**above)], TABLE), _county(**below)) == ()


def test_a_material_that_its_level_may_not_add_is_not_in_force() -> None:
    found = fold(
        [_nation(materials=[{"key": "a", "name": "甲"}]), _county(materials=[{"key": "b", "name": "乙"}])], TABLE
    )
    assert [row["key"] for row in found.tree()["materials"]] == ["a"]


def test_a_province_may_add_a_material_by_its_own_law() -> None:
    province = Layer(Level.PROVINCE, "云南省基本目录", {"materials": [{"key": "b", "name": "乙"}]})
    found = fold([_nation(materials=[{"key": "a", "name": "甲"}]), province], TABLE)
    assert [row["key"] for row in found.tree()["materials"]] == ["a", "b"]


def _asked(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "question": f"{key}？"} for key in keys]


def test_a_county_puts_its_own_question_among_those_of_the_nation() -> None:
    nation, county = _nation(situations=_asked("a", "b")), _county(situations=[*_asked("own"), {"key": "b"}])
    found = fold([nation, county], TABLE)
    assert [row["key"] for row in found.tree()["situations"]] == ["a", "own", "b"]
    assert deviations(fold([nation], TABLE), county) == ()


def test_a_place_marked_by_a_row_that_is_gone_is_the_end() -> None:
    found = fold([_nation(situations=_asked("a")), _county(situations=[*_asked("own"), {"key": "gone"}])], TABLE)
    assert [row["key"] for row in found.tree()["situations"]] == ["a", "own"]


ROWS = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7)


@given(st.lists(ROWS, min_size=2, max_size=5), st.sets(st.sampled_from("abcdefg")))
def test_no_level_moves_the_rows_of_those_above(levels: list[list[str]], bare: set[str]) -> None:
    asked = [[{"key": key} if key in bare and n else {"key": key, "question": "？"} for key in keys]
             for n, keys in enumerate(levels)]  # fmt: skip
    chain = [Layer(Level(str(n)), "", {"situations": rows}) for n, rows in enumerate(asked, 1)]
    for depth in range(1, len(chain)):
        above, below = (
            [row["key"] for row in fold(chain[:n], TABLE).tree().get("situations", [])] for n in (depth, depth + 1)
        )
        assert [key for key in below if key in above] == above


def test_the_table_is_the_one_in_use(policies: Policies) -> None:
    assert policies == TABLE
