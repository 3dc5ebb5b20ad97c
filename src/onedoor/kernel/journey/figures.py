"""A number as people write it: with the unit that was asked for, with commas between thousands, full width."""

from __future__ import annotations

import re

from onedoor.kernel import codes

# How else a unit is written, in the form that ``codes.normalise`` gives: ㎡ and m² are M2 there.
_ALSO = {
    "平方米": ("平米", "平方", "M2"),
    "立方米": ("立方", "方", "M3"),
    "平方公里": ("平方千米", "KM2"),
    "米": ("公尺", "M"),
    "厘米": ("公分", "CM"),
    "毫米": ("MM",),
    "公里": ("千米", "KM"),
    "公斤": ("千克", "KG"),
    "吨": ("T",),
    "公顷": ("HA",),
    "千瓦": ("KW",),
    "元": ("块", "块钱", "元整", "元钱", "¥", "RMB"),
    "人": ("名", "位", "个", "个人"),
    "名": ("人", "位", "个"),
    "个月": ("月",),
    "日": ("天",),
    "天": ("日",),
}
_OTHERS = (
    "亩", "里", "斤", "两", "克", "万", "亿", "万元", "亿元", "角", "分", "年", "周", "岁", "小时", "分钟", "户",
    "间", "层", "座", "台", "辆", "套", "张", "份", "万吨", "万立方米",
)  # fmt: skip
_EVERY = frozenset(_ALSO).union(_OTHERS, *_ALSO.values())
_WRITTEN = re.compile(r"([+-]?[\d,.]+)(.*)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_PARTS = re.compile(r"[()、]")


class OtherUnit(ValueError):
    """The number stands in a unit that was not asked for; the unit as it was written."""


def figure(text: str, unit: str) -> str:
    """The number alone, in the form that digits are checked in; what is no number with this unit stays as it is.

    Raises OtherUnit for a unit that is known and not this one: nothing is converted, the applicant says what is meant.
    """
    plain = codes.normalise(text).removeprefix("¥")
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        return plain
    number, written = found.groups()
    if written and written not in _names(unit):
        if unit and written in _EVERY:
            raise OtherUnit(written)
        return plain
    return number.replace(",", "") if _GROUPED.fullmatch(number) else number


def _names(unit: str) -> frozenset[str]:
    """How this unit may be written: 只（头、条） is three of them."""
    plain = codes.normalise(unit)
    names = {plain, *_PARTS.split(plain)} - {""}
    return frozenset(names).union(*(_ALSO.get(name, ()) for name in names))
