"""A journey question as an accessible field: what the template needs, computed here and nowhere else.

Names of inputs are the keys of questions; the id of what gets the focus is ``f-<key>``, so that the error summary
links to it. A date is three inputs (``key-year``, ``key-month``, ``key-day``); ``raw_answers`` joins them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import QueryDict

    from onedoor.kernel.errors import FieldError
    from onedoor.kernel.journey import Question

# kind → (type, inputmode, autocomplete, width class): what phones and browsers need to help.
_INPUTS = {
    "text": ("text", "", "", ""),
    "integer": ("text", "numeric", "", "input--10"),
    "decimal": ("text", "decimal", "", "input--10"),
    "money": ("text", "decimal", "", "input--10"),
    "phone": ("tel", "tel", "tel", "input--20"),
    "email": ("email", "email", "email", "input--20"),
    "id_number": ("text", "", "", "input--20"),
    "uscc": ("text", "", "", "input--20"),
    "postcode": ("text", "numeric", "postal-code", "input--10"),
}
_WIDGETS = {
    "long_text": "textarea", "textarea": "textarea", "multiline": "textarea",
    "choice": "radios", "radio": "radios", "choices": "checks", "multi": "checks",
    "yes_no": "radios", "boolean": "radios", "date": "date", "area": "select", "select": "select",
}  # fmt: skip
# prefill source → autocomplete token (WCAG 1.3.5): only for the person who fills in.
_AUTOCOMPLETE = {
    "name": "name", "phone": "tel", "mobile": "tel", "email": "email", "address": "street-address",
    "birth_date": "bday", "born": "bday", "organization": "organization",
}  # fmt: skip
RADIOS_UP_TO = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio, checkbox or option."""

    id: str
    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DateParts:
    """The three inputs of a date as last typed."""

    year: str
    month: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Everything ``ui/parts/field.html`` draws."""

    key: str
    label: str
    hint: str
    required: bool
    widget: str
    value: str
    errors: tuple[str, ...]
    choices: tuple[Choice, ...]
    date: DateParts
    type: str
    inputmode: str
    autocomplete: str
    width: str
    max_length: int | None
    unit: str
    big: bool

    @property
    def id(self) -> str:
        """The id of the control that takes the focus."""
        return f"f-{self.key}"

    @property
    def described_by(self) -> str:
        """The ids of hint and errors, for ``aria-describedby``."""
        names = [f"{self.id}-hint"] if self.hint else []
        return " ".join(names + ([f"{self.id}-error"] if self.errors else []))


def field_of(
    question: Question, answers: Mapping[str, Any], errors: Sequence[FieldError] = (), *, big: bool = False
) -> Field:
    """The field of one question, with what was answered and what is wrong with it."""
    kind = str(question.kind)
    value = answers.get(question.key)
    options = _choices(question, value)
    kind_type, inputmode, autocomplete, width = _INPUTS.get(kind, _INPUTS["text"])
    text = "" if value is None or isinstance(value, (list, tuple)) else str(value)
    return Field(
        key=question.key,
        label=question.label,
        hint=question.hint or "",
        required=question.required,
        widget=_widget(kind, len(options)),
        value=text,
        errors=tuple(error.message for error in errors if error.field == question.key),
        choices=options,
        date=_date_parts(text),
        type=kind_type,
        inputmode=inputmode,
        autocomplete=_autocomplete(question, autocomplete),
        width=width,
        max_length=getattr(question, "max_length", None),
        unit=getattr(question, "unit", "") or "",
        big=big,
    )


def _widget(kind: str, options: int) -> str:
    widget = _WIDGETS.get(kind, "input")
    return "select" if widget == "radios" and options > RADIOS_UP_TO else widget


def _choices(question: Question, value: object) -> tuple[Choice, ...]:
    raw: Iterable[Any] = getattr(question, "options", ()) or ()
    pairs = [(str(o.value), o.label, getattr(o, "hint", "") or "") for o in raw]
    if not pairs and str(question.kind) in ("yes_no", "boolean"):
        pairs = [("yes", "是", ""), ("no", "否", "")]
    chosen = _chosen(value)
    return tuple(
        Choice(f"f-{question.key}" if n == 0 else f"f-{question.key}-{n}", v, label, hint, v in chosen)
        for n, (v, label, hint) in enumerate(pairs)
    )


def _chosen(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no", str(value).lower()})
    if isinstance(value, (list, tuple, set, frozenset)):
        return frozenset(map(str, value))
    return frozenset({str(value)})


def _autocomplete(question: Question, default: str) -> str:
    source = str(getattr(question, "prefill", "") or "").rpartition(".")[2]
    return _AUTOCOMPLETE.get(source, default)


def _date_parts(text: str) -> DateParts:
    year, month, day = ([*text.split("-"), "", "", ""])[:3]
    return DateParts(year, month, day)


def raw_answers(data: QueryDict, questions: Iterable[Question]) -> dict[str, str | list[str]]:
    """What a browser sent, per question, as ``clean_page`` takes it: three date inputs become ``2026-3-17``."""
    raw: dict[str, str | list[str]] = {}
    for question in questions:
        widget = _WIDGETS.get(str(question.kind), "input")
        if widget == "checks":
            raw[question.key] = data.getlist(question.key)
        elif widget == "date" and question.key not in data:
            raw[question.key] = _joined(data, question.key)
        else:
            raw[question.key] = data.get(question.key, "")
    return raw


def _joined(data: QueryDict, key: str) -> str:
    parts = [str(data.get(f"{key}-{part}", "")).strip() for part in ("year", "month", "day")]
    if not any(parts):
        return ""
    return "-".join(part.zfill(2) if part.isdigit() else part for part in parts)
