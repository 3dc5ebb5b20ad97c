import pytest

from .forms import FORM, question


def test_the_questions_of_a_form_are_those_of_its_pages_in_order() -> None:
    assert [q.key for q in FORM.questions] == ["name", "company", "uscc", "place", "area", "seats", "agent"]


@pytest.mark.parametrize(
    ("kind", "longest"), [("text", 200), ("textarea", 2000), ("address", 200), ("person_name", 50), ("email", 254)]
)
def test_every_kind_has_a_longest_answer(kind: str, longest: int) -> None:
    assert question(kind).longest == longest
    assert question(kind, max_length=7).longest == 7
