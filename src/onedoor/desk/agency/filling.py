"""The page of one application filled in for a villager: situations, form, materials, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onedoor.cases.rules.application import Application, asked, clean, promisable, situated
from onedoor.desk.agency.people import place_of
from onedoor.desk.window.known import known_answers
from onedoor.desk.window.materials import Row, Taken, rows
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.expr import holds
from onedoor.kernel.journey import Option, Page, Question, QuestionKind, applicable, clean_all
from onedoor.registries.rules import Reading
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from django.http import QueryDict

    from onedoor.items.rules import ItemVersion, Material
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.expr import Value

SITUATION = "situations."
CONSENT = "electronic_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What the page holds, as typed."""

    item: ItemVersion
    villager: str
    today: date
    raw: Mapping[str, str | list[str]]
    situations: Mapping[str, str]
    taken: Taken

    @property
    def facts(self) -> dict[str, Value]:
        """What is known so far: the situations answered, the clean answers of the form."""
        given, _ = situated(self.item, self.situations)
        given |= {"applicant.kind": self.villager.partition(":")[0], "applicant.agent": False}
        return {**given, **clean_all(self.item.form, self.raw, today=self.today, facts=given).values}

    @property
    def asked_situations(self) -> tuple[Question, ...]:
        """The questions that decide what is needed."""
        known, _ = situated(self.item, self.situations)
        return tuple(
            Question(
                SITUATION + each.key,
                each.question,
                QuestionKind.CHOICE,
                hint=each.hint,
                options=tuple(Option(option.value, option.label) for option in each.options),
            )
            for each in self.item.situations
            if each.when is None or holds(each.when, known)
        )

    @property
    def pages(self) -> tuple[tuple[Page, tuple[Question, ...]], ...]:
        """The parts of the form that apply."""
        facts = self.facts
        return applicable(self.item.form, facts, facts=facts)

    @property
    def answers(self) -> dict[str, object]:
        """What was typed, by the name of the input."""
        return {**self.raw, **{SITUATION + key: value for key, value in self.situations.items()}}

    @property
    def asked(self) -> tuple[Material, ...]:
        """The materials of this situation."""
        return asked(self.item, self.facts)

    def rows(self, errors: Sequence[FieldError]) -> tuple[Row, ...]:
        """The list of materials."""
        return rows(self.asked, self.taken, faults={}, errors=errors, offered=promisable(self.item, self.facts))

    @property
    def application(self) -> Application:
        """What waits for the villager: only the materials that this situation calls for. Papers are for the windows."""
        needed = {material.key for material in self.asked if not material.exempt}
        return Application(
            item=self.item.code,
            answers=self.raw,
            situations=self.situations,
            materials={key: ids for key, ids in self.taken.ids().items() if key in needed},
            applicant=self.villager,
            electronic_service=False,
            promised={key: kind for key, kind in self.taken.promised.items() if key in needed},
        )

    def errors(self) -> list[FieldError]:
        """Every fault of situations, form and materials."""
        found = list(self.taken.errors)
        try:
            clean(self.application, self.item, today=self.today, mandated=True)
        except Invalid as fault:
            found += fault.errors
        return found


def blank(item: ItemVersion, villager: str, *, by: Actor, at: datetime) -> Filling:
    """A fresh page: what the register knows is filled in; the read is recorded."""
    reading = Reading(f"代办“{item.name}”，预填申请表", at, target=place_of(by))
    raw = known_answers(item, villager, by=by, reading=reading)
    return Filling(item=item, villager=villager, today=local_date(at), raw=raw, situations={}, taken=Taken({}, {}))


def filled(data: QueryDict, empty: Filling, taken: Taken) -> Filling:
    """The page as it was posted."""
    keys = [situation.key for situation in empty.item.situations]
    return replace(
        empty,
        raw=raw_answers(data, empty.item.form.questions),
        situations={key: str(data[SITUATION + key]) for key in keys if data.get(SITUATION + key)},
        taken=taken,
    )
