"""The checker of the catalogue (事项检查): findings with rule, basis, severity, field and what to do."""

from onedoor.items.rules.lint import consistency, procedure, references
from onedoor.items.rules.lint.findings import RULES, Finding, Rule, Severity, Tables, errors, lint, tables_from

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "Severity",
    "Tables",
    "consistency",
    "errors",
    "lint",
    "procedure",
    "references",
    "tables_from",
]
