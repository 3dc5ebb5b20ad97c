"""One person or one of 三员: facts on the left, what may be done on the right."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.access import queries as access
from onedoor.desk.frame import actor_of, rail, told
from onedoor.desk.people.acts import ACTS, Given, perform
from onedoor.desk.people.offers import Offer, account_offers, offers_of
from onedoor.desk.people.views import managers_only
from onedoor.desk.people.words import FACTORS, acts_words, moments, standing_tag
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, Refused
from onedoor.kernel.journey import clean_all
from onedoor.orgs import queries as orgs
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from onedoor.access.queries import ManagedAccount
    from onedoor.journal.rules import Recorded
    from onedoor.kernel.actor import Actor
    from onedoor.orgs.rules import Staff


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom a page is about and what may be done; ``staff`` None: one of 三员."""

    address: str
    account: ManagedAccount | None
    offers: tuple[Offer, ...]
    staff: Staff | None = None


def _of_person(request: HttpRequest, person: int) -> Shown:
    by, at = actor_of(request), timezone.now()
    found = access.officer(person, by=by, at=at)
    offered = offers_of(found, by=by, on=local_date(at))
    return Shown(reverse("desk:person", args=[person]), found.account, offered, found.staff)


def _of_administrator(request: HttpRequest, account: int) -> Shown:
    by = actor_of(request)
    found = access.administrator(f"account:{account}", by=by, at=timezone.now())
    address = reverse("desk:administrator", args=[account])
    return Shown(address, found, tuple(account_offers(found, by=by)))


@require_safe
@managers_only
def person(request: HttpRequest, person: int) -> HttpResponse:
    """A member of staff: service, posts, account, what was done to them."""
    return _show(request, _of_person(request, person))


@require_safe
@managers_only
def administrator(request: HttpRequest, account: int) -> HttpResponse:
    """The account of one of 三员."""
    return _show(request, _of_administrator(request, account))


@require_POST
@managers_only
def act(request: HttpRequest, person: int, act: str) -> HttpResponse:
    """Do one act to a member of staff or their account."""
    return _act(request, _of_person(request, person), act)


@require_POST
@managers_only
def administrator_act(request: HttpRequest, account: int, act: str) -> HttpResponse:
    """Do one act to the account of one of 三员."""
    return _act(request, _of_administrator(request, account), act)


def _act(request: HttpRequest, shown: Shown, act: str) -> HttpResponse:
    if act not in ACTS:
        raise Http404
    offer = next((one for one in shown.offers if one.key == act), None)
    if offer is None:
        fault = FieldError("", _("现在不能办这一项：情况变了，或者不归您办。请看清下面的最新情况。"))
        return _show(request, shown, errors=(fault,), status=409)
    typed = raw_answers(request.POST, offer.questions)
    try:
        link = perform(_given(request, shown, offer=offer, typed=typed))
    except (Invalid, Refused) as fault:
        return _show(request, shown, errors=_faults(fault, act), typed=typed, opened=act, status=422)
    except (Conflict, Forbidden) as fault:
        return _show(request, shown, errors=(FieldError("", fault.message),), typed=typed, opened=act, status=409)
    if link and shown.staff:
        return _show(request, _of_person(request, shown.staff.id), link=request.build_absolute_uri(link))
    messages.success(request, _("已办理，并记入变动记录。"))
    return redirect(shown.address)


def _given(request: HttpRequest, shown: Shown, *, offer: Offer, typed: Mapping[str, object]) -> Given:
    """What was posted, cleaned. Raises Invalid with every fault."""
    at = timezone.now()
    cleaned = clean_all(offer.form, typed, today=local_date(at))
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    return Given(
        act=offer.key,
        staff=shown.staff.id if shown.staff else 0,
        account=shown.account.ref if shown.account else "",
        by=actor_of(request),
        at=at,
        answers=cleaned.values,
    )


def _faults(fault: Invalid | Refused, act: str) -> tuple[FieldError, ...]:
    """Each at the field of this act's form."""
    if isinstance(fault, Refused):
        return (FieldError("", told(fault)),)
    return tuple(
        FieldError(f"{act}-{one.field.removeprefix(f'{act}-')}" if one.field else "", one.message)
        for one in fault.errors
    )


def _show(
    request: HttpRequest,
    shown: Shown,
    *,
    errors: Sequence[FieldError] = (),
    typed: Mapping[str, object] = MappingProxyType({}),
    opened: str = "",
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    by, today = actor_of(request), local_date(timezone.now())
    context = {
        "rail": rail(request),
        "shown": shown,
        "staff": shown.staff,
        "account": shown.account,
        "tag": standing_tag(shown.account),
        "factors": "、".join(str(FACTORS[one]) for one in sorted(shown.account.factors)) if shown.account else "",
        **(_service(shown.staff, today) if shown.staff else {}),
        "moments": moments(_facts(shown, by)),
        "open": opened or next((offer.key for offer in shown.offers if offer.due and not link), ""),
        "errors": errors,
        "typed": typed,
        "link": link,
    }
    return render(request, "desk/people/person.html", context, status=status)


def _facts(shown: Shown, by: Actor) -> tuple[Recorded, ...]:
    of_staff = orgs.history(shown.staff.job_number) if shown.staff else ()
    return of_staff + (access.history(shown.account.ref, by=by) if shown.account else ())


def _service(staff: Staff, today: date) -> dict[str, object]:
    """Organ and posts, those of today and later first, with what each carries."""
    known = {post.code: post for post in orgs.posts(staff.organ)}
    held = []
    for one in reversed(orgs.assignments(staff_id=staff.id)):
        post = known.get(one.post) or orgs.post(one.post)
        ended = one.period.last is not None and one.period.last < today
        held.append({"post": post.name, "acts": acts_words(post.acts), "one": one, "ended": ended})
    return {
        "organ": orgs.organ(staff.organ),
        "left": staff.period.last is not None and staff.period.last < today,
        "posts": [one for one in held if not one["ended"]],
        "past": [one for one in held if one["ended"]],
    }
