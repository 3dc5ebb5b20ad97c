"""Check characters, and the written form of a code."""

from __future__ import annotations

import unicodedata

ALPHABET_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET_31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise(value: str) -> str:
    """The written form of a code that somebody typed: NFKC (full-width → plain), upper case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", value).upper().split())


def mod37_36(text: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36 for 0-9 and A-Z. Raises ValueError on anything else."""
    product = 36
    for char in text:
        product = (product + ALPHABET_36.index(char)) % 36 or 36
        product = product * 2 % 37
    return ALPHABET_36[(37 - product) % 36]


def id_check_digit(first_17: str) -> str:
    """The last character of a 公民身份号码 (GB 11643-1999) from its first 17 digits."""
    return "10X98765432"[_weighted([int(char) for char in first_17], _ID_WEIGHTS) % 11]


def uscc_check_char(first_17: str) -> str:
    """The last character of a 统一社会信用代码 (GB 32100-2015) from its first 17. ValueError outside the alphabet."""
    total = _weighted([ALPHABET_31.index(char) for char in first_17], _USCC_WEIGHTS)
    return ALPHABET_31[(31 - total % 31) % 31]


def org_code_check_char(first_8: str) -> str:
    """The last character of a 组织机构代码 (GB 11714) from its first eight."""
    remainder = 11 - _weighted([ALPHABET_36.index(char) for char in first_8], _ORG_WEIGHTS) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def _weighted(values: list[int], weights: tuple[int, ...]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))
