import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.journey import Form, QuestionKind, form_from_tree, form_to_tree, to_tree
from onedoor.kernel.journey.values import CHOOSING, NUMERIC
from onedoor.kernel.tree import Malformed

from .forms import FORM, TREE

words = st.text("abc甲乙 ", min_size=1, max_size=5).map(lambda text: f"题{text}")


@st.composite
def questions(draw: st.DrawFn, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(QuestionKind))
    tree: dict[str, Any] = {"key": key, "label": draw(words), "kind": kind.value}
    if draw(st.booleans()):
        tree |= {"required": False, "hint": draw(words), "when": {"present": "$a"}, "unit": "个"}
    if kind in CHOOSING:
        tree["options"] = [{"value": f"v{n}", "label": draw(words)} for n in range(draw(st.integers(1, 3)))]
    if kind in NUMERIC and draw(st.booleans()):
        tree |= {"minimum": draw(st.integers(-9, 9)), "maximum": "99.5"}
    if draw(st.booleans()):
        tree |= {"max_length": draw(st.integers(1, 5000)), "pattern": "[a-z]+", "pattern_message": draw(words)}
    return tree


@st.composite
def form_trees(draw: st.DrawFn) -> dict[str, Any]:
    pages = []
    for number in range(draw(st.integers(0, 3))):
        asked = [draw(questions(f"q{number}_{n}")) for n in range(draw(st.integers(0, 3)))]
        pages.append({"key": f"p{number}", "title": draw(words), "questions": asked})
    return {"pages": pages}


@given(form_trees())
def test_reading_and_writing_loses_nothing(tree: dict[str, Any]) -> None:
    form = form_from_tree(tree)
    assert form_to_tree(form) == tree
    assert form_from_tree(form_to_tree(form)) == form


def test_the_sample_form_reads_and_writes() -> None:
    assert form_to_tree(FORM) == to_tree(FORM) == TREE
    assert form_from_tree({"pages": []}) == form_from_tree({}) == Form()


def broken(change: str, value: object) -> dict[str, Any]:
    """The sample with one thing changed: ``pages.0.title`` = value, or removed where the value is ``...``."""
    tree = copy.deepcopy(TREE)
    *path, last = [int(part) if part.isdigit() else part for part in change.split(".")]
    node: Any = tree
    for part in path:
        node = node[part]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return tree


@pytest.mark.parametrize(
    ("change", "value", "rule", "where", "says"),
    [
        ("pages", "x", "form.list", "pages", "列表"),
        ("pages.0", "x", "form.mapping", "pages[0]", "字段: 值"),
        ("pages.0.title", ..., "form.missing", "pages[0]", "缺少字段 title"),
        ("pages.0.title", " ", "form.text", "pages[0].title", "不能空"),
        ("pages.0.titel", "x", "form.unknown", "pages[0].titel", "是不是 title？"),
        ("pages.1.key", "who", "form.unique", "pages", "页面“who”重复"),
        ("pages.1.questions.0.key", "name", "form.unique", "pages", "问题“name”重复"),
        ("pages.0.questions.0.key", "Name", "form.key", "pages[0].questions[0].key", "小写字母"),
        ("pages.0.questions.0.label", 5, "form.text", "pages[0].questions[0].label", "数字要加引号"),
        ("pages.0.questions.0.kind", "name", "form.kind", "pages[0].questions[0].kind", "person_name"),
        ("pages.0.questions.0.required", "yes", "form.bool", "pages[0].questions[0].required", "true 或 false"),
        ("pages.0.questions.0.max_length", 0, "form.length", "pages[0].questions[0].max_length", "1到5000"),
        ("pages.0.questions.0.max_length", True, "form.length", "pages[0].questions[0].max_length", "整数"),
        ("pages.0.questions.0.minimum", 1, "form.range", "pages[0].questions[0]", "integer"),
        ("pages.0.questions.0.pattern", "(", "form.pattern", "pages[0].questions[0].pattern", "正则表达式"),
        ("pages.0.questions.2.when", "company", "", "", ""),
        ("pages.0.questions.2.when", {"eq": [1]}, "expr.parts", "pages[0].questions[2].when.eq", "2 个"),
        ("pages.1.questions.0.options", ..., "form.options", "pages[1].questions[0].options", "要写 options"),
        ("pages.0.questions.0.options", [{"value": "a", "label": "甲"}], "form.options", "", "只有 choice"),
        ("pages.1.questions.0.options.1.value", "shop", "form.unique", "pages[1].questions[0].options", "选项“shop”"),
        ("pages.1.questions.0.options.1.value", True, "form.text", "pages[1].questions[0].options[1].value", "引号"),
        ("pages.1.questions.1.minimum", 0.5, "form.number", "pages[1].questions[1].minimum", "加引号的小数"),
    ],
)
def test_a_fault_is_told_with_its_place_and_rule(change: str, value: object, rule: str, where: str, says: str) -> None:
    if not rule:  # a text is a literal, which is no condition: told by check, not here
        assert form_from_tree(broken(change, value)).pages
        return
    with pytest.raises(Malformed) as caught:
        form_from_tree(broken(change, value))
    fault = caught.value.faults[0]
    assert fault.rule == rule
    assert says in fault.message
    assert where in caught.value.errors[0].field


def test_all_faults_are_told_at_once_and_begin_where_the_caller_stands() -> None:
    tree = {"pages": [{"key": "A"}, {"key": "b", "title": "乙", "questions": [{}], "extra": 1}], "more": 1}
    with pytest.raises(Malformed) as caught:
        form_from_tree(tree, ("form",))
    assert len(caught.value.faults) >= 7
    assert all(error.field.startswith("form") for error in caught.value.errors)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["pages", "key", "title", "questions", "kind", "when", "options", "x"]), inner),
    ),
    max_leaves=20,
)


@given(json_values)
def test_whatever_the_tree_it_is_read_or_refused(tree: object) -> None:
    try:
        form = form_from_tree(tree)
    except Malformed:
        return
    assert form_from_tree(form_to_tree(form)) == form
