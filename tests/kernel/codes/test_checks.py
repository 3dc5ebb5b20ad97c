import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import id_check_digit, mod37_36, normalise, org_code_check_char, uscc_check_char
from onedoor.kernel.codes.checks import ALPHABET_31, ALPHABET_36

positions = st.integers(0, 10**6)


def change(text: str, at: int, char: str) -> str:
    at %= len(text)
    return text[:at] + char + text[at + 1 :]


def test_published_numbers_carry_the_computed_check_characters() -> None:
    assert id_check_digit("11010519491231002") == "X"
    assert uscc_check_char("11370800MB2855918") == "4"
    assert uscc_check_char("11100000MB0341032") == "Y"
    assert org_code_check_char("MB285591") == "8"
    assert org_code_check_char("MB034103") == "2"
    assert mod37_36("11100000000013338W01111110000000021135M20230329701003") == "Y"


@given(st.text(ALPHABET_36, min_size=1, max_size=60), positions, st.sampled_from(ALPHABET_36))
def test_mod_37_36_detects_every_single_change(body: str, at: int, char: str) -> None:
    whole = body + mod37_36(body)
    changed = change(whole, at, char)
    assert (mod37_36(changed[:-1]) == changed[-1]) is (changed == whole)


@given(st.text(ALPHABET_31, min_size=17, max_size=17), positions, st.sampled_from(ALPHABET_31))
def test_the_check_of_a_credit_code_detects_every_single_change(body: str, at: int, char: str) -> None:
    whole = body + uscc_check_char(body)
    changed = change(whole, at, char)
    assert (uscc_check_char(changed[:17]) == changed[17]) is (changed == whole)


@given(st.text("0123456789", min_size=17, max_size=17), positions, st.sampled_from("0123456789"))
def test_the_check_of_an_identity_number_detects_every_single_change(body: str, at: int, digit: str) -> None:
    changed = change(body, at, digit)
    assert (id_check_digit(changed) == id_check_digit(body)) is (changed == body)


@pytest.mark.parametrize("text", ["a", "-", "中", "１"])
def test_what_is_outside_the_alphabet_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        mod37_36(text)
    with pytest.raises(ValueError):
        uscc_check_char(text * 17)


def test_typed_codes_become_their_written_form() -> None:
    assert normalise(" １１０１０５ 19491231 002ｘ\n") == "11010519491231002X"
