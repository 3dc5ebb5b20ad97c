import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import mask_id, mask_name, mask_phone


def test_identity_numbers_show_the_first_six_and_the_last_four() -> None:
    assert mask_id("530524198001011234") == "530524********1234"
    assert mask_id("P1234567") == "P******7"
    assert mask_id("12") == "**"


def test_names_show_the_first_character() -> None:
    assert [mask_name(name) for name in ("张三", "李建国", "张", "")] == ["张*", "李**", "*", ""]


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13812341234", "138****1234"), ("0875-7123456", "087*****3456"), ("7123456", "***3456"), ("12345", "12345")],
)
def test_phones_show_the_last_four_and_public_numbers_stay(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(max_size=40))
def test_masking_never_raises_and_keeps_the_length(text: str) -> None:
    for mask in (mask_id, mask_name, mask_phone):
        assert len(mask(text)) == len(text)
