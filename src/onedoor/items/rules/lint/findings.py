"""What a rule of the catalogue says about an item, and the registers of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from onedoor.items.rules.lint.tables import Lists, Tables
from onedoor.items.rules.values import Item
from onedoor.kernel.tree import Path, place


class Severity(StrEnum):
    """An error bars publication; a warning asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which rule, on which basis, how grave, at which field, what is wrong and what to do."""

    rule: str
    basis: str
    severity: Severity
    path: Path
    message: str
    remedy: str = ""

    @property
    def field(self) -> str:
        """The field as people write it: ``materials[3].by_law``."""
        return place(self.path)


@dataclass(frozen=True, slots=True)
class Remark:
    """What one check yields; the register adds what it leaves out: severity, basis, remedy."""

    path: Path
    message: str
    severity: Severity | None = None
    basis: str = ""
    remedy: str = ""


Check: TypeAlias = Callable[[Item, Lists], Iterator[Remark]]
WideCheck: TypeAlias = Callable[[Sequence[Item], Lists], Iterator[tuple[int, Remark]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: what it demands, on which basis, how grave its breach is, and what to do then.

    ``check`` looks at one item; ``wide`` at all together and says the place of each item it remarks on.
    """

    name: str
    title: str
    basis: str
    remedy: str
    severity: Severity = Severity.ERROR
    check: Check | None = None
    wide: WideCheck | None = None

    def finding(self, remark: Remark) -> Finding:
        """The remark of this rule as a finding."""
        return Finding(
            self.name,
            remark.basis or self.basis,
            remark.severity or self.severity,
            remark.path,
            remark.message,
            remark.remedy or self.remedy,
        )


RULES: dict[str, Rule] = {}


def rule(
    name: str, title: str, *, basis: str, remedy: str, severity: Severity = Severity.ERROR
) -> Callable[[Check], Check]:
    """Register a check of one item under a stable name."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, title, basis, remedy, severity, check=check)
        return check

    return register


def wide_rule(
    name: str, title: str, *, basis: str, remedy: str, severity: Severity = Severity.ERROR
) -> Callable[[WideCheck], WideCheck]:
    """Register a check of a whole catalogue under a stable name."""

    def register(check: WideCheck) -> WideCheck:
        RULES[name] = Rule(name, title, basis, remedy, severity, wide=check)
        return check

    return register


def lint(item: Item, tables: Tables, *, on: date) -> tuple[Finding, ...]:
    """All findings about one item by what is in force on a day, in the order of the rules."""
    return _lint(item, tables.on(on))


def lint_all(items: Sequence[Item], tables: Tables, *, on: date) -> tuple[tuple[Finding, ...], ...]:
    """The findings of each item of a catalogue, those included that only a look at all of them shows."""
    lists = tables.on(on)
    return tuple((*_lint(item, lists), *wide) for item, wide in zip(items, lint_together(items, lists), strict=True))


def lint_together(items: Sequence[Item], lists: Lists) -> tuple[tuple[Finding, ...], ...]:
    """Of each item of a catalogue the findings that only a look at all of them shows."""
    found: list[list[Finding]] = [[] for _ in items]
    for r in RULES.values():
        for index, remark in r.wide(items, lists) if r.wide else ():
            found[index].append(r.finding(remark))
    return tuple(map(tuple, found))


def errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that bar publication."""
    return tuple(f for f in findings if f.severity is Severity.ERROR)


def _lint(item: Item, lists: Lists) -> tuple[Finding, ...]:
    return tuple(r.finding(remark) for r in RULES.values() if r.check for remark in r.check(item, lists))
