"""What is sealed, byte for byte, and how an outsider checks it again (RFC 8785, RFC 6962 over SM3, SM2)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785

from onedoor.journal.rules.facts import LARGEST_INTEGER
from onedoor.kernel import merkle, sm

MOST_FAULTS: Final = 20


def read_body(text: str) -> dict[str, Any]:
    """A body as the database prints it. Numbers that RFC 8785 cannot hold exactly keep their spelling behind a NUL.

    Nothing the journal appends has such numbers; a row that was tampered with may, and 1.0 must not pass for 1.
    """
    body = json.loads(text, parse_float=lambda number: "\0" + number, parse_int=_integer)
    return body if isinstance(body, dict) else {"": body}


def _integer(number: str) -> int | str:
    value = int(number)
    return value if abs(value) <= LARGEST_INTEGER else "\0" + number


def leaf_bytes(row: Mapping[str, Any]) -> bytes:
    """The bytes that are sealed: RFC 8785 JSON of the whole row as read back from the database.

    Without floats, and without characters beyond the basic plane, by whose UTF-16 halves RFC 8785 sorts keys, the
    standard library's sorted, compact form is that very text, ten times faster (a property test holds them equal).
    """
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode("utf-16-le")) == 2 * len(text):
        return text.encode()
    return rfc8785.dumps(dict(row))


def seal_hash(row: Mapping[str, Any]) -> bytes:
    """The row's leaf hash, SM3."""
    return merkle.leaf_hash(leaf_bytes(row))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement: the first ``size`` leaves have this root. ``sealed_at`` is UTC, spelled as it was signed."""

    size: int
    root: bytes
    sealed_at: str
    key_id: str
    signature: bytes = b""

    def text(self) -> bytes:
        """What is signed: five lines, the root in base64 as in the checkpoints of transparency logs."""
        root = base64.b64encode(self.root).decode()
        return f"onedoor journal\nSM3 {self.key_id}\n{self.size}\n{root}\n{self.sealed_at}\n".encode()

    def to_json(self) -> dict[str, Any]:
        """As one line of a file."""
        return {
            "size": self.size,
            "root": self.root.hex(),
            "sealed_at": self.sealed_at,
            "key_id": self.key_id,
            "signature": self.signature.hex(),
        }


def checkpoint_from_json(value: Mapping[str, Any]) -> Checkpoint:
    """The inverse of ``to_json``; ValueError, KeyError or TypeError where it is none."""
    return Checkpoint(
        size=int(value["size"]),
        root=bytes.fromhex(value["root"]),
        sealed_at=str(value["sealed_at"]),
        key_id=str(value["key_id"]),
        signature=bytes.fromhex(value["signature"]),
    )


def key_id(public: bytes) -> str:
    """A short name of a public key: the first 8 bytes of its SM3 in hex."""
    return sm.sm3(public)[:8].hex()


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One leaf as found: where it stands, which hash was stored, and the row (None = the row is gone)."""

    index: int
    entry_id: int
    hash: bytes
    row: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, naming the row where it shows."""

    message: str
    entry_id: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: how many facts and checkpoints were checked, and every fault (at most MOST_FAULTS)."""

    size: int
    checkpoints: int
    root: bytes
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Verifier:
    """Recomputes the tree leaf by leaf. Feed every leaf in order, then ask for the verdict.

    ``checkpoints`` are those kept beside the rows, ``outside`` those kept elsewhere, ``keys`` the public keys by id.
    """

    keys: Mapping[str, bytes]
    checkpoints: Iterable[Checkpoint]
    outside: Iterable[Checkpoint] = ()
    faults: list[Fault] = field(default_factory=list)
    _edge: merkle.Frontier = field(default_factory=merkle.Frontier)
    _waiting: dict[int, set[bytes]] = field(default_factory=dict)
    _count: int = 0
    _largest: int = 0
    _good: int = 0
    _since: list[int] = field(default_factory=list)
    _last: int | None = None
    _torn: bool = False

    def __post_init__(self) -> None:
        for place, found in (("", self.checkpoints), ("库外", self.outside)):
            for checkpoint in found:
                self._count += 1
                self._waiting.setdefault(checkpoint.size, set()).add(checkpoint.root)
                self._check_signature(checkpoint, place)
                if not place:
                    self._largest = max(self._largest, checkpoint.size)

    def _check_signature(self, checkpoint: Checkpoint, place: str) -> None:
        public = self.keys.get(checkpoint.key_id)
        if public is None:
            self.fault(f"{place}检查点 {checkpoint.size} 由未知密钥 {checkpoint.key_id} 签名")
        elif not sm.verify(public, checkpoint.text(), checkpoint.signature):
            self.fault(f"{place}检查点 {checkpoint.size} 的签名不真实")

    def fault(self, message: str, *, entry_id: int | None = None, index: int | None = None) -> None:
        """Note one fault; beyond MOST_FAULTS they are only the same news again."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(message, entry_id, index))

    def leaf(self, found: SealedRow) -> None:
        """Take the next leaf."""
        if found.index != self._edge.size and not self._torn:
            self._torn = True
            message = f"缺少第 {self._edge.size} 号封存位（下一条是条目 {found.entry_id}）：有封存记录被删"
            self.fault(message, entry_id=found.entry_id, index=self._edge.size)
        self._check_row(found)
        self._edge, _ = self._edge.append(found.hash)
        self._since.append(found.entry_id)
        self._last = found.entry_id
        self._check_roots()

    def _check_row(self, found: SealedRow) -> None:
        if found.row is None:
            self.fault(f"条目 {found.entry_id} 被删除", entry_id=found.entry_id, index=found.index)
            return
        if seal_hash(found.row) != found.hash:
            place = f"{found.row['stream']} 第 {found.row['seq']} 条"
            self.fault(
                f"条目 {found.entry_id}（{place}）的内容与封存时不同", entry_id=found.entry_id, index=found.index
            )

    def _check_roots(self) -> None:
        roots = self._waiting.pop(self._edge.size, None)
        if roots is None or self._torn:
            return
        if roots == {self._edge.root()}:
            self._good = self._edge.size
            self._since.clear()
            return
        self._torn = True
        first, last = self._since[0] if self._since else None, self._since[-1] if self._since else None
        message = f"检查点 {self._edge.size} 的树根不符：条目 {first} 至 {last} 之间有改动、删除或换序"
        self.fault(message, entry_id=first, index=self._good)

    def verdict(self) -> Verdict:
        """Close the books: checkpoints over leaves that are not there, leaves over which no checkpoint stands."""
        size = self._edge.size
        if self._waiting and not self._torn:
            missing = max(self._waiting)
            self.fault(
                f"尾部被截断：检查点证明有 {missing} 条，现在只有 {size} 条（最后一条是条目 {self._last}）",
                entry_id=self._last,
                index=size,
            )
        elif size > self._largest:
            self.fault(f"第 {self._largest} 号之后的封存位没有检查点", index=self._largest)
        return Verdict(size, self._count, self._edge.root(), tuple(self.faults))
