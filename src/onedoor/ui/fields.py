"""A journey question as an accessible field: what the template needs, computed here and nowhere else.

Names of inputs are the keys of questions; the id of what gets the focus is ``f-<key>``, so that the error summary
links to it. A date is three inputs (``key-year``, ``key-month``, ``key-day``); ``raw_answers`` joins them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onedoor.areas import queries as areas
from onedoor.kernel.journey import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.http import QueryDict

    from onedoor.kernel.errors import FieldError
    from onedoor.kernel.journey import Question

# kind → (type, inputmode, autocomplete, width class): what phones and browsers need to help.
_INPUTS = {
    QuestionKind.INTEGER: ("text", "numeric", "", "input--10"),
    QuestionKind.DECIMAL: ("text", "decimal", "", "input--10"),
    QuestionKind.MONEY: ("text", "decimal", "", "input--10"),
    QuestionKind.PHONE: ("tel", "tel", "", "input--20"),
    QuestionKind.MOBILE: ("tel", "tel", "", "input--20"),
    QuestionKind.EMAIL: ("email", "email", "", "input--20"),
    QuestionKind.ID_NUMBER: ("text", "", "off", "input--20"),
    QuestionKind.USCC: ("text", "", "off", "input--20"),
    QuestionKind.PERSON_NAME: ("text", "", "", "input--20"),
}
_WIDGETS = {
    QuestionKind.TEXTAREA: "textarea",
    QuestionKind.CHOICE: "radios",
    QuestionKind.YES_NO: "radios",
    QuestionKind.CHOICES: "checks",
    QuestionKind.DATE: "date",
    QuestionKind.PAST_DATE: "date",
    QuestionKind.AREA: "select",
}
# Where the answer may come from → autocomplete token (WCAG 1.3.5): only for the person who fills in.
_AUTOCOMPLETE = {
    "person.name": "name", "person.phone": "tel", "person.mobile": "tel", "person.email": "email",
    "person.address": "street-address", "person.birth_date": "bday", "entity.name": "organization",
}  # fmt: skip
_COUNTED = frozenset({QuestionKind.TEXT, QuestionKind.TEXTAREA, QuestionKind.ADDRESS, QuestionKind.PERSON_NAME})
RADIOS_UP_TO = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio, checkbox or option."""

    id: str
    value: str
    label: str
    hint: str
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """The places of one township; ``opened``: one of them is chosen."""

    name: str
    opened: bool
    choices: tuple[Choice, ...]


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

    @property
    def towns(self) -> tuple[Town, ...]:
        """Places by township, that of the answer first: of more than a hundred a reader opens the few of their own."""
        below: dict[str, list[Choice]] = {}
        for choice in self.choices:
            below.setdefault(choice.group, []).append(choice)
        towns = [Town(name, any(one.chosen for one in places), tuple(places)) for name, places in below.items()]
        return tuple(sorted(towns, key=lambda town: not town.opened))


def field_of(
    question: Question,
    answers: Mapping[str, Any],
    errors: Sequence[FieldError] = (),
    *,
    big: bool = False,
    by_town: bool = False,
) -> Field:
    """The field of one question, with what was answered and what is wrong with it."""
    value = answers.get(question.key)
    by_town = by_town and question.kind is QuestionKind.AREA
    options = _choices(question, value, by_town=by_town)
    kind_type, inputmode, autocomplete, width = _INPUTS.get(question.kind, ("text", "", "", ""))
    text = "" if value is None or isinstance(value, (list, tuple)) else str(value)
    return Field(
        key=question.key,
        label=question.label,
        hint=question.hint,
        required=question.required,
        widget="towns" if by_town else _widget(question.kind, len(options)),
        value=text,
        errors=tuple(error.message for error in errors if error.field == question.key),
        choices=options,
        date=_date_parts(text),
        type=kind_type,
        inputmode=inputmode,
        autocomplete=_AUTOCOMPLETE.get(question.prefill, autocomplete),
        width=width,
        max_length=question.longest if question.kind in _COUNTED else None,
        unit=question.unit or (_("元") if question.kind is QuestionKind.MONEY else ""),
        big=big,
    )


def _widget(kind: QuestionKind, options: int) -> str:
    widget = _WIDGETS.get(kind, "input")
    return "select" if widget == "radios" and options > RADIOS_UP_TO else widget


def _choices(question: Question, value: object, *, by_town: bool) -> tuple[Choice, ...]:
    chosen = _chosen(value)
    return tuple(
        Choice(f"f-{question.key}" if n == 0 else f"f-{question.key}-{n}", v, label, hint, v in chosen, group)
        for n, (v, label, hint, group) in enumerate(_offered(question, by_town=by_town))
    )


def _offered(question: Question, *, by_town: bool) -> Iterator[tuple[str, str, str, str]]:
    """value, label, hint, group of everything that may be chosen."""
    if question.kind is QuestionKind.YES_NO and not question.options:
        yield from (("yes", _("是"), "", ""), ("no", _("否"), "", ""))
    elif question.kind is QuestionKind.AREA:
        for township in areas.children(areas.county().code):
            yield township.code, township.name, "", township.name
            for village in areas.children(township.code):
                name = village.short_name if by_town else f"{township.short_name} {village.short_name}"
                yield village.code, name, "", township.name
    for option in question.options:
        yield option.value, option.label, option.hint, ""


def _chosen(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no", str(value).lower()})
    if isinstance(value, (list, tuple, set, frozenset)):
        return frozenset(map(str, value))
    return frozenset({str(value)})


def _date_parts(text: str) -> DateParts:
    year, month, day = ([*text.split("-"), "", "", ""])[:3]
    return DateParts(year, month, day)


def raw_answers(data: QueryDict, questions: Iterable[Question]) -> dict[str, str | list[str]]:
    """What a browser sent, per question, as ``clean_page`` takes it: three date inputs become ``2026-3-17``."""
    raw: dict[str, str | list[str]] = {}
    for question in questions:
        widget = _WIDGETS.get(question.kind, "input")
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
