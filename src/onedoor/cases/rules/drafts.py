"""草稿 as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from onedoor.cases.rules.values import Pledge
from onedoor.kernel.errors import Refused
from onedoor.kernel.journey import Answer, Form, clean_all
from onedoor.kernel.law import law

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
    ends: date | None = None  # the last day on which it is kept, once its owner was told


@dataclass(frozen=True, slots=True)
class Keeping:
    """From a day on: after how many idle days the owner is told, how many more a draft is kept then, and why."""

    since: date
    idle: timedelta
    notice: timedelta
    basis: str


EMPTY = Content()


@law("个人信息保护法", 19)
def keeping(tree: Mapping[str, Any], on: date) -> Keeping:
    """The rule of ``data/drafts.toml`` in force on a day: no longer than the purpose needs, and never without notice.

    Refused where there is none.
    """
    found = [row for row in tree["keeping"] if row["from"] <= on]
    if not found:
        raise Refused("no_rule", "这一天还没有草稿保存期限的规定，请联系系统管理员登记。")
    row = max(found, key=lambda each: each["from"])
    return Keeping(row["from"], timedelta(row["idle_days"]), timedelta(row["notice_days"]), row["basis"])


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
