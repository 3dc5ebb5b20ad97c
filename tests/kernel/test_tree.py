from onedoor.kernel.tree import Fault, Malformed, place


def test_a_place_is_written_with_dots_and_brackets() -> None:
    assert place(("pages", 0, "questions", 2, "when")) == "pages[0].questions[2].when"
    assert place(()) == ""


def test_a_malformed_tree_tells_every_fault_with_its_place() -> None:
    error = Malformed([Fault(("a", 1), "x", "缺少名称"), Fault((), "y", "不是表单")])
    assert str(error) == "a[1]：缺少名称；不是表单"
    assert [item.field for item in error.errors] == ["a[1]", ""]
