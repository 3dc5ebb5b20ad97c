"""What an organ and a place must satisfy before they are recorded."""

from __future__ import annotations

import re

from onedoor.kernel.codes import is_valid_uscc
from onedoor.kernel.errors import FieldError
from onedoor.orgs.rules.values import Organ, Period, Site, SiteKind, SiteRole, SiteState

_PHONE = re.compile(r"(0\d{2,3}-)?\d{5,8}(-\d{1,5})?|1\d{10}", re.ASCII)


def check_organ(organ: Organ) -> tuple[FieldError, ...]:
    """The faults of an organ: check digit of its code (GB 32100), names, period, phone; nothing = ()."""
    errors = []
    if not is_valid_uscc(organ.code):
        errors.append(FieldError("code", f"统一社会信用代码“{organ.code}”校验位不对或位数不符，请核对。"))
    if not organ.name.strip():
        errors.append(FieldError("name", "请填写机构全称。"))
    if not organ.short_name.strip():
        errors.append(FieldError("short_name", "请填写机构简称。"))
    if organ.parent == organ.code:
        errors.append(FieldError("parent", "机构不能以自己为上级。"))
    return (*errors, *check_phone(organ.phone), *check_period(organ.period))


def check_site(site: Site) -> tuple[FieldError, ...]:
    """The faults of a place: a code and a name, and below the county level an organ that answers for it."""
    errors = []
    if not site.code.strip():
        errors.append(FieldError("code", "请填写场所编号。"))
    if not site.name.strip():
        errors.append(FieldError("name", "请填写场所名称。"))
    if site.organ is None:
        errors.append(FieldError("organ", "请填写管理机构。"))
    return tuple(errors)


def check_state(kind: SiteKind, state: SiteState) -> tuple[FieldError, ...]:
    """The faults of a place's state. A village station receives or helps, it never accepts (村不是行政权力实施主体)."""
    errors = []
    if kind is SiteKind.VILLAGE_STATION and state.role is SiteRole.FULL:
        errors.append(FieldError("role", "村（社区）便民服务站只能是收件点或代办点，不能作受理点。"))
    if state.area_m2 is not None and state.area_m2 <= 0:
        errors.append(FieldError("area_m2", "面积应大于 0 平方米；不清楚的不要填。"))
    for device in state.devices:
        if device.planned < 0 or device.present < 0:
            errors.append(FieldError("devices", f"设备“{device.name}”的数量不能是负数。"))
    return (*errors, *check_phone(state.phone), *check_period(state.period))


def check_phone(phone: str) -> tuple[FieldError, ...]:
    """A phone number, or nothing: 0875-7120001, 7120001, 13800000000."""
    if phone and not _PHONE.fullmatch(phone):
        return (FieldError("phone", f"电话“{phone}”应写作 0875-7120001 或 11 位手机号。"),)
    return ()


def check_period(period: Period) -> tuple[FieldError, ...]:
    """A period ends no earlier than it begins."""
    if period.last is not None and period.last < period.first:
        return (FieldError("period", f"截止日 {period.last} 早于起始日 {period.first}。"),)
    return ()
