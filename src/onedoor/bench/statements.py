"""Which statements one act sends to PostgreSQL, read from the server's own log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# The log is written with this prefix; nothing else in it looks like that.
PREFIX = "@%p@%v@ "
_LINE = re.compile(
    r"@(?P<process>\d+)@(?P<transaction>[^@]*)@ LOG:  (?:statement|execute [^:]*): (?P<text>.*)", re.DOTALL
)
_FRAME = re.compile(r"(BEGIN|START TRANSACTION|COMMIT|ROLLBACK)\b", re.IGNORECASE)
SHORTEST = 160


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in the log."""

    process: str
    text: str


def read(log: str) -> Iterator[Statement]:
    """Every statement, in the order of the log; text that runs over several lines is put together."""
    record = ""
    for line in [*log.splitlines(), "@0@@ "]:
        if line.startswith("@") and record:
            if found := _LINE.match(record):
                yield Statement(found["process"], found["text"].strip())
            record = ""
        record = line if line.startswith("@") else f"{record}\n{line}"


def acts(log: str, *, mark: str) -> list[tuple[str, ...]]:
    """The statements between BEGIN and COMMIT of every transaction in which ``mark`` occurs."""
    found: list[tuple[str, ...]] = []
    under_way: dict[str, list[str]] = {}
    for statement in read(log):
        frame = _FRAME.match(statement.text)
        if frame and frame[1].upper() in {"BEGIN", "START TRANSACTION"}:
            under_way[statement.process] = []
        elif frame:
            done = under_way.pop(statement.process, [])
            if any(mark in text for text in done):
                found.append(tuple(done))
        elif statement.process in under_way:
            under_way[statement.process].append(statement.text)
    return found


def brief(statements: Sequence[str]) -> tuple[str, ...]:
    """The statements without their values, on one line each, for people."""
    return tuple(re.sub(r"\s+", " ", re.sub(r"'(?:[^']|'')*'", "'…'", text))[:SHORTEST] for text in statements)
