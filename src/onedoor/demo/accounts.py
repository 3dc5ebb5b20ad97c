"""The demo accounts of an instance: one file that only the instance's own user may read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from onedoor.access.rules import totp
from onedoor.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demo county. ``secret`` is the base32 key of its one-time codes, "" for citizens."""

    username: str
    name: str
    role: str
    password: str = field(repr=False)
    secret: str = field(default="", repr=False)


def file() -> Path:
    """DIR/demo-accounts.json."""
    return Path(settings.DATA) / "demo-accounts.json"


def save(accounts: Iterable[DemoAccount]) -> None:
    """Write them all, readable by the instance's own user alone (0600), never half."""
    path = file()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump([asdict(account) for account in accounts], out, ensure_ascii=False, indent=1)
    draft.replace(path)


def load() -> tuple[DemoAccount, ...]:
    """Read them. Raises NotFound where this instance has no demo accounts."""
    try:
        rows = json.loads(file().read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound("本实例没有示例账号（不是演示实例，或还没有启动过）。") from error
    return tuple(DemoAccount(**row) for row in rows)


def code(username: str, *, at: datetime) -> str:
    """The one-time code that this account's authenticator shows at that moment. Raises NotFound."""
    for account in load():
        if account.username == username.strip().lower() and account.secret:
            return totp(account.secret, at=at)
    raise NotFound(f"没有用户名为 {username} 且登记了动态口令的示例账号。请看 {file()}。")
