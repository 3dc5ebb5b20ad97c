"""Saving by itself while somebody types: what can be taken is kept, what is half typed stays on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils import timezone

from onedoor.items.rules.facts import SITUATION
from onedoor.kernel.clock import local_date
from onedoor.kernel.journey import clean_page
from onedoor.portal.apply.draft import save
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from onedoor.cases.rules.drafts import Content
    from onedoor.kernel.journey import Answer, Page
    from onedoor.portal.apply.filling import Filling

ASKED_FOR = "application/json"


def by_itself(request: HttpRequest) -> bool:
    """Whether the page's own script sends this, not a person pressing a button."""
    return request.headers.get("Accept") == ASKED_FOR


def autosave(request: HttpRequest, filling: Filling, found: Page) -> JsonResponse:
    """Keep the good answers of a page: the new version, the time, how many stay unsaved. Conflict as ``save``."""
    shown = set(request.POST.get("asked", "").split())
    raw = {key: value for key, value in raw_answers(request.POST, found.questions).items() if key in shown}
    now = timezone.now()
    before = {key: value for key, value in filling.relevant.items() if key not in raw}
    cleaned = clean_page(filling.form, found.key, raw, today=local_date(now), answers=before, facts=filling.facts)
    good = {
        key: value for key, value in cleaned.values.items() if key in shown and not _unconfirmed(filling, key, value)
    }
    saved = save(request, filling, _kept(filling, found, good=good, shown=shown))
    unsaved = {error.field for error in cleaned.errors if raw.get(error.field)}
    told = {"version": saved.draft.version, "at": f"{timezone.localtime(now):%H:%M}", "unsaved": len(unsaved)}
    return JsonResponse(told)


def _unconfirmed(filling: Filling, key: str, value: Answer) -> bool:
    """What a register gave stays the register's until the person goes on or changes it."""
    return key not in filling.answers and filling.known.get(key) == value


def _kept(filling: Filling, found: Page, *, good: Mapping[str, Answer], shown: set[str]) -> Content:
    content = filling.draft.content
    if found.key.startswith(SITUATION):
        others = {key: value for key, value in content.situations.items() if key not in shown}
        return replace(content, situations=others | {key: str(value) for key, value in good.items()})
    answers = {key: value for key, value in content.answers.items() if key not in shown}
    return replace(content, answers=answers | dict(good))
