"""The demo accounts of an instance: one file that only the instance's own user may read."""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from onedoor.access.rules import totp
from onedoor.kernel import sm
from onedoor.kernel.errors import NotFound

FILE = "demo-accounts.json"
SECRET_BYTES = 20  # RFC 4226 §4 R6


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demo county. ``secret`` is the base32 key of its one-time codes, "" for citizens.

    ``listed`` accounts are shown on the terminal; a ``client`` is another system: its id and secret.
    """

    username: str
    name: str
    role: str
    password: str = field(repr=False)
    secret: str = field(default="", repr=False)
    listed: bool = True
    client: bool = False


def file() -> Path:
    """DIR/demo-accounts.json."""
    return Path(settings.DATA) / FILE


def save(accounts: Iterable[DemoAccount]) -> None:
    """Write them all, readable by the instance's own user alone (0600), never half."""
    path = file()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump([asdict(account) for account in accounts], out, ensure_ascii=False, indent=1)
    draft.replace(path)


def load(path: Path | None = None) -> tuple[DemoAccount, ...]:
    """Read them. Raises NotFound where this instance has no demo accounts."""
    try:
        rows = json.loads((path or file()).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound("本实例没有示例账号（不是演示实例，或还没有启动过）。") from error
    return tuple(DemoAccount(**row) for row in rows)


def code(username: str, *, at: datetime) -> str:
    """The one-time code that this account's authenticator shows at that moment. Raises NotFound."""
    for account in load():
        if account.username == username.strip().lower() and account.secret:
            return totp(account.secret, at=at)
    raise NotFound(f"没有用户名为 {username} 且登记了动态口令的示例账号。请看 {file()}。")


def password_from(key: bytes) -> str:
    """The one password of all demo accounts of an instance, from its own key: no two instances share it."""
    drawn = base64.b32encode(sm.sm3_hmac(key, b"onedoor.demo.password")).decode().lower()
    return f"Demo-{drawn[:4]}-{drawn[4:8]}-{int.from_bytes(drawn[8:10].encode(), 'big') % 90 + 10}"


def secret_from(key: bytes, username: str) -> str:
    """The base32 secret of an account's one-time codes, from the instance's own key."""
    drawn = sm.sm3_hmac(key, b"onedoor.demo.totp\0" + username.encode())
    return base64.b32encode(drawn[:SECRET_BYTES]).decode()


def table(accounts: Sequence[DemoAccount], *, at: datetime, command: str, data: str) -> str:
    """The listed accounts as a table for the terminal, with the one-time codes of that moment.

    ``command``: how onedoor is called there; ``data``: the folder of this instance.
    """
    listed = [account for account in accounts if account.listed and not account.client]
    if not listed:
        return ""
    rows = [("用户名", "姓名", "身份", "动态口令")]
    rows += [(a.username, a.name, a.role, totp(a.secret, at=at) if a.secret else "不需要") for a in listed]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    rest = len([account for account in accounts if not account.client]) - len(listed)
    return "\n".join(
        [
            "示例账号（全部虚构；密码都是同一个）：",
            *(f"  {line}" for line in lines),
            f"  密码：{listed[0].password}",
            f"  动态口令每 30 秒变一次，随时取：{command} demo code 用户名 --data {data}",
            f"  另有 {rest} 个工作人员账号和系统接入凭据，见实例文件夹里的 {FILE}。",
        ]
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
