"""Personal values shown in part (个人信息保护法 第六条: no more than the purpose needs)."""

from __future__ import annotations


def identity(number: str) -> str:
    """``530524********1234``: the division and the last four; shorter values keep one sign at each end."""
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return number if len(number) <= 2 else f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def name(value: str) -> str:
    """``张*``, ``欧**``: the first sign only."""
    return f"{value[:1]}{'*' * (len(value) - 1)}"


def phone(value: str) -> str:
    """``138****1234``; a short number (12345) stays whole."""
    return value if len(value) < 8 else f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"
