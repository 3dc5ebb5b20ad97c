"""Articles of law as values, and the register of which function applies which article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """One article (条款) of one law, e.g. ``Article("行政许可法", "42(1)")``; "" cites the law as a whole."""

    law: str
    number: str = ""

    def __str__(self) -> str:
        return f"《{self.law}》{article_in_chinese(self.number)}"


def article_in_chinese(number: str) -> str:
    """``42(1)`` → 第四十二条第一款; ``32.4`` → 第三十二条第四项; ``32(1).4`` → 第三十二条第一款第四项."""
    if not number:
        return ""
    body, _, item = number.partition(".")
    article, _, paragraph = body.rstrip(")").partition("(")
    text = f"第{chinese_number(int(article))}条"
    if paragraph:
        text += f"第{chinese_number(int(paragraph))}款"
    if item:
        text += f"第{chinese_number(int(item))}项"
    return text


def chinese_number(number: int) -> str:
    """A number from 1 to 9,999 in Chinese numerals, as law texts write it. Raises ValueError outside that."""
    if not 1 <= number <= 9_999:
        raise ValueError(f"条款序号应在1到9999之间：{number}")
    text, gap = "", False
    for place, unit in zip(f"{number:04d}", ("千", "百", "十", ""), strict=True):
        if place == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[int(place)] + unit
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


_DIGITS = "零一二三四五六七八九"

REGISTER: dict[Article, list[str]] = {}


def law(name: str, *numbers: int | str) -> Callable[[F], F]:
    """Record that the decorated function applies these articles; ``docs/law.md`` is rendered from the record."""

    def record(function: F) -> F:
        for number in numbers or ("",):
            places = REGISTER.setdefault(Article(name, str(number)), [])
            places.append(f"{function.__module__}.{function.__qualname__}")
        return function

    return record
