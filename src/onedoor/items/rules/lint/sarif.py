"""Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from onedoor.items.rules.lint.findings import RULES, Rule, Severity

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, or a fault of a file, with its place."""

    file: str
    line: int
    field: str
    rule: str
    severity: Severity
    message: str
    basis: str = ""
    remedy: str = ""


def sarif(findings: Sequence[Located]) -> dict[str, Any]:
    """One run of the checker as a SARIF log: every rule described, one result for each finding."""
    described = [*RULES.values(), *_strange(findings)]
    index = {rule.name: place for place, rule in enumerate(described)}
    driver = {"name": "onedoor items lint", "rules": [_descriptor(rule) for rule in described]}
    results = [_result(finding, index[finding.rule]) for finding in findings]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _strange(findings: Iterable[Located]) -> list[Rule]:
    """The rules of files (``yaml.…``, ``schema.…``) that are no rules of the catalogue."""
    names = dict.fromkeys(finding.rule for finding in findings if finding.rule not in RULES)
    return [Rule(name, "事项文件写法正确", "事项文件格式", "按提示改文件") for name in names]


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}。依据：{rule.basis}"},
        "help": {"text": f"{rule.remedy}。"},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"basis": rule.basis},
    }


def _result(finding: Located, index: int) -> dict[str, Any]:
    told = f"{finding.field}：{finding.message}" if finding.field else finding.message
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(PurePath(finding.file).as_posix())},
            "region": {"startLine": max(1, finding.line)},
        }
    }
    if finding.field:
        place["logicalLocations"] = [{"fullyQualifiedName": finding.field}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": f"{told}（依据：{finding.basis}）" if finding.basis else told},
        "locations": [place],
        "properties": {"basis": finding.basis, "remedy": finding.remedy},
    }
