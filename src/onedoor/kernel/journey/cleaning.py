"""One raw answer, from a browser or from JSON, to a clean one; or a sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from onedoor.kernel import codes
from onedoor.kernel.journey.figures import OtherUnit, figure
from onedoor.kernel.journey.values import Question, QuestionKind

Answer: TypeAlias = str | int | bool | tuple[str, ...]

_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?", re.ASCII)
_MONEY = re.compile(r"[+-]?\d{1,13}(\.\d{1,2})?", re.ASCII)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}", re.ASCII)
_DOTS = re.compile("[•・‧∙⋅.．]")
_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]"
_SPREAD = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})")  # 李　明
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff")
_YES = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
_YEARS = range(1850, 2201)


class Unclean(Exception):  # a sentence on its way to a FieldError, not an error of the program
    """Why an answer cannot be taken."""


def clean(question: Question, raw: object, today: date) -> Answer | None:
    """The clean answer, or None where nothing was answered. Raises Unclean with a sentence for the applicant."""
    if question.kind is QuestionKind.CHOICES:
        return _choices(question, raw)
    if isinstance(raw, bool) and question.kind is QuestionKind.YES_NO:
        return raw
    text = _text(question, raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return None
    if len(text) > question.longest:
        raise Unclean(f"“{question.label}”最多{question.longest}个字，现在有{len(text)}个字，请删减")
    _nothing_hidden(question, text)
    answer = _CLEANERS[question.kind](question, text, today)
    if question.pattern and not re.fullmatch(question.pattern, str(answer)):
        raise Unclean(question.pattern_message or f"“{question.label}”的格式不对，请按说明填写")
    return answer


def _text(question: Question, raw: object) -> str:
    """The text of what came in: browsers send text or a list of one, JSON also numbers."""
    if isinstance(raw, list | tuple) and len(raw) <= 1:
        raw = raw[0] if raw else ""
    if raw is None:
        return ""
    if isinstance(raw, date) and question.kind in (QuestionKind.DATE, QuestionKind.PAST_DATE):
        return raw.isoformat()[:10]
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 10**18:
        return str(raw)
    if not isinstance(raw, str):
        raise Unclean(f"“{question.label}”只能填一个值，请重新填写")
    return raw


def _nothing_hidden(question: Question, text: str) -> None:
    allowed = "\n\t" if question.kind is QuestionKind.TEXTAREA else ""
    if any((unicodedata.category(char) in ("Cc", "Cs") or char in _HIDDEN) and char not in allowed for char in text):
        raise Unclean(f"“{question.label}”含有看不见的控制字符或换行，请删去后重新输入")


def _choices(question: Question, raw: object) -> Answer | None:
    values = [] if raw in (None, "") else raw if isinstance(raw, list | tuple) else [raw]
    given = {value.strip() for value in values if isinstance(value, str)} - {""}
    known = tuple(option.value for option in question.options if option.value in given)
    if len(known) < len(given) or not all(isinstance(value, str) for value in values):
        raise Unclean(f"“{question.label}”里有不在列表中的选项，请从列出的选项中选择")
    return known or None


def _written(question: Question, text: str, today: date) -> Answer:
    return text


def _choice(question: Question, text: str, today: date) -> Answer:
    if text not in {option.value for option in question.options}:
        raise Unclean(f"请从列出的选项中选择“{question.label}”")
    return text


def _yes_no(question: Question, text: str, today: date) -> Answer:
    if text.lower() not in _YES:
        raise Unclean(f"“{question.label}”请选择“是”或“否”")
    return _YES[text.lower()]


def _integer(question: Question, text: str, today: date) -> Answer:
    text = _figure(question, text)
    if not _INTEGER.fullmatch(text):
        raise Unclean(f"“{question.label}”请填整数，只写数字，例如12")
    return int(_within(question, Decimal(text)))


def _decimal(question: Question, text: str, today: date) -> Answer:
    text = _figure(question, text)
    if not _DECIMAL.fullmatch(text):
        raise Unclean(f"“{question.label}”请填数字，只写数字和小数点，小数最多六位，例如80.5")
    plain = format(_within(question, Decimal(text)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _money(question: Question, text: str, today: date) -> Answer:
    text = _figure(question, text)
    if not _MONEY.fullmatch(text):
        raise Unclean(f"“{question.label}”请填金额（元），只写数字，最多两位小数，例如1200.50")
    return format(_within(question, Decimal(text)), ".2f")


def _figure(question: Question, text: str) -> str:
    unit = question.unit or ("元" if question.kind is QuestionKind.MONEY else "")
    try:
        return figure(text, unit)
    except OtherUnit as written:
        raise Unclean(f"“{question.label}”要填多少{unit}，您写的是“{written}”，请换算成{unit}再填") from None


def _within(question: Question, number: Decimal) -> Decimal:
    least = question.minimum if question.minimum is not None else Decimal(0)
    if number < least:
        raise Unclean(f"“{question.label}”不能小于{least:f}{question.unit}，请核对")
    if question.maximum is not None and number > question.maximum:
        raise Unclean(f"“{question.label}”不能大于{question.maximum:f}{question.unit}，请核对")
    return number + 0  # no negative zero


def _date(question: Question, text: str, today: date) -> Answer:
    found = _DATE.fullmatch(codes.normalise(text))
    if not found:
        raise Unclean(f"“{question.label}”请按年-月-日填写，例如2026-03-02")
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        value = date(year, month, day)
    except ValueError:
        raise Unclean(f"“{question.label}”没有{year}年{month}月{day}日这一天，请核对") from None
    if year not in _YEARS:
        raise Unclean(f"“{question.label}”的年份{year}不对，请核对")
    if question.kind is QuestionKind.PAST_DATE and value > today:
        raise Unclean(f"“{question.label}”不能晚于今天（{today.isoformat()}），请核对")
    return value.isoformat()


def _person_name(question: Question, text: str, today: date) -> Answer:
    name = _SPREAD.sub("", _DOTS.sub("·", text)) if not text.isascii() else text
    if not all(char.isalpha() or unicodedata.combining(char) or char in "·-' ." for char in name):
        raise Unclean(f"“{question.label}”只能填姓名，不要写数字和符号；少数民族姓名用“·”分隔")
    return name


def _address(question: Question, text: str, today: date) -> Answer:
    if len(text) < 4:
        raise Unclean(f"“{question.label}”太短，请写到村组或门牌号")
    return text


def _email(question: Question, text: str, today: date) -> Answer:
    address = unicodedata.normalize("NFKC", text)
    if not _EMAIL.fullmatch(address):
        raise Unclean(f"“{question.label}”的邮箱格式不对，请按 name@example.com 的样子填写")
    return address


def _code(why_not: Callable[[str, date], str]) -> Callable[[Question, str, date], Answer]:
    def cleaner(question: Question, text: str, today: date) -> Answer:
        code = codes.normalise(text)
        if fault := why_not(code, today):
            raise Unclean(fault)
        return code

    return cleaner


def _mobile(question: Question, text: str, today: date) -> Answer:
    number = codes.normalise(text).removeprefix("+86").replace("-", "")
    if fault := codes.why_not_mobile(number):
        raise Unclean(fault)
    return number


_CLEANERS: dict[QuestionKind, Callable[[Question, str, date], Answer]] = {
    QuestionKind.TEXT: _written,
    QuestionKind.TEXTAREA: _written,
    QuestionKind.INTEGER: _integer,
    QuestionKind.DECIMAL: _decimal,
    QuestionKind.MONEY: _money,
    QuestionKind.DATE: _date,
    QuestionKind.PAST_DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.ID_NUMBER: _code(codes.why_not_id_number),
    QuestionKind.USCC: _code(lambda code, today: codes.why_not_uscc(code)),
    QuestionKind.PHONE: _code(lambda code, today: codes.why_not_phone(code)),
    QuestionKind.MOBILE: _mobile,
    QuestionKind.EMAIL: _email,
    QuestionKind.PERSON_NAME: _person_name,
    QuestionKind.AREA: _code(lambda code, today: codes.why_not_division(code)),
    QuestionKind.ADDRESS: _address,
}
