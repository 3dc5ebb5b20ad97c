"""What a rule of the catalogue says about an item, and the registers of rules and tables it says it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

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

    @property
    def field(self) -> str:
        """The field as people write it: ``materials[3].by_law``."""
        return place(self.path)


@dataclass(frozen=True, slots=True)
class Tables:
    """Lists that rules look things up in: data, not code (``items/data/tables.yaml``)."""

    topics_person: frozenset[str]
    topics_company: frozenset[str]
    catch_all: tuple[str, ...]
    in_registers: tuple[str, ...]
    norms: tuple[str, ...]
    norms_high: tuple[str, ...]
    norms_low: tuple[str, ...]
    norms_not: tuple[str, ...]
    no_pause: tuple[str, ...]
    stages: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What one check yields; the register adds rule, basis and the usual severity."""

    path: Path
    message: str
    severity: Severity | None = None


Check: TypeAlias = Callable[[Item, Tables], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule."""

    name: str
    basis: str
    check: Check
    severity: Severity = Severity.ERROR


RULES: dict[str, Rule] = {}


def rule(name: str, basis: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Check]:
    """Register a check under a stable name with its basis."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, basis, check, severity)
        return check

    return register


def lint(item: Item, tables: Tables) -> tuple[Finding, ...]:
    """All findings about one item, in the order of the rules."""
    return tuple(
        Finding(r.name, r.basis, remark.severity or r.severity, remark.path, remark.message)
        for r in RULES.values()
        for remark in r.check(item, tables)
    )


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that bar publication."""
    return tuple(f for f in findings if f.severity is Severity.ERROR)


def tables_from(tree: Mapping[str, object]) -> Tables:
    """Tables out of their YAML tree; KeyError where a list is missing."""

    def texts(key: str) -> tuple[str, ...]:
        found = tree[key]
        return tuple(str(text) for text in found) if isinstance(found, list) else ()

    stages = tree["stages"]
    return Tables(
        topics_person=frozenset(texts("topics_person")),
        topics_company=frozenset(texts("topics_company")),
        catch_all=texts("catch_all"),
        in_registers=texts("in_registers"),
        norms=texts("norms"),
        norms_high=texts("norms_high"),
        norms_low=texts("norms_low"),
        norms_not=texts("norms_not"),
        no_pause=texts("no_pause"),
        stages=tuple(tuple(map(str, names)) for names in stages) if isinstance(stages, list) else (),
    )
