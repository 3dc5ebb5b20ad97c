"""An application being filled in: the draft, the form with its situations in front, and where one stands. Derived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from onedoor.cases.rules.application import Application, asked, due_from, promisable
from onedoor.cases.rules.drafts import KNOWN, followed
from onedoor.items import queries as items
from onedoor.items.rules.codes import Necessity
from onedoor.items.rules.facts import SITUATION, whole_form
from onedoor.kernel.journey import (
    applicable,
    first_incomplete,
    may_visit,
    next_page,
    pages_for,
    relevant,
)
from onedoor.portal.visitor import agent_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onedoor.cases.rules.drafts import Content, Draft
    from onedoor.cases.rules.values import Pledge
    from onedoor.items.rules import ItemVersion, Material
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.journey import Answer, Form, Page, Question

CONSENT = "electronic_service"


@dataclass(frozen=True, slots=True)
class Filling:
    """One draft with everything that its pages ask of it."""

    draft: Draft
    item: ItemVersion
    form: Form
    facts: Mapping[str, Answer]
    answers: dict[str, Answer]
    agent: str | None

    @property
    def relevant(self) -> dict[str, Answer]:
        """The answers to questions that apply."""
        return relevant(self.form, self.answers, self.facts)

    @property
    def known(self) -> dict[str, Answer]:
        """What the registers gave, by question."""
        held = self.draft.content.answers
        return {key.removeprefix(KNOWN): value for key, value in held.items() if key.startswith(KNOWN)}

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that apply."""
        return pages_for(self.form, self.answers, self.facts)

    @property
    def length(self) -> int:
        """How many pages there are to the end: those of the form, the materials where any is asked for, the check."""
        return len(self.pages) + bool(self.asked) + 1

    @property
    def incomplete(self) -> Page | None:
        """The first page that still lacks an answer."""
        return first_incomplete(self.form, self.answers, facts=self.facts)

    def may_visit(self, key: str) -> bool:
        """Nobody jumps ahead."""
        return may_visit(self.form, self.answers, key, facts=self.facts)

    def after(self, key: str) -> Page | None:
        """The page after this one that is asked."""
        found = next_page(self.form, self.answers, key, facts=self.facts)
        while found and self._told(found):
            found = next_page(self.form, self.answers, found.key, facts=self.facts)
        return found

    def _told(self, page: Page) -> bool:
        """Whether this is a situation that is known and was not corrected: nobody is asked, and may still go there."""
        key = page.key.removeprefix(SITUATION)
        return key != page.key and key in self.known and self.answers.get(key) == self.known[key]

    @property
    def told(self) -> tuple[Page, ...]:
        """The situations that nobody is asked, because they are known."""
        return tuple(page for page in self.pages if self._told(page))

    def before(self, key: str) -> Page | None:
        """The page before this one."""
        keys = [page.key for page in self.pages]
        place = keys.index(key) if key in keys else 0
        return self.pages[place - 1] if place else None

    def questions(self, key: str, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions of a page that apply, given these answers."""
        pages = applicable(self.form, answers, facts=self.facts)
        return next((questions for page, questions in pages if page.key == key), ())

    @property
    def asked(self) -> tuple[Material, ...]:
        """The materials of this situation."""
        return asked(self.item, {**self.facts, **self.relevant})

    @property
    def missing(self) -> tuple[Material, ...]:
        """The materials that must be uploaded, or promised, and are not."""
        needed = due_from(self.item, {**self.facts, **self.relevant})
        return tuple(m for m in needed if not self.draft.content.files.get(m.key) and m.key not in self.promised)

    @property
    def offered(self) -> dict[str, tuple[Pledge, ...]]:
        """What may be promised instead of being uploaded, by material: the applicant's choice."""
        return promisable(self.item, {**self.facts, **self.relevant})

    @property
    def promised(self) -> dict[str, Pledge]:
        """What was chosen to be promised and is still offered; an upload takes its place."""
        content, offered = self.draft.content, self.offered
        return {
            key: kind
            for key, kind in content.promised.items()
            if kind in offered.get(key, ()) and not content.files.get(key)
        }

    @property
    def asks_consent(self) -> bool:
        """Whether the form itself asks for consent to electronic service."""
        return any(question.key == CONSENT for question in self.form.questions)

    def with_answers(self, page: Page, values: Mapping[str, Answer]) -> Content:
        """The content after one page was answered; what was asked there before is replaced."""
        keys = {question.key for question in page.questions}
        content = self.draft.content
        if page.key.startswith(SITUATION):
            kept = {key: value for key, value in content.situations.items() if key not in keys}
            return replace(content, situations=kept | {key: str(value) for key, value in values.items()})
        others = {key: value for key, value in content.answers.items() if key not in keys}
        return replace(content, answers=others | dict(values))

    def application(self, *, electronic_service: bool) -> Application:
        """What is handed in: only what applies."""
        situations = {situation.key for situation in self.item.situations}
        given = self.relevant
        asked_for = {material.key for material in self.asked if material.brought}
        files = self.draft.content.files
        return Application(
            item=self.item.code,
            answers={key: value for key, value in given.items() if key not in situations},
            situations={key: str(value) for key, value in given.items() if key in situations},
            materials={key: tuple(ids) for key, ids in files.items() if ids and key in asked_for},
            applicant=self.draft.applicant,
            electronic_service=electronic_service,
            agent=self.agent,
            promised=self.promised,
        )


def filling_of(draft: Draft, *, by: Actor) -> Filling:
    """A draft under the version of its item that is offered now: that is the one it will be received under."""
    item = items.published(draft.item)
    agent = agent_of(draft.applicant, by=by)
    facts: dict[str, Answer] = {
        "applicant.kind": draft.applicant.partition(":")[0],
        "applicant.agent": False,  # an agent comes here by a mandate that the platform knows: no paper is asked for
    }
    form = whole_form(item)
    if draft.item_version != item.id:
        draft = replace(draft, content=followed(draft.content, form, today=timezone.localdate(), facts=facts))
    held = {key: value for key, value in draft.content.answers.items() if not key.startswith(KNOWN)}
    return Filling(draft, item, form, facts, {**draft.content.situations, **held}, agent)


def must_upload(material: Material) -> bool:
    """Whether nothing can be handed in without it."""
    return material.necessity is Necessity.REQUIRED and material.brought
