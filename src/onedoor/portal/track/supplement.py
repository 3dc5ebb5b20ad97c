"""补正: exactly what the one-time notice asked for, on one page; what was uploaded waits until it is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import commands
from onedoor.cases.rules.application import promisable
from onedoor.cases.rules.events import SupplementRequested
from onedoor.cases.rules.values import Pledge
from onedoor.items.rules.facts import PROVIDED
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid, NotFound
from onedoor.kernel.journey import Question, applicable, clean_all
from onedoor.portal.apply.autosave import by_itself
from onedoor.portal.apply.materials import MOST_FILES, accepted, keep, rows
from onedoor.portal.track import page as parts
from onedoor.portal.track.opening import Opened, opened
from onedoor.portal.track.views import posted_version
from onedoor.ui.fields import raw_answers
from onedoor.ui.files import served
from onedoor.vault import commands as vault
from onedoor.vault import queries as files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from onedoor.kernel.journey import Page

FORM = "form"


@dataclass(frozen=True, slots=True)
class Asked:
    """One material of the notice: what is wrong with it, what was uploaded for it so far."""

    key: str
    name: str
    fault: str
    files: object
    promises: tuple[tuple[str, int, bool], ...] = ()  # what may be promised instead: code, days, whether it is chosen


@dataclass(frozen=True, slots=True)
class Correction:
    """The form to correct, page by page; only questions that apply."""

    fault: str
    pages: tuple[tuple[Page, tuple[Question, ...]], ...]
    values: Mapping[str, Any]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is asked; take uploads one by one; hand everything in together."""
    found = opened(request, number)
    if not parts.offers(found.page, by=found.by).supplement:
        return redirect("portal:case", number=number)
    if request.method != "POST":
        return _show(request, found)
    held, errors = _uploads(request, found)
    if by_itself(request):
        return JsonResponse({"version": found.page.case.version, "errors": [error.message for error in errors]})
    if "upload" in request.POST or "remove" in request.POST or errors:
        return _show(request, found, errors=errors)
    return _hand_in(request, found, held)


def _faults(found: Opened) -> dict[str, str]:
    notice = found.page.case.supplement
    return dict(notice.materials) if notice else {}


def _wanted(found: Opened) -> tuple[str, ...]:
    known = {material.key for material in found.page.item.materials}
    return tuple(key for key in _faults(found) if key in known)


def _slot(found: Opened) -> str:
    return f"supplement:{found.page.case.number}"


def _held(request: HttpRequest, found: Opened) -> dict[str, list[str]]:
    """What was uploaded so far in this session; the files themselves lie in the vault."""
    own = {file.id for file in files.files(by=found.by)}
    saved = request.session.get(_slot(found), {})
    return {key: [id for id in saved.get(key, ()) if id in own] for key in _wanted(found)}


def _uploads(request: HttpRequest, found: Opened) -> tuple[dict[str, list[str]], tuple[FieldError, ...]]:
    held, gone = _held(request, found), request.POST.get("remove", "")
    errors: list[FieldError] = []
    request.actor = found.by  # type: ignore[attr-defined]  # files belong to whoever supplements, password bearers too
    for key in held:
        sent = request.FILES.getlist(key)
        stored, faults = keep(request, sent, key, room=MOST_FILES - len(held[key]))
        held[key] += [file.id for file in stored]
        errors += faults
        if gone in held[key]:
            held[key].remove(gone)
            vault.discard(gone, by=found.by, at=timezone.now())
    request.session[_slot(found)] = held
    return held, tuple(errors)


def _hand_in(request: HttpRequest, found: Opened, held: dict[str, list[str]]) -> HttpResponse:
    names = {material.key: material.name for material in found.page.item.materials}
    told = _("请上传“%(name)s”。")
    promised = {key: kind for key, kind in _promised(request, found).items() if not held.get(key)}
    missing = tuple(
        FieldError(key, told % {"name": names[key]}) for key, ids in held.items() if not ids and key not in promised
    )
    answers = _raw(request, found) if FORM in _faults(found) else None
    faults = _form_faults(found, answers)
    if missing or faults:
        return _show(request, found, errors=(*missing, *faults))
    try:
        commands.supplement(
            found.page.case.number,
            by=found.by,
            at=timezone.now(),
            materials={key: tuple(ids) for key, ids in held.items() if ids},
            answers=answers,
            promised=promised,
            version=posted_version(request.POST.get("version", "")),
        )
    except Invalid as fault:
        return _show(request, found, errors=fault.errors)
    request.session.pop(_slot(found), None)
    messages.success(request, _("补正已提交。工作人员会在期限内告诉您是否受理。"))
    return redirect("portal:case", number=found.page.case.number)


def _offered(found: Opened) -> dict[str, tuple[Pledge, ...]]:
    """What may be promised instead of what was asked for, by the applicant's choice."""
    return promisable(found.page.item, found.page.answers or {})


def _promised(request: HttpRequest, found: Opened) -> dict[str, Pledge]:
    return {
        key: kind
        for key, kinds in _offered(found).items()
        for kind in kinds
        if request.POST.get(f"promise.{key}") == kind.value
    }


def _form_faults(found: Opened, answers: Mapping[str, Any] | None) -> tuple[FieldError, ...]:
    if answers is None:
        return ()
    today = local_date(timezone.now())
    return clean_all(found.page.item.form, answers, today=today, facts=_standing(found)).errors


def _standing(found: Opened) -> dict[str, Any]:
    """The situations and what the platform knows: these are not corrected here."""
    fixed = {situation.key for situation in found.page.item.situations} | set(PROVIDED)
    return {key: value for key, value in (found.page.answers or {}).items() if key in fixed}


def _raw(request: HttpRequest, found: Opened) -> dict[str, Any]:
    return raw_answers(request.POST, found.page.item.form.questions)


def _values(request: HttpRequest, found: Opened) -> dict[str, Any]:
    if request.method == "POST":
        return _raw(request, found)
    return {key: value for key, value in (found.page.answers or {}).items() if key not in _standing(found)}


def _correction(request: HttpRequest, found: Opened) -> Correction | None:
    fault = _faults(found).get(FORM)
    if fault is None:
        return None
    values = _values(request, found)
    today, facts = local_date(timezone.now()), _standing(found)
    clean = clean_all(found.page.item.form, values, today=today, facts=facts).values
    return Correction(fault, applicable(found.page.item.form, clean, facts=facts), values)


def _show(request: HttpRequest, found: Opened, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    held, faults = _held(request, found), _faults(found)
    own = {file.id: file for file in files.files(by=found.by)}
    names = {material.key: material.name for material in found.page.item.materials}
    address = reverse("portal:supplement_file", args=[found.page.case.number, UUID(int=0)])
    context = {
        "case": found.page.case,
        "item": found.page.item,
        "asked": [
            Asked(key, names[key], faults[key], rows(ids, own, address=address), _choices(request, found, key))
            for key, ids in held.items()
        ],
        "correction": _correction(request, found),
        "note": _note(found),
        "accept": accepted(),
        "limit": files.policy().max_bytes,
        "errors": errors,
    }
    return render(request, "portal/track/supplement.html", context, status=422 if errors else 200)


def _choices(request: HttpRequest, found: Opened, key: str) -> tuple[tuple[str, int, bool], ...]:
    chosen, days = _promised(request, found).get(key), found.page.item.material(key).tolerated_days
    return tuple((kind.value, days, kind is chosen) for kind in _offered(found).get(key, ()))


def _note(found: Opened) -> str:
    notes = [fact.event.note for fact in found.page.facts if isinstance(fact.event, SupplementRequested)]
    return (notes[-1] or "") if notes else ""


@require_safe
def file(request: HttpRequest, number: str, file: UUID) -> HttpResponseBase:
    """A file uploaded for the supplement and not handed in yet."""
    found = opened(request, number)
    if str(file) not in {id for ids in _held(request, found).values() for id in ids}:
        raise NotFound(_("没有找到这个文件，或者您不能查看它。"))
    stored, content = files.open_file(str(file), by=found.by)
    return served(stored, content)
