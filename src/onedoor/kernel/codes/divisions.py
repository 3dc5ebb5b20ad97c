"""Division codes (行政区划代码): 2 + 2 + 2 digits by GB/T 2260, then township 3, village 3 by GB/T 10114."""

from __future__ import annotations

import re
from itertools import pairwise

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
LEVEL_NAMES = ("", "省级", "市级", "县级", "乡级", "村级")

_ENDS = (0, 2, 4, 6, 9, 12)
_TWELVE = re.compile(r"\d{12}", re.ASCII)


def why_not_division(code: str) -> str:
    """Why this is not a 12-digit division code, or "". Whether such a place exists is asked of ``areas``."""
    if not _TWELVE.fullmatch(code):
        return "行政区划代码应为12位数字，请核对"
    if code[:2] not in PROVINCES:
        return f"行政区划代码开头“{code[:2]}”不是省级代码，请核对前两位"
    parts = [code[a:b] for a, b in pairwise(_ENDS)]
    seen_zero = False
    for part in parts:
        if seen_zero and int(part):
            return "行政区划代码上级部分为零而下级部分不为零，请核对"
        seen_zero = seen_zero or not int(part)
    return ""


def is_valid_division(code: str) -> bool:
    """Whether the code has the structure of a division code."""
    return not why_not_division(code)


def division_level(code: str) -> int:
    """1 province, 2 city, 3 county, 4 township, 5 village. Raises ValueError on what is no division code."""
    if fault := why_not_division(code):
        raise ValueError(fault)
    return max(level for level in range(1, 6) if int(code[_ENDS[level - 1] : _ENDS[level]]))


def division_prefix(code: str) -> str:
    """The significant digits (``530524``, ``530524101``): what everything below begins with."""
    return code[: _ENDS[division_level(code)]]


def division_parent(code: str) -> str | None:
    """The code one level up, or None for a province."""
    level = division_level(code)
    return code[: _ENDS[level - 1]].ljust(12, "0") if level > 1 else None
