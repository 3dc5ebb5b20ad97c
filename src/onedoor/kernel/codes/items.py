"""Codes of service items: 基本编码 (12), 实施编码 (31), 业务办理项编码 (33)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from onedoor.kernel.codes.divisions import PROVINCES
from onedoor.kernel.codes.parties import why_not_uscc
from onedoor.kernel.errors import FieldError, Invalid

ITEM_TYPES = {
    "00": "行政权力事项", "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付",
    "06": "行政检查", "07": "行政确认", "08": "行政奖励", "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
}  # fmt: skip
"""GB/T 39046-2020 A.1; 11 to 19 are local extensions."""

LEVELS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "乡级", "6": "村级", "7": "分级管理"}
"""行使层级, GB/T 39046-2020 A.2."""

_BASIC = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}(\d{3}|\d\dY)", re.ASCII)


@dataclass(frozen=True, slots=True)
class BasicCode:
    """基本编码. ``source``: 00 national, else the province. ``main`` 主项; ``sub`` 子项: 000 none, ``00Y`` has some."""

    source: str
    type: str
    field: str
    main: str
    sub: str

    def __str__(self) -> str:
        return f"{self.source}{self.type}{self.field}{self.main}{self.sub}"

    @property
    def meaning(self) -> str:
        """In Chinese, part by part."""
        source = "国家目录" if self.source == "00" else f"{PROVINCES[self.source]}目录"
        sub = {"000": "无子项", "Y": "含子项"}.get(self.sub if self.sub == "000" else self.sub[2], f"子项{self.sub}")
        return f"{source}，{ITEM_TYPES.get(self.type, '地方扩展类型')}，领域{self.field}，主项{self.main}，{sub}"


@dataclass(frozen=True, slots=True)
class ImplementationCode:
    """实施编码: the 统一社会信用代码 of the 实施主体, 行使层级, 基本编码."""

    organ: str
    level: str
    basic: BasicCode

    def __str__(self) -> str:
        return f"{self.organ}{self.level}{self.basic}"

    @property
    def meaning(self) -> str:
        """In Chinese, part by part."""
        return f"实施主体{self.organ}，{LEVELS[self.level]}；{self.basic.meaning}"


@dataclass(frozen=True, slots=True)
class HandlingCode:
    """业务办理项编码: 实施编码 and a two-digit sequence."""

    implementation: ImplementationCode
    sequence: str

    def __str__(self) -> str:
        return f"{self.implementation}{self.sequence}"

    @property
    def meaning(self) -> str:
        """In Chinese, part by part."""
        return f"{self.implementation.meaning}；办理项{self.sequence}"


ItemCode: TypeAlias = BasicCode | ImplementationCode | HandlingCode


def why_not_item_code(code: str) -> str:
    """Why this is neither a 基本编码, an 实施编码 nor a 业务办理项编码, or ""."""
    if len(code) not in (12, 31, 33):
        return f"事项编码应为12位（基本编码）、31位（实施编码）或33位（业务办理项编码），现在是{len(code)}位，请核对"
    if len(code) == 12:
        return _why_not_basic(code)
    if fault := why_not_uscc(code[:18]):
        return f"事项编码前18位有误：{fault}"
    if code[18] not in LEVELS:
        return "事项编码第19位应为行使层级1至7，请核对"
    if len(code) == 33 and not (code[31:].isascii() and code[31:].isdigit()):
        return "业务办理项编码最后两位应为数字，请核对"
    return _why_not_basic(code[19:31])


def _why_not_basic(code: str) -> str:
    if not _BASIC.fullmatch(code):
        return "基本编码的格式是4位数字、2位领域代码、3位主项、3位子项（数字，或以Y结尾），请核对"
    if code[:2] != "00" and code[:2] not in PROVINCES:
        return f"基本编码开头“{code[:2]}”应为00或省级代码，请核对"
    if code[2:4] not in ITEM_TYPES and not "11" <= code[2:4] <= "19":
        return f"基本编码第3至4位“{code[2:4]}”不是事项类型，请核对"
    if code[6:9] == "000":
        return "基本编码第7至9位主项序号应从001起，请核对"
    return ""


def read_item_code(code: str) -> ItemCode:
    """The parts of an item code of any of the three lengths. Raises Invalid with what is wrong."""
    if fault := why_not_item_code(code):
        raise Invalid([FieldError("", fault)])
    if len(code) == 12:
        return _basic(code)
    implementation = ImplementationCode(code[:18], code[18], _basic(code[19:31]))
    return HandlingCode(implementation, code[31:]) if len(code) == 33 else implementation


def _basic(code: str) -> BasicCode:
    return BasicCode(code[:2], code[2:4], code[4:6], code[6:9], code[9:])


def basic_code(parts: BasicCode) -> str:
    """The 12 characters of a 基本编码. Raises Invalid where a part does not fit."""
    return _sound(str(parts), 12)


def implementation_code(organ: str, *, level: str, basic: str) -> str:
    """The 31 characters of an 实施编码. Raises Invalid where a part does not fit."""
    return _sound(f"{organ}{level}{basic}", 31)


def handling_code(implementation: str, *, sequence: int) -> str:
    """The 33 characters of a 业务办理项编码; ``sequence`` 1 to 99. Raises Invalid where a part does not fit."""
    if not 1 <= sequence <= 99:
        raise Invalid([FieldError("", "业务办理项序号应在1到99之间")])
    return _sound(f"{implementation}{sequence:02d}", 33)


def _sound(code: str, length: int) -> str:
    if len(code) != length:
        raise Invalid([FieldError("", f"拼成的事项编码应为{length}位，现在是{len(code)}位，请核对各段长度")])
    read_item_code(code)
    return code
