"""What a form is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from onedoor.kernel.expr import Expr


class QuestionKind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    TEXTAREA = "textarea"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # 元, two places
    DATE = "date"
    PAST_DATE = "past_date"  # today at the latest
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    ID_NUMBER = "id_number"
    USCC = "uscc"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    PERSON_NAME = "person_name"
    AREA = "area"  # a 12-digit division code
    ADDRESS = "address"


CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
NUMERIC = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.MONEY})
WRITTEN = frozenset({QuestionKind.TEXT, QuestionKind.TEXTAREA, QuestionKind.ADDRESS, QuestionKind.PERSON_NAME})
_LENGTHS = {QuestionKind.TEXTAREA: 2000, QuestionKind.PERSON_NAME: 50, QuestionKind.EMAIL: 254}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``key`` is unique in the form and is the name of the fact.

    ``max_length``: characters, else 200 (long text 2,000). ``minimum``, ``maximum``: of numbers; without a minimum,
    nothing below zero. ``pattern``: a regular expression the whole text must match, with ``pattern_message`` to say
    what to write. ``prefill``: where the answer may be taken from, e.g. ``person.name``.
    """

    key: str
    label: str
    kind: QuestionKind
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    when: Expr | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""
    prefill: str = ""
    pattern: str = ""
    pattern_message: str = ""

    @property
    def longest(self) -> int:
        """The most characters an answer may have."""
        return self.max_length or _LENGTHS.get(self.kind, 200)


@dataclass(frozen=True, slots=True)
class Page:
    """One question or one small group."""

    key: str
    title: str
    questions: tuple[Question, ...]
    when: Expr | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Pages in order."""

    pages: tuple[Page, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for page in self.pages for question in page.questions)
