"""What is this number? Its kind, whether it is valid, why not, and what its parts say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onedoor.kernel.codes.checks import normalise
from onedoor.kernel.codes.divisions import LEVEL_NAMES, PROVINCES, division_level, why_not_division
from onedoor.kernel.codes.items import read_item_code, why_not_item_code
from onedoor.kernel.codes.numbers import (
    read_case_number,
    read_licence_id,
    why_not_case_number,
    why_not_licence_id,
)
from onedoor.kernel.codes.parties import (
    REGISTRAR_NAMES,
    birth_date,
    is_male,
    why_not_id_number,
    why_not_mobile,
    why_not_org_code,
    why_not_phone,
    why_not_uscc,
)


class CodeKind(StrEnum):
    """Which identifier."""

    ID_NUMBER = "id_number"
    USCC = "uscc"
    ORG_CODE = "org_code"
    DIVISION = "division"
    CASE_NUMBER = "case_number"
    LICENCE = "licence"
    ITEM_BASIC = "item_basic"
    ITEM_IMPLEMENTATION = "item_implementation"
    ITEM_HANDLING = "item_handling"
    PROJECT = "project"
    MOBILE = "mobile"
    PHONE = "phone"
    UNKNOWN = "unknown"


KIND_NAMES = {
    CodeKind.ID_NUMBER: "公民身份号码",
    CodeKind.USCC: "统一社会信用代码",
    CodeKind.ORG_CODE: "组织机构代码",
    CodeKind.DIVISION: "行政区划代码",
    CodeKind.CASE_NUMBER: "办件编号",
    CodeKind.LICENCE: "电子证照标识",
    CodeKind.ITEM_BASIC: "事项基本编码",
    CodeKind.ITEM_IMPLEMENTATION: "事项实施编码",
    CodeKind.ITEM_HANDLING: "业务办理项编码",
    CodeKind.PROJECT: "投资项目代码",
    CodeKind.MOBILE: "手机号码",
    CodeKind.PHONE: "电话号码",
    CodeKind.UNKNOWN: "未知编码",
}


@dataclass(frozen=True, slots=True)
class Identified:
    """``value`` as it should be written; ``reason`` is "" where valid; ``also``: other kinds it would be valid as."""

    kind: CodeKind
    name: str
    value: str
    valid: bool
    reason: str
    meaning: str = ""
    also: tuple[CodeKind, ...] = ()


_PROJECT = re.compile(r"\d{2}(0[1-9]|1[0-2])-\d{6}-\d{2}-\d{2}-\d{6}", re.ASCII)
_MAYBE_ID = re.compile(r"\d{17}[\dX]|\d{15}", re.ASCII)
_MAYBE_BIRTH = re.compile(r"(18|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_LONGEST = 200


def identify(value: str, today: date | None = None) -> Identified:
    """Say which identifier this is and whether it is well-formed. Raises nothing, whatever the text."""
    code = normalise(value[: _LONGEST + 1])
    likely = _likely(code) if len(code) <= _LONGEST else ()
    if not likely:
        reason = "认不出这是哪种编码，请核对位数"
        return Identified(CodeKind.UNKNOWN, KIND_NAMES[CodeKind.UNKNOWN], code[:_LONGEST], False, reason)
    reasons = {kind: _why_not(kind, code, today) for kind in likely}
    valid = [kind for kind in likely if not reasons[kind]]
    kind = (valid or likely)[0]
    meaning = "" if reasons[kind] else _meaning(kind, code)
    return Identified(kind, KIND_NAMES[kind], code, not reasons[kind], reasons[kind], meaning, tuple(valid[1:]))


def _likely(code: str) -> tuple[CodeKind, ...]:
    """The kinds that the shape allows, likeliest first."""
    if code.startswith("1.2.156."):
        return (CodeKind.LICENCE,)
    if code.count("-") == 4:
        return (CodeKind.PROJECT,)
    by_length: dict[int, tuple[CodeKind, ...]] = {
        9: (CodeKind.ORG_CODE, CodeKind.PHONE),
        10: (CodeKind.ORG_CODE, CodeKind.PHONE) if code[8:9] == "-" else (CodeKind.PHONE,),
        11: (CodeKind.MOBILE,) if code.startswith("1") else (CodeKind.PHONE,),
        12: _twelve(code),
        15: (CodeKind.ID_NUMBER,),
        18: _eighteen(code),
        21: (CodeKind.CASE_NUMBER,),
        31: (CodeKind.ITEM_IMPLEMENTATION,),
        33: (CodeKind.ITEM_HANDLING,),
    }
    return by_length.get(len(code)) or _odd_length(code)


def _odd_length(code: str) -> tuple[CodeKind, ...]:
    """A telephone number, or else a number of 18 with a character too few or too many."""
    if not why_not_phone(code):
        return (CodeKind.PHONE,)
    if 16 <= len(code) <= 20 and code.isascii() and code.isalnum():
        return (CodeKind.ID_NUMBER,) if code[:-1].isdigit() else (CodeKind.USCC,)
    return ()


def _twelve(code: str) -> tuple[CodeKind, ...]:
    """A division and a 基本编码 can look alike: 001–099 in the township's place is likelier a 主项 number."""
    if "-" in code:
        return (CodeKind.PHONE,)
    item_first = code.startswith("00") or not code.isdigit() or "001" <= code[6:9] <= "099"
    kinds = (CodeKind.ITEM_BASIC, CodeKind.DIVISION)
    return kinds if item_first else kinds[::-1]


def _eighteen(code: str) -> tuple[CodeKind, ...]:
    if not _MAYBE_ID.fullmatch(code):
        return (CodeKind.USCC,)
    if _MAYBE_BIRTH.fullmatch(code[6:14]):
        return (CodeKind.ID_NUMBER, CodeKind.USCC)
    return (CodeKind.USCC, CodeKind.ID_NUMBER) if code[0] in "159" else (CodeKind.ID_NUMBER, CodeKind.USCC)


def _why_not(kind: CodeKind, code: str, today: date | None) -> str:
    if kind is CodeKind.ID_NUMBER:
        return why_not_id_number(code, today)
    return _CHECKS[kind](code)


def _why_not_project(code: str) -> str:
    if _PROJECT.fullmatch(code) and code[5:7] in PROVINCES:
        return ""
    return "投资项目代码的格式是年月4位-行政区划6位-2位-2位-流水号6位，例如2405-530524-04-01-123456，请核对"


_CHECKS: dict[CodeKind, Callable[[str], str]] = {
    CodeKind.USCC: why_not_uscc,
    CodeKind.ORG_CODE: why_not_org_code,
    CodeKind.DIVISION: why_not_division,
    CodeKind.CASE_NUMBER: why_not_case_number,
    CodeKind.LICENCE: why_not_licence_id,
    CodeKind.ITEM_BASIC: why_not_item_code,
    CodeKind.ITEM_IMPLEMENTATION: why_not_item_code,
    CodeKind.ITEM_HANDLING: why_not_item_code,
    CodeKind.PROJECT: _why_not_project,
    CodeKind.MOBILE: why_not_mobile,
    CodeKind.PHONE: why_not_phone,
}


def _meaning(kind: CodeKind, code: str) -> str:
    say = _MEANINGS.get(kind)
    return say(code) if say else ""


def _id_meaning(code: str) -> str:
    return f"{birth_date(code).isoformat()}出生，{'男' if is_male(code) else '女'}"


def _uscc_meaning(code: str) -> str:
    return f"{REGISTRAR_NAMES.get(code[0], '其他')}登记，登记机关区划{code[2:8]}，主体标识码{code[8:17]}"


def _division_meaning(code: str) -> str:
    return f"{PROVINCES[code[:2]]}，{LEVEL_NAMES[division_level(code)]}"


def _case_meaning(code: str) -> str:
    case = read_case_number(code)
    return f"区划{case.division}，{case.day.isoformat()}，当日第{case.sequence}号"


def _licence_meaning(code: str) -> str:
    licence = read_licence_id(code)
    return f"证照类型{licence.type_code}，颁发机构{licence.organ}，流水号{licence.serial}，第{licence.version}版"


_MEANINGS: dict[CodeKind, Callable[[str], str]] = {
    CodeKind.ID_NUMBER: _id_meaning,
    CodeKind.USCC: _uscc_meaning,
    CodeKind.DIVISION: _division_meaning,
    CodeKind.CASE_NUMBER: _case_meaning,
    CodeKind.LICENCE: _licence_meaning,
    CodeKind.ITEM_BASIC: lambda code: read_item_code(code).meaning,
    CodeKind.ITEM_IMPLEMENTATION: lambda code: read_item_code(code).meaning,
    CodeKind.ITEM_HANDLING: lambda code: read_item_code(code).meaning,
}
