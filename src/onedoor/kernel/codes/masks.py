"""Personal values shown in part (个人信息保护法第六条: no more than the purpose needs)."""

from __future__ import annotations

from onedoor.kernel.law import law


@law("个人信息保护法", 6)
def mask_id(number: str) -> str:
    """``530524********1234``: the first six and the last four; shorter values keep one character at each end."""
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}" if len(number) > 2 else "*" * len(number)


@law("个人信息保护法", 6)
def mask_name(name: str) -> str:
    """``张*``, ``李**``: the first character only; a single character is hidden."""
    return f"{name[0]}{'*' * (len(name) - 1)}" if len(name) > 1 else "*" * len(name)


@law("个人信息保护法", 6)
def mask_phone(phone: str) -> str:
    """``138****1234``: at most the first three, and the last four; public numbers of six digits or fewer stay."""
    if len(phone) <= 6:
        return phone
    hidden = max(len(phone) - 7, 3)
    return f"{phone[: len(phone) - 4 - hidden]}{'*' * hidden}{phone[-4:]}"
