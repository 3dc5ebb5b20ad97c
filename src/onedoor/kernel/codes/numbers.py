"""Numbers with a MOD 37,36 check character: case numbers (办件编号) and licence identifiers (电子证照标识)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onedoor.kernel.codes.checks import mod37_36
from onedoor.kernel.codes.divisions import PROVINCES
from onedoor.kernel.codes.parties import why_not_uscc
from onedoor.kernel.errors import FieldError, Invalid

LICENCE_ROOT = "1.2.156.3005.2"  # GB/T 36904-2018
_MOST_IN_A_DAY = 999_999
_CASE = re.compile(r"(\d{6})(\d{8})(\d{6})([0-9A-Z])", re.ASCII)
_TYPE = re.compile(r"[0-9A-Z]{18}\d{3}", re.ASCII)
_SERIAL = re.compile(r"[0-9A-Z]{1,64}", re.ASCII)
_VERSION = re.compile(r"\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The parts of a case number: county, day of receipt, number within the day."""

    division: str
    day: date
    sequence: int


def case_number(division6: str, day: date, sequence: int) -> str:
    """``530524`` + yyyyMMdd + six digits + check character: 21 characters, no personal value in them.

    ``sequence``: 1 to 999,999. Raises ValueError outside that, or where the division is not six digits.
    """
    if not 1 <= sequence <= _MOST_IN_A_DAY:
        raise ValueError(f"办件流水号应在1到{_MOST_IN_A_DAY}之间：{sequence}")
    if not re.fullmatch(r"\d{6}", division6, re.ASCII):
        raise ValueError(f"办件编号的行政区划应为6位数字：{division6}")
    body = f"{division6}{day:%Y%m%d}{sequence:06d}"
    return body + mod37_36(body)


def why_not_case_number(number: str) -> str:
    """Why this is not a case number, or ""."""
    found = _CASE.fullmatch(number)
    if not found:
        return "办件编号应为21位：6位行政区划、8位日期、6位流水号和1位校验码，请对照回执核对"
    if found[1][:2] not in PROVINCES or _day(found[2]) is None:
        return "办件编号中的行政区划或日期不对，请对照回执核对前14位"
    if mod37_36(number[:-1]) != number[-1]:
        return "办件编号最后一位校验不通过，请对照回执逐位核对"
    return ""


def check_case_number(number: str) -> bool:
    """Whether this is a well-formed case number; not whether such a case exists."""
    return not why_not_case_number(number)


def read_case_number(number: str) -> CaseNumber:
    """The parts of a case number. Raises Invalid with what is wrong."""
    if fault := why_not_case_number(number):
        raise Invalid([FieldError("", fault)])
    return CaseNumber(number[:6], date(int(number[6:10]), int(number[10:12]), int(number[12:14])), int(number[14:20]))


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class LicenceId:
    """The parts of a licence identifier (GB/T 36904-2018).

    ``type_code``: 21 characters, the 统一社会信用代码 of whoever defined the type + three digits. ``organ``: who
    issued it. ``serial``: 证照编号 or another number of the organ. ``version``: from 1.
    """

    type_code: str
    organ: str
    serial: str
    version: int = 1


def licence_id(parts: LicenceId) -> str:
    """The identifier, with its check character. Raises Invalid where a part does not fit."""
    text = f"{parts.type_code}.{parts.organ}.{parts.serial}.{parts.version:03d}"
    whole = f"{LICENCE_ROOT}.{text}.{_licence_check(text)}"
    if fault := why_not_licence_id(whole):
        raise Invalid([FieldError("", fault)])
    return whole


def why_not_licence_id(identifier: str) -> str:
    """Why this is not a licence identifier, or ""."""
    if not identifier.startswith(f"{LICENCE_ROOT}."):
        return f"电子证照标识应以{LICENCE_ROOT}开头，请核对"
    parts = identifier.removeprefix(f"{LICENCE_ROOT}.").split(".")
    if len(parts) != 5:
        return "电子证照标识根码之后应有5段：证照类型、颁发机构、流水号、版本号、校验位，请核对"
    if fault := _why_not_parts(parts):
        return f"电子证照标识中的{fault}"
    if _licence_check(".".join(parts[:4])) != parts[4]:
        return "电子证照标识的校验位不通过，请逐位核对"
    return ""


def _why_not_parts(parts: list[str]) -> str:
    type_code, organ, serial, version, _ = parts
    if not _TYPE.fullmatch(type_code) or why_not_uscc(type_code[:18]):
        return "证照类型代码应为18位统一社会信用代码加3位数字，请核对"
    if fault := why_not_uscc(organ):
        return f"颁发机构代码有误：{fault}"
    if not _SERIAL.fullmatch(serial):
        return "流水号应为1至64位数字或大写字母，请核对"
    return "" if _VERSION.fullmatch(version) and int(version) else "版本号应为3位数字，从001起，请核对"


def _licence_check(text: str) -> str:
    try:
        return mod37_36(text.replace(".", ""))
    except ValueError:
        return "?"


def check_licence_id(identifier: str) -> bool:
    """Whether this is a well-formed licence identifier; not whether such a licence exists."""
    return not why_not_licence_id(identifier)


def read_licence_id(identifier: str) -> LicenceId:
    """The parts of a licence identifier. Raises Invalid with what is wrong."""
    if fault := why_not_licence_id(identifier):
        raise Invalid([FieldError("", fault)])
    type_code, organ, serial, version, _ = identifier.removeprefix(f"{LICENCE_ROOT}.").split(".")
    return LicenceId(type_code, organ, serial, int(version))
