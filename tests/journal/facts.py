"""Facts for tests."""

from datetime import UTC, datetime
from typing import Any

from onedoor.journal.rules import Entry
from onedoor.kernel.actor import system

AT = datetime(2026, 2, 13, 1, 2, 3, 4, tzinfo=UTC)


def entry(seq: int = 1, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "stream": "case:1",
        "seq": seq,
        "kind": "submitted",
        "occurred_at": AT,
        "actor": system("test"),
        "body": {"b": 1, "a": ["甲", None, True]},
    }
    return Entry(**(values | changes))
