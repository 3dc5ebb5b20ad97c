"""Numbers of persons and organisations: 公民身份号码, 统一社会信用代码, 组织机构代码, telephone numbers."""

from __future__ import annotations

import re
from datetime import date

from onedoor.kernel.codes.checks import (
    ALPHABET_31,
    id_check_digit,
    org_code_check_char,
    uscc_check_char,
)
from onedoor.kernel.codes.divisions import PROVINCES

_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_ID = re.compile(r"\d{15}", re.ASCII)
_ORG = re.compile(r"[0-9A-Z]{8}-?[0-9X]", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?", re.ASCII)
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}|1\d{2,4}|9\d{4,5}", re.ASCII)
_TAIWAN_RESIDENT = "83"
_OLDEST = 150
_REGISTRARS = "123456789ANY"  # 登记管理部门
REGISTRAR_NAMES = {"1": "机构编制", "5": "民政", "9": "市场监管"}


def why_not_id_number(number: str, today: date | None = None) -> str:
    """Why this is not a 公民身份号码 (GB 11643-1999), or "". With ``today``, a birth in the future is refused too.

    Old prefixes (533025 for 昌宁) stay valid for life; residents from Hong Kong, Macao and Taiwan (81–83) and
    foreigners with permanent residence (9, then the province) have numbers of the same make.
    """
    if _OLD_ID.fullmatch(number):
        return "这是15位的旧身份证号码，请填写现在身份证上的18位号码"
    if len(number) != 18:
        return f"身份证号码应为18位，现在是{len(number)}位，请对照身份证核对"
    if not _ID.fullmatch(number):
        return "身份证号码前17位应为数字，第18位应为数字或字母X，请对照身份证核对"
    if number[:2] not in PROVINCES and number[:2] != _TAIWAN_RESIDENT and not _foreign(number):
        return f"身份证号码开头“{number[:2]}”不是省级代码，请核对前两位"
    return _why_not_birth(number, today) or _why_not_id_check(number)


def _foreign(number: str) -> bool:
    return number[0] == "9" and number[1:3] in PROVINCES


def _why_not_birth(number: str, today: date | None) -> str:
    try:
        born = birth_date(number)
    except ValueError:
        return f"身份证号码第7至14位“{number[6:14]}”不是真实的出生日期，请对照身份证核对"
    if today is not None and born > today:
        return f"身份证号码中的出生日期{born.isoformat()}在今天之后，请核对第7至14位"
    if born.year < (today.year if today else 2000) - _OLDEST:
        return f"身份证号码中的出生年份{born.year}过早，请核对第7至10位"
    return ""


def _why_not_id_check(number: str) -> str:
    return "" if id_check_digit(number[:17]) == number[17] else "身份证号码第18位校验不通过，请对照身份证逐位核对"


def is_valid_id_number(number: str, today: date | None = None) -> bool:
    """Whether this is a well-formed 公民身份号码 of 18 characters."""
    return not why_not_id_number(number, today)


def birth_date(number: str) -> date:
    """The birth date in an 18-character identity number. Raises ValueError where it is no real day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_male(number: str) -> bool:
    """Position 17 of an identity number: odd = male, even = female."""
    return int(number[16]) % 2 == 1


def make_id_number(division6: str, born: date, sequence: int) -> str:
    """A well-formed identity number for samples: division, birth date, sequence 0–999, check character."""
    first = f"{division6}{born:%Y%m%d}{sequence:03d}"
    return first + id_check_digit(first)


def why_not_uscc(code: str) -> str:
    """Why this is not a 统一社会信用代码 (GB 32100-2015), or ""."""
    if len(code) != 18:
        return f"统一社会信用代码应为18位，现在是{len(code)}位，请对照证照核对"
    if strange := sorted(set(code) - set(ALPHABET_31)):
        return f"统一社会信用代码中不会出现“{'、'.join(strange)}”，请对照证照核对（没有字母I、O、S、V、Z）"
    if code[0] not in _REGISTRARS or not code[2:8].isdigit():
        return "统一社会信用代码第1位应为登记管理部门代码，第3至8位应为行政区划数字，请对照证照核对"
    if uscc_check_char(code[:17]) != code[17]:
        return "统一社会信用代码第18位校验不通过，请对照证照逐位核对"
    return ""


def is_valid_uscc(code: str) -> bool:
    """Whether this is a well-formed 统一社会信用代码 of 18 characters."""
    return not why_not_uscc(code)


def make_uscc(prefix8: str, subject8: str) -> str:
    """A well-formed 统一社会信用代码 for samples: ``11530524`` + eight characters, both check characters added."""
    first = prefix8 + subject8 + org_code_check_char(subject8)
    return first + uscc_check_char(first)


def why_not_org_code(code: str) -> str:
    """Why this is not a 组织机构代码 (GB 11714, ``12345678-9`` or without the hyphen), or ""."""
    if not _ORG.fullmatch(code):
        return "组织机构代码应为8位数字或字母加1位校验码，请对照证照核对"
    if org_code_check_char(code[:8]) != code[-1]:
        return "组织机构代码最后一位校验不通过，请对照证照逐位核对"
    return ""


def is_valid_org_code(code: str) -> bool:
    """Whether this is a well-formed 组织机构代码."""
    return not why_not_org_code(code)


def why_not_mobile(number: str) -> str:
    """Why this is not a mobile number of the mainland, or ""."""
    return "" if _MOBILE.fullmatch(number) else "手机号码应为11位数字，以1开头，请核对"


def is_valid_mobile(number: str) -> bool:
    """Whether this is a mobile number of the mainland."""
    return not why_not_mobile(number)


def why_not_phone(number: str) -> str:
    """Why this is neither a mobile, a landline (0875-7123456) nor a service number, or ""."""
    if any(form.fullmatch(number) for form in (_MOBILE, _LANDLINE, _SERVICE)):
        return ""
    return "电话号码格式不对，请填写11位手机号，或带区号的固定电话，例如0875-7123456"


def is_valid_phone(number: str) -> bool:
    """Whether this is a telephone number that can be called."""
    return not why_not_phone(number)
