"""草稿 as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from onedoor.cases.rules.values import Pledge
from onedoor.kernel.journey import Answer, Form, clean_all

KNOWN = "known:"  # answers that a register gave and nobody has confirmed yet; no question's key holds a colon


@dataclass(frozen=True, slots=True)
class Content:
    """What is filled in so far: situations, cleaned answers, vault files by material key, what is promised instead."""

    situations: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    promised: Mapping[str, Pledge] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """An application not yet handed in."""

    id: str
    item: str
    item_version: int
    item_name: str
    applicant: str
    content: Content
    version: int
    updated: datetime


EMPTY = Content()


def followed(content: Content, form: Form, *, today: date, facts: Mapping[str, Answer]) -> Content:
    """A draft under a version published since: what can still be taken stays, what cannot is asked anew.

    ``form``: the new version's situations and questions. A draft never breaks: an answer whose question is gone or
    asks otherwise falls away, and so do files that nobody asks for when it is handed in.
    """
    held = {key: value for key, value in content.answers.items() if not key.startswith(KNOWN)}
    asked = {question.key for question in form.questions}
    wrong = {error.field for error in clean_all(form, {**content.situations, **held}, today=today, facts=facts).errors}
    kept = asked - wrong
    return replace(
        content,
        situations={key: value for key, value in content.situations.items() if key in kept},
        answers={key: value for key, value in content.answers.items() if key.removeprefix(KNOWN) in kept},
    )
