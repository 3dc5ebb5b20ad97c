"""Expressions and facts for property tests."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from onedoor.kernel.expr import FactType, Kind

SCHEMA = {
    "form.open": FactType(Kind.BOOL),
    "form.seats": FactType(Kind.INT),
    "form.area": FactType(Kind.DECIMAL),
    "form.name": FactType(Kind.TEXT),
    "form.place": FactType(Kind.TEXT, ("shop", "stall")),
    "form.since": FactType(Kind.DATE),
    "form.goods": FactType(Kind.LIST, ("hot", "cold")),
}
BY_KIND = {
    kind: [f"${name}" for name, fact in SCHEMA.items() if fact.kind is kind and not fact.options] for kind in Kind
}

numbers = st.decimals(-(10**9), 10**9, places=2)
literals = {
    Kind.BOOL: st.booleans(),
    Kind.INT: st.integers(-(10**12), 10**12),
    Kind.DECIMAL: numbers.map(lambda number: {"decimal": str(number)}),
    Kind.TEXT: st.text(max_size=5).map(lambda text: f"${text}" if text.startswith("$") else text),
    Kind.DATE: st.dates().map(lambda day: {"date": day.isoformat()}),
}


def leaves(kind: Kind) -> st.SearchStrategy[object]:
    return st.one_of(literals[kind], st.sampled_from(BY_KIND[kind]))


def pairs(kind: Kind) -> st.SearchStrategy[list[object]]:
    return st.lists(leaves(kind), min_size=2, max_size=2)


def _grow_numbers(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    many = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.tuples(st.sampled_from(["add", "mul", "min", "max"]), many).map(lambda pair: {pair[0]: pair[1]}),
        st.lists(inner, min_size=2, max_size=2).map(lambda parts: {"sub": parts}),
        st.tuples(st.booleans(), inner, inner).map(lambda parts: {"if": list(parts)}),
    )


number_trees = st.recursive(st.one_of(leaves(Kind.INT), leaves(Kind.DECIMAL)), _grow_numbers, max_leaves=6)

_compared = st.one_of(
    st.tuples(st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]), st.lists(number_trees, min_size=2, max_size=2)),
    st.tuples(st.sampled_from(["eq", "ne", "lt", "ge"]), pairs(Kind.DATE)),
    st.tuples(st.sampled_from(["eq", "ne"]), st.one_of(pairs(Kind.TEXT), pairs(Kind.BOOL))),
).map(lambda pair: {pair[0]: pair[1]})

_members = st.one_of(
    st.lists(st.sampled_from(["shop", "stall"]), max_size=2).map(lambda options: {"in": ["$form.place", options]}),
    st.sampled_from(["hot", "cold"]).map(lambda option: {"in": [option, "$form.goods"]}),
    st.sampled_from(sorted(SCHEMA)).map(lambda name: {"present": f"${name}"}),
)


def _grow_conditions(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        some.map(lambda parts: {"all": parts}),
        some.map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    )


conditions = st.recursive(st.one_of(_compared, _members, leaves(Kind.BOOL)), _grow_conditions, max_leaves=6)
trees = st.one_of(conditions, number_trees)

fact_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=3), max_size=3),
    st.just(Decimal("1e500")),
    st.just((date(2026, 1, 1), None, 1.5)),
)
any_facts = st.dictionaries(st.sampled_from(sorted(SCHEMA)), fact_values)
