"""The export: lines of JSON that anyone can check with nothing but this file (JSON Lines, RFC 8785, SM2, SM3).

First a head with the public keys, then each leaf with its row, each checkpoint right after its last leaf, and an end
with the number of leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785

from onedoor.journal.rules.sealing import (
    Checkpoint,
    SealedRow,
    Verdict,
    Verifier,
    checkpoint_from_json,
    key_id,
    read_body,
)
from onedoor.kernel import sm

FORMAT: Final = 1
BROKEN: Final = (ValueError, KeyError, TypeError, AttributeError)


def export_lines(
    leaves: Iterable[SealedRow], checkpoints: Iterable[Checkpoint], keys: Mapping[str, bytes]
) -> Iterator[str]:
    """The lines of an export. ``checkpoints`` come smallest first."""
    pems = {name: sm.public_pem(public) for name, public in keys.items()}
    yield _line({"onedoor_journal": FORMAT, "hash": "SM3", "keys": pems})
    waiting = iter(checkpoints)
    checkpoint = next(waiting, None)
    size = 0
    for leaf in leaves:
        row = None if leaf.row is None else dict(leaf.row)
        yield _line({"leaf": leaf.index, "entry": leaf.entry_id, "hash": leaf.hash.hex(), "row": row})
        size += 1
        while checkpoint is not None and checkpoint.size <= size:
            yield _line({"checkpoint": checkpoint.to_json()})
            checkpoint = next(waiting, None)
    yield _line({"end": size})


def _line(value: Mapping[str, Any]) -> str:
    return rfc8785.dumps(dict(value)).decode()


def verify_export(
    lines: Callable[[], Iterable[str]], *, outside: Iterable[Checkpoint] = (), key: str | None = None
) -> Verdict:
    """Recompute an export, which is read twice. ``key`` is the id of the key one expects.

    Without it the file vouches for its own key: good against accidents, not against a forger of the whole file.
    """
    book = _Book()
    for number, line in enumerate(lines(), 1):
        try:
            book.note(read_body(line))
        except BROKEN as error:
            book.faults.append(f"第 {number} 行读不懂：{error}")
    keys = {name: public for name, public in book.keys.items() if key in (None, name) and key_id(public) == name}
    verifier = Verifier(keys=keys, checkpoints=book.checkpoints, outside=outside)
    for message in book.closed():
        verifier.fault(message)
    for line in lines():
        leaf = _leaf(line)
        if leaf is not None:
            verifier.leaf(leaf)
    return verifier.verdict()


@dataclass(slots=True)
class _Book:
    """The first reading: everything but the rows."""

    keys: dict[str, bytes] = field(default_factory=dict)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    leaves: int = 0
    end: int | None = None

    def note(self, value: dict[str, Any]) -> None:
        """Take one line."""
        if "keys" in value:
            self.keys.update({name: sm.load_public_pem(text) for name, text in value["keys"].items()})
        elif "leaf" in value:
            _sealed_row(value)
            self.leaves += 1
        elif "checkpoint" in value:
            self.checkpoints.append(checkpoint_from_json(value["checkpoint"]))
        else:
            self.end = int(value["end"])

    def closed(self) -> tuple[str, ...]:
        """What is wrong with the file itself."""
        if self.end == self.leaves:
            return tuple(self.faults)
        return (*self.faults, f"导出文件不完整：末行应记 {self.leaves} 条，实为 {self.end}")


def _leaf(line: str) -> SealedRow | None:
    try:
        value = read_body(line)
        return _sealed_row(value) if "leaf" in value else None
    except BROKEN:
        return None


def _sealed_row(value: Mapping[str, Any]) -> SealedRow:
    row = value["row"]
    if row is not None:
        rfc8785.dumps(row)
        _ = row["stream"], row["seq"]
    return SealedRow(int(value["leaf"]), int(value["entry"]), bytes.fromhex(value["hash"]), row)
