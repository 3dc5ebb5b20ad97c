"""The checker of the catalogue (事项检查): findings with rule, basis, severity, field and what to do."""

from onedoor.items.rules.lint import asking, catalogue, consistency, limits, money, procedure, references
from onedoor.items.rules.lint.findings import RULES, Finding, Rule, Severity, errors, lint, lint_all
from onedoor.items.rules.lint.reporting import ItemReport, OrganReport, Report, report
from onedoor.items.rules.lint.sarif import Located, sarif
from onedoor.items.rules.lint.tables import Lists, Tables, tables_from

__all__ = [
    "RULES",
    "Finding",
    "ItemReport",
    "Lists",
    "Located",
    "OrganReport",
    "Report",
    "Rule",
    "Severity",
    "Tables",
    "asking",
    "catalogue",
    "consistency",
    "errors",
    "limits",
    "lint",
    "lint_all",
    "money",
    "procedure",
    "references",
    "report",
    "sarif",
    "tables_from",
]
