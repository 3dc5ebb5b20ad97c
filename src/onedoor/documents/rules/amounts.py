"""Amounts of money as papers write them: in figures, and in capitals (大写金额) that nobody can add a stroke to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FEN: Final = 100  # 分 in one 元
MOST: Final = 10**14  # 分: a thousand thousand million 元
DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
SECTIONS: Final = ("", "万", "亿")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount, written twice: ``80元`` and ``人民币捌拾元整``."""

    figures: str
    capitals: str


def amount(cents: int) -> Amount:
    """So many 分 in both writings. Raises ValueError as ``capitals`` does."""
    return Amount(figures=yuan(cents), capitals=capitals(cents))


def yuan(cents: int) -> str:
    """``80元``, ``10.50元``."""
    whole, rest = divmod(cents, FEN)
    return f"{whole}.{rest:02d}元" if rest else f"{whole}元"


def capitals(cents: int) -> str:
    """``人民币壹万零壹元壹角`` (正确填写票据和结算凭证的基本规定; where that leaves 零 to choice it is not written).

    整 ends what has neither 角 nor 分. Raises ValueError below nothing and from 10¹² 元 on.
    """
    if not 0 <= cents < MOST:
        raise ValueError("an amount in capitals lies between 0 and 10¹² yuan")
    whole, rest = divmod(cents, FEN)
    jiao, fen = divmod(rest, 10)
    said = f"{_whole(whole)}元" if whole or not rest else ""
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif fen and whole:
        said += DIGITS[0]
    return f"人民币{said}" + (f"{DIGITS[fen]}分" if fen else "" if rest else "整")


def _whole(number: int) -> str:
    """Figure by figure; a run of noughts within is one 零, at the end of a section of four it is none."""
    said, skipped = "", False
    for place, digit in reversed(tuple(enumerate(map(int, reversed(str(number)))))):
        if digit:
            said += (DIGITS[0] if skipped else "") + DIGITS[digit] + PLACES[place % 4]
        skipped = not digit
        if place % 4 == 0 and number // 10**place % 10**4:
            said, skipped = said + SECTIONS[place // 4], False
    return said or DIGITS[0]
