"""Forms as data, and the way of an applicant through them.

A form is pages of questions; which of them apply follows from the answers given so far (``when``). Position is never
stored: form and answers say which pages there are, which may be visited and which comes next. Answers are JSON: text,
true/false, whole numbers, decimals as text (``"80.5"``, money in 元 with two places), dates as ``"2026-03-02"``,
several choices as a list. An answer to a question that does not apply is dropped. The facts of ``when`` are the keys
of earlier questions, and whatever else the caller passes as ``facts`` (a situation, the kind of applicant).
"""

from onedoor.kernel.journey.checking import check, labels, schema
from onedoor.kernel.journey.cleaning import Answer
from onedoor.kernel.journey.codec import form_from_tree, form_to_tree
from onedoor.kernel.journey.route import (
    Cleaned,
    applicable,
    clean_all,
    clean_page,
    first_incomplete,
    may_visit,
    next_page,
    pages_for,
    relevant,
)
from onedoor.kernel.journey.values import Form, Option, Page, Question, QuestionKind

to_tree = form_to_tree

__all__ = [
    "Answer",
    "Cleaned",
    "Form",
    "Option",
    "Page",
    "Question",
    "QuestionKind",
    "applicable",
    "check",
    "clean_all",
    "clean_page",
    "first_incomplete",
    "form_from_tree",
    "form_to_tree",
    "labels",
    "may_visit",
    "next_page",
    "pages_for",
    "relevant",
    "schema",
    "to_tree",
]
