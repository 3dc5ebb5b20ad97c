"""The number of a 收件凭证, and what a person or a scanner types when somebody comes back."""

from __future__ import annotations

import re
from datetime import date

from onedoor.kernel.codes import case_number, normalise, why_not_case_number

PREFIX = "SJ"  # 收件
_IN_ADDRESS = re.compile(r"[?&](?:RECEIPT|NUMBER)=([0-9A-Z]+)")


def receipt_number(area: str, day: date, sequence: int) -> str:
    """``SJ`` before what a case number is made of: division, day, six digits, check character."""
    return PREFIX + case_number(area[:6].ljust(6, "0"), day, sequence)


def why_not_receipt_number(number: str) -> str:
    """Why this is not the number of a 收件凭证, or ""."""
    if not number.startswith(PREFIX):
        return "收件凭证编号以SJ开头"
    return why_not_case_number(number.removeprefix(PREFIX)).replace("办件编号", "收件凭证编号SJ后面")


def as_typed(text: str) -> str:
    """The number in what was typed or scanned: the QR code of a receipt holds an address with the number in it."""
    plain = normalise(text)
    found = _IN_ADDRESS.search(plain)
    return found[1] if found else plain.replace("-", "")
