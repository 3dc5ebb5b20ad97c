import pytest

from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, OneDoorError, Refused
from onedoor.kernel.law import Article


def test_a_refusal_carries_its_code_its_words_and_its_article() -> None:
    refused = Refused("supplement.second", "已经一次性告知过，不能再次要求补正。", Article("行政许可法", "32.4"))
    assert refused.code == "supplement.second"
    assert str(refused) == refused.message == "已经一次性告知过，不能再次要求补正。"
    assert refused.article == Article("行政许可法", "32.4")
    assert Refused("x", "y").article is None


def test_invalid_input_tells_every_fault_with_its_field() -> None:
    invalid = Invalid(FieldError(field, f"请填写{field}") for field in ("name", "phone"))
    assert [error.field for error in invalid.errors] == ["name", "phone"]
    assert str(invalid) == "请填写name；请填写phone"


@pytest.mark.parametrize("error", [Conflict, Forbidden, NotFound])
def test_errors_without_words_of_their_own_say_something_in_chinese(
    error: type[Conflict] | type[Forbidden] | type[NotFound],
) -> None:
    assert error().message
    assert not error().message.isascii()
    assert error("换一句话").message == str(error("换一句话")) == "换一句话"


@pytest.mark.parametrize(
    "error", [Refused("a", "b"), Invalid([FieldError("", "x")]), Conflict(), Forbidden(), NotFound()]
)
def test_faces_can_translate_every_error_by_one_root(error: Exception) -> None:
    assert isinstance(error, OneDoorError)
