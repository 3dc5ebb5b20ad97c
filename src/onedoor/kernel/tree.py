"""Reading values out of plain trees (JSON, YAML): every fault says where it is, which rule, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onedoor.kernel.errors import FieldError, Invalid

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a tree. ``path``: keys and indexes from the root; ``rule`` is stable and for machines."""

    path: Path
    rule: str
    message: str


class Malformed(Invalid):
    """A tree that cannot be read: all its faults at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(FieldError(place(fault.path), fault.message) for fault in self.faults)

    def __str__(self) -> str:
        return "；".join(f"{place(fault.path)}：{fault.message}".lstrip("：") for fault in self.faults)


def place(path: Path) -> str:
    """A path as people write it: ``("pages", 0, "key")`` → ``pages[0].key``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
