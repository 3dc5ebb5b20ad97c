from onedoor.kernel.expr import FactType, Kind, describe
from onedoor.kernel.journey import check, form_from_tree, labels, schema

from .forms import FORM, TREE


def test_the_answers_of_a_form_are_facts_of_known_kinds() -> None:
    kinds = schema(FORM)
    assert kinds["company"] == FactType(Kind.BOOL)
    assert kinds["place"] == FactType(Kind.TEXT, ("shop", "stall"))
    assert kinds["area"] == FactType(Kind.DECIMAL)
    assert kinds["seats"] == FactType(Kind.INT)


def test_a_sound_form_has_no_faults_where_outside_facts_are_known() -> None:
    assert check(FORM, {"represented": FactType(Kind.BOOL)}) == ()


def test_a_fact_that_nobody_supplies_is_a_fault_with_its_place() -> None:
    (fault,) = check(FORM)
    assert fault.path == ("pages", 3, "when")
    assert fault.rule == "form.when"
    assert "没有“represented”这个数据项" in fault.message


def test_a_condition_may_only_read_earlier_questions() -> None:
    page = {**TREE["pages"][0], "when": {"eq": ["$place", "shop"]}}
    faults = check(form_from_tree({"pages": [page, *TREE["pages"][1:3]]}))
    assert [fault.path for fault in faults] == [("pages", 0, "when")]
    assert "排在前面" in faults[0].message


def test_a_condition_of_the_wrong_kind_is_a_fault() -> None:
    pages = [TREE["pages"][0], {**TREE["pages"][1], "when": "$name"}]
    (fault,) = check(form_from_tree({"pages": pages}))
    assert "结果应当是“是否”" in fault.message


def test_a_condition_reads_with_the_words_of_the_form() -> None:
    when = FORM.pages[2].when
    assert when is not None
    assert describe(when, labels(FORM)) == "“场所类型”是“门店”，并且“面积”大于50"
