"""The dense page of one application: situations, form and materials as they stand, and what is wrong with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.rules.application import FORM, Application, asked, clean, due_from, missing, promisable, situated
from onedoor.cases.rules.values import PaperForm, Pledge
from onedoor.desk.window.known import known_answers
from onedoor.desk.window.materials import NOTHING, Row, Taken, rows
from onedoor.hall.rules import Correction, Visit, place_of
from onedoor.items.rules.codes import MaterialForm, ProjectType
from onedoor.items.rules.facts import DueFee, for_situation
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.expr import holds
from onedoor.kernel.journey import Option, Page, Question, QuestionKind, applicable, clean_all
from onedoor.registries import queries as registries
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
LONGEST_FAULT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the page holds. ``raw`` and ``situations`` as typed; ``agent``: who acts for the applicant by mandate."""

    item: ItemVersion
    visit: Visit
    today: date
    raw: Mapping[str, str | list[str]]
    situations: Mapping[str, str]
    agent: str | None
    taken: Taken = NOTHING
    faults: Mapping[str, str]
    fixed: frozenset[str] = frozenset()
    consent: bool = False

    @property
    def facts(self) -> dict[str, Value]:
        """What is known so far: the situations answered, the clean answers of the form."""
        given, _ = situated(self.item, self.situations)
        given |= {"applicant.kind": self.visit.applicant.partition(":")[0], "applicant.agent": bool(self.agent)}
        return {**given, **clean_all(self.item.form, self.raw, today=self.today, facts=given).values}

    @property
    def asked_situations(self) -> tuple[Question, ...]:
        """The questions that decide what is needed, drawn like any other."""
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
        """The parts of the form that apply, with the questions that apply."""
        facts = self.facts
        return applicable(self.item.form, facts, facts=facts)

    @property
    def answers(self) -> dict[str, object]:
        """What was typed, by the name of the input."""
        return {**self.raw, **{SITUATION + key: value for key, value in self.situations.items()}}

    @property
    def asks_consent(self) -> bool:
        """Whether the form itself asks for consent to electronic service."""
        return any(question.key == CONSENT for question in self.item.form.questions)

    @property
    def asked(self) -> tuple[Material, ...]:
        """The materials of this situation."""
        return asked(self.item, self.facts)

    @property
    def anything_to_bring(self) -> bool:
        """Whether any material of this situation is the applicant's to bring."""
        return any(not material.exempt for material in self.asked)

    @property
    def fees(self) -> tuple[DueFee, ...]:
        """The fees of this situation, with what a reduction leaves of them."""
        return for_situation(self.item, self.facts).fees

    @property
    def told(self) -> dict[str, str]:
        """What the one-time notice would say: what is missing, and what the clerk wrote and is not put right."""
        found, written = missing(self.application(incomplete=True), self.item, today=self.today), self.open_faults
        form = "\n".join(text for text in (found.pop(FORM, ""), written.pop(FORM, "")) if text)
        return {**({FORM: form} if form else {}), **found, **written}

    @property
    def notice(self) -> tuple[tuple[str, str], ...]:
        """The lines of the notice as they will be printed: what they are about, and what is told of it."""
        return tuple((self._names[key], line) for key, text in self.told.items() for line in text.splitlines())

    @property
    def notice_mark(self) -> str:
        """Names these lines: a notice goes out once, and only as it was seen."""
        return hashlib.sha256(repr(self.notice).encode()).hexdigest()

    @property
    def _names(self) -> dict[str, str]:
        return {material.key: material.name for material in self.item.materials} | {FORM: _("申请表")}

    @property
    def open_faults(self) -> dict[str, str]:
        """What the clerk wrote is wrong, as far as it was not put right on the spot."""
        return {key: text for key, text in self.faults.items() if key not in self.fixed}

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was put right on the spot (行政许可法 §32(一)三)."""
        return tuple(
            Correction(key, self._names[key], text) for key, text in self.faults.items() if key in self.fixed and text
        )

    @property
    def offered(self) -> dict[str, tuple[Pledge, ...]]:
        """What the applicant may promise instead of handing it over, if they want."""
        return promisable(self.item, self.facts)

    def rows(self, errors: Sequence[FieldError]) -> tuple[Row, ...]:
        """The list of materials."""
        return rows(self.asked, self.taken, faults=self.faults, errors=errors, fixed=self.fixed, offered=self.offered)

    def application(self, *, incomplete: bool) -> Application:
        """What is handed in: only the materials that this situation calls for."""
        needed = {material.key for material in self.asked if not material.exempt}
        return Application(
            item=self.item.code,
            answers=self.raw,
            situations=self.situations,
            materials={key: ids for key, ids in self.taken.ids().items() if key in needed},
            applicant=self.visit.applicant,
            electronic_service=self.consent,
            agent=self.agent,
            agent_name=registries.party(self.agent).name if self.agent else "",
            paper={key: form for key, form in self.taken.paper.items() if key in needed},
            incomplete=incomplete,
            promised={key: kind for key, kind in self.taken.promised.items() if key in needed},
        )

    def errors(self, *, incomplete: bool) -> list[FieldError]:
        """Every fault of situations, form and materials."""
        found = list(self.taken.errors)
        found += [
            FieldError(f"materials.{key}", _("勾了“已当场更正”，请写明更正了什么。"))
            for key in sorted(self.fixed)
            if not self.faults.get(key)
        ]
        try:
            clean(self.application(incomplete=incomplete), self.item, today=self.today)
        except Invalid as fault:
            found += [_at_counter(error) for error in fault.errors]
        return found


@dataclass(frozen=True, slots=True)
class LimitBox:
    """How long it takes: promised, and by law where that differs."""

    promised: str
    legal: str
    on_the_spot: bool


def limit_of(page: Sheet) -> LimitBox:
    """The limits in this situation as the sheet shows them."""
    item, limit = page.item, for_situation(page.item, page.facts).promised
    promised, legal = str(limit), str(item.clock.legal or "")
    at_once = item.project_type is ProjectType.ON_THE_SPOT or limit.number == 0
    return LimitBox(promised, legal if legal != promised else "", at_once)


def complete(page: Sheet) -> Sheet:
    """Everything that must be brought is here, as the list asks for it: originals checked, copies taken."""
    here = {material.key: _as_listed(material) for material in due_from(page.item, page.facts)}
    promised = page.taken.promised.keys()
    here = {key: form for key, form in here.items() if key not in promised}
    return replace(page, taken=replace(page.taken, paper={**here, **page.taken.paper}))


def _as_listed(material: Material) -> PaperForm:
    if material.copies:
        return PaperForm.BOTH if material.form is not MaterialForm.ELECTRONIC else PaperForm.COPY
    return PaperForm.ORIGINAL if material.originals else PaperForm.COPY


def _at_counter(error: FieldError) -> FieldError:
    return replace(error, message=error.message.replace("请上传", _("还缺"))) if "materials." in error.field else error


def blank(item: ItemVersion, visit: Visit, *, agent: str | None, by: Actor, at: datetime) -> Sheet:
    """A fresh page: what the registers know of the applicant is filled in; for a company, of who stands here too."""
    reading = Reading(f"窗口收件“{item.name}”，预填申请表", at, target=place_of(by))
    beside = (visit.stands,) if visit.for_entity else ()
    known = known_answers(item, visit.applicant, by=by, reading=reading, beside=beside)
    return Sheet(item=item, visit=visit, today=local_date(at), raw=known, situations={}, agent=agent, faults={})


def filled(data: QueryDict, empty: Sheet, taken: Taken) -> Sheet:
    """The page as it was posted."""
    keys = [situation.key for situation in empty.item.situations]
    return replace(
        empty,
        raw=raw_answers(data, empty.item.form.questions),
        situations={key: str(data[SITUATION + key]) for key in keys if data.get(SITUATION + key)},
        taken=taken,
        faults=faults_of(data, empty.item),
        fixed=frozenset(data.getlist("fixed")) & {FORM, *(material.key for material in empty.item.materials)},
        consent=data.get(CONSENT) == "yes",
    )


def faults_of(data: QueryDict, item: ItemVersion) -> dict[str, str]:
    """What the clerk wrote is wrong with a material."""
    keys = (FORM, *(material.key for material in item.materials))
    texts = {key: data.get(f"fault.{key}", "").replace("\0", "").strip() for key in keys}
    return {key: text[:LONGEST_FAULT] for key, text in texts.items() if text}
