"""What a form of the desk posted, read field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from onedoor.cases.rules.demands import LONGEST_TEXT, required
from onedoor.desk.frame import seen_version
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid

if TYPE_CHECKING:
    from django.http import QueryDict

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Posted:
    """One posted act: the case, who posts, when, on which version of the page, with which fields."""

    number: str
    by: Actor
    at: datetime
    data: QueryDict
    photos: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        """The version that the page showed. Raises Conflict where the form says none: nobody decides unseen."""
        return seen_version(self.data)

    def text(self, name: str, *, most: int = LONGEST_TEXT) -> str:
        """One text field. Raises Invalid where it is too long or holds what cannot be stored."""
        text = self.data.get(name, "").strip()
        if len(text) > most or "\0" in text:
            told = _("文字过长或含有无法保存的字符，请控制在 %(limit)s 字以内。") % {"limit": most}
            raise Invalid([FieldError(name, told)])
        return text

    def choice(self, name: str, kind: type[Choice], message: str) -> Choice:
        """One of the values of an enumeration; Invalid with what to do otherwise."""
        try:
            return kind(self.text(name))
        except ValueError:
            raise Invalid([FieldError(name, message)]) from None

    def concluded(self, name: str, kind: type[Choice], message: str, *, reason: str) -> tuple[Choice, str]:
        """A conclusion and its reason, the field ``reason``; Invalid with both faults where both are missing."""
        text = self.text(reason)
        faults: list[FieldError] = []
        for check in (lambda: self.choice(name, kind, message), lambda: required(**{reason: text})):
            try:
                check()
            except Invalid as fault:
                faults += fault.errors
        if faults:
            raise Invalid(faults)
        return self.choice(name, kind, message), text

    def day(self, name: str, message: str) -> date:
        """One date; Invalid otherwise."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise Invalid([FieldError(name, message)]) from None
