"""The checker of the catalogue (事项检查): findings with rule, basis, severity, field and what to do."""

from onedoor.items.rules.lint import asking, catalogue, consistency, limits, money, plans, procedure, references
from onedoor.items.rules.lint.findings import RULES, Finding, Rule, Severity, errors, lint, lint_all, lint_together
from onedoor.items.rules.lint.reporting import ItemReport, OrganReport, Report, report, sum_up
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
    "lint_together",
    "money",
    "plans",
    "procedure",
    "references",
    "report",
    "sarif",
    "sum_up",
    "tables_from",
]
