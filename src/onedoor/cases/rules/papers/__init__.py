"""文书: which documents a case has given rise to, under which numbers, and what each says."""

from onedoor.cases.rules.numbering import PAPER_NAMES, Paper, number_of
from onedoor.cases.rules.papers.citing import cited
from onedoor.cases.rules.papers.issued import Issued, given, issued, sends
from onedoor.cases.rules.papers.payment import where_to_pay
from onedoor.cases.rules.papers.writers import write
from onedoor.cases.rules.papers.writing import Matter

__all__ = [
    "PAPER_NAMES",
    "Issued",
    "Matter",
    "Paper",
    "cited",
    "given",
    "issued",
    "number_of",
    "sends",
    "where_to_pay",
    "write",
]
