"""The state of a whole catalogue: findings per item and per organ, and the index of standardisation (标准化指数)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onedoor.items.rules.lint.findings import Finding, Severity, lint_all
from onedoor.items.rules.lint.tables import Lists, Tables
from onedoor.items.rules.values import Item


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item: what the rules find, and its score from 100 down to 0."""

    item: Item
    findings: tuple[Finding, ...]
    score: int

    @property
    def errors(self) -> int:
        """How many findings bar publication."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many ask for a second look."""
        return len(self.findings) - self.errors


@dataclass(frozen=True, slots=True)
class OrganReport:
    """One organ: its items, worst first, and the index of standardisation, the mean of their scores in tenths."""

    organ: str
    organ_name: str
    items: tuple[ItemReport, ...]
    errors: int
    warnings: int
    clean: int
    tenths: int
    rules: tuple[tuple[str, int], ...]

    @property
    def index(self) -> str:
        """The index as people read it: ``97.5``."""
        return f"{self.tenths // 10}.{self.tenths % 10}"


@dataclass(frozen=True, slots=True)
class Report:
    """A catalogue on a day: organs by index, lowest first; ``basis``: by what the scores are reckoned."""

    day: date
    items: tuple[ItemReport, ...]
    organs: tuple[OrganReport, ...]
    basis: str


def report(items: Sequence[Item], *, on: date, tables: Tables) -> Report:
    """Check a catalogue and sum it up (``sum_up``)."""
    return sum_up(items, lint_all(items, tables, on=on), tables.on(on))


def sum_up(items: Sequence[Item], found: Sequence[Sequence[Finding]], lists: Lists) -> Report:
    """Findings as a report. An item starts at 100; each rule that it breaks takes off points once.

    An organ is charged with the items of which it is the 实施主体.
    """
    lines = tuple(ItemReport(item, tuple(told), _score(told, lists)) for item, told in zip(items, found, strict=True))
    by_organ: dict[str, list[ItemReport]] = defaultdict(list)
    for line in lines:
        by_organ[line.item.organ].append(line)
    organs = sorted(map(_organ, by_organ.values()), key=lambda organ: (organ.tenths, organ.organ))
    return Report(lists.day, lines, tuple(organs), lists.basis["index_weights"])


def _score(findings: Sequence[Finding], lists: Lists) -> int:
    worst: dict[str, int] = {}
    for finding in findings:
        worst[finding.rule] = max(worst.get(finding.rule, 0), lists.index_weights.get(finding.severity.value, 0))
    return max(0, 100 - sum(worst.values()))


def _organ(lines: Sequence[ItemReport]) -> OrganReport:
    broken = Counter(rule for line in lines for rule in {finding.rule for finding in line.findings})
    return OrganReport(
        organ=lines[0].item.organ,
        organ_name=lines[0].item.organ_name,
        items=tuple(sorted(lines, key=lambda line: (line.score, line.item.code))),
        errors=sum(line.errors for line in lines),
        warnings=sum(line.warnings for line in lines),
        clean=sum(not line.findings for line in lines),
        tenths=sum(line.score for line in lines) * 10 // len(lines),
        rules=tuple(sorted(broken.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
