"""The way through a form: what applies, where one may go, and cleaning what comes in. All of it derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onedoor.kernel.errors import FieldError
from onedoor.kernel.expr import Expr, holds
from onedoor.kernel.journey.cleaning import Answer, Unclean, clean
from onedoor.kernel.journey.values import CHOOSING, Form, Page, Question, QuestionKind

_PICKED = CHOOSING | {QuestionKind.YES_NO, QuestionKind.AREA}
_MOST_UNKNOWN = 20


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The answers that can be taken, by key, and what is wrong with the others."""

    values: Mapping[str, Answer]
    errors: tuple[FieldError, ...] = ()


def applicable(
    form: Form, answers: Mapping[str, object], *, facts: Mapping[str, object] | None = None
) -> tuple[tuple[Page, tuple[Question, ...]], ...]:
    """The pages that apply with their questions that apply, in order; pages without any question are left out."""
    return tuple(_walk(form, answers, facts or {}))


def pages_for(form: Form, answers: Mapping[str, object], facts: Mapping[str, object] | None = None) -> tuple[Page, ...]:
    """The pages that apply, given these answers."""
    return tuple(page for page, _ in applicable(form, answers, facts=facts))


def relevant(form: Form, answers: Mapping[str, Answer], facts: Mapping[str, object] | None = None) -> dict[str, Answer]:
    """The answers to questions that apply; all others are dropped."""
    keys = [question.key for _, questions in applicable(form, answers, facts=facts) for question in questions]
    return {key: answers[key] for key in keys if key in answers}


def first_incomplete(
    form: Form, answers: Mapping[str, object], *, facts: Mapping[str, object] | None = None
) -> Page | None:
    """The first page on which a required question has no answer; None when the form is complete."""
    for page, questions in applicable(form, answers, facts=facts):
        if any(question.required and question.key not in answers for question in questions):
            return page
    return None


def may_visit(
    form: Form, answers: Mapping[str, object], key: str, *, facts: Mapping[str, object] | None = None
) -> bool:
    """Whether this page applies and every page before it is complete: nobody jumps ahead."""
    keys = [page.key for page in pages_for(form, answers, facts=facts)]
    stop = first_incomplete(form, answers, facts=facts)
    return key in keys and (stop is None or keys.index(key) <= keys.index(stop.key))


def next_page(
    form: Form, answers: Mapping[str, object], key: str, *, facts: Mapping[str, object] | None = None
) -> Page | None:
    """The page after this one, None after the last (check answers). For an unknown page: the first incomplete."""
    order = [page.key for page in form.pages]
    if key not in order:
        return first_incomplete(form, answers, facts=facts)
    later = order[order.index(key) + 1 :]
    return next((page for page in pages_for(form, answers, facts=facts) if page.key in later), None)


def clean_page(
    form: Form,
    key: str,
    raw: Mapping[str, object],
    *,
    today: date,
    answers: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
) -> Cleaned:
    """Clean what was sent for one page. ``answers``: those of the pages before, on which questions may depend.

    Every fault at once; answers to questions that do not apply are dropped; keys that the page does not know are
    faults. Raises nothing; an unknown page is itself a fault.
    """
    page = next((page for page in form.pages if page.key == key), None)
    if page is None:
        return Cleaned({}, (FieldError("", "没有这一页，请回到申请的第一页重新进入"),))
    before = {name: value for name, value in (answers or {}).items() if name not in _keys([page])}
    cleaner = _Cleaner(raw, {**before, **(facts or {})}, today)
    cleaner.page(page)
    return cleaner.result(_keys([page]))


def clean_all(
    form: Form, raw: Mapping[str, object], *, today: date, facts: Mapping[str, object] | None = None
) -> Cleaned:
    """Clean a whole form, as machines send it or as it stands before submission. As ``clean_page`` for all pages."""
    cleaner = _Cleaner(raw, dict(facts or {}), today)
    for page in form.pages:
        if _applies(page.when, cleaner.known):
            cleaner.page(page)
    return cleaner.result(_keys(form.pages))


def _walk(
    form: Form, answers: Mapping[str, object], facts: Mapping[str, object]
) -> Iterator[tuple[Page, tuple[Question, ...]]]:
    known = dict(facts)
    for page in form.pages:
        if not _applies(page.when, known):
            continue
        questions = []
        for question in page.questions:
            if _applies(question.when, known):
                questions.append(question)
                known |= {question.key: answers[question.key]} if question.key in answers else {}
        if questions:
            yield page, tuple(questions)


def _applies(when: Expr | None, known: Mapping[str, object]) -> bool:
    return when is None or holds(when, known)


def _keys(pages: Iterable[Page]) -> frozenset[str]:
    return frozenset(question.key for page in pages for question in page.questions)


class _Cleaner:
    """Walks questions in order, so that each ``when`` sees only clean answers to earlier questions that apply."""

    def __init__(self, raw: Mapping[str, object], known: dict[str, object], today: date) -> None:
        self.raw, self.known, self.today = raw, known, today
        self.values: dict[str, Answer] = {}
        self.errors: list[FieldError] = []

    def page(self, page: Page) -> None:
        for question in page.questions:
            if _applies(question.when, self.known):
                self.question(question)

    def question(self, question: Question) -> None:
        try:
            answer = clean(question, self.raw.get(question.key), self.today)
        except Unclean as fault:
            self.errors.append(FieldError(question.key, str(fault)))
            return
        if answer is not None:
            self.values[question.key] = self.known[question.key] = answer
        elif question.required:
            verb = "选择" if question.kind in _PICKED else "填写"
            self.errors.append(FieldError(question.key, f"请{verb}“{question.label}”"))

    def result(self, keys: frozenset[str]) -> Cleaned:
        strange = [str(key)[:40] for key in self.raw if key not in keys][:_MOST_UNKNOWN]
        unknown = [FieldError(key, f"申请表里没有“{key}”这一项，请核对名称或者删去") for key in strange]
        return Cleaned(self.values, (*self.errors, *unknown))
