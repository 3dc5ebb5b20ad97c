"""Who stands before the citizen's face, and for whom they may act."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect

from onedoor.items.rules.codes import Audience
from onedoor.kernel.actor import Act, Actor, ActorKind, Representation, Target

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from onedoor.items.rules import ItemVersion

Words = ParamSpec("Words")
View = Callable[Concatenate["HttpRequest", Words], "HttpResponseBase"]
SELF = "本人"
OF_RIGHT = frozenset({SELF, "法定代表人", "监护"})  # these act of right; everybody else is an agent (委托代办)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def known_person(actor: Actor) -> bool:
    """Whether this visitor has signed in as somebody whom the register knows."""
    return actor.kind is ActorKind.CITIZEN and bool(actor.represents)


def citizens_only(view: View[Words]) -> View[Words]:
    """Visitors sign in first; whoever signed in but cannot act for anybody is told why on 我的."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Words.args, **kwargs: Words.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.kind is ActorKind.ANONYMOUS:
            back = request.get_full_path() if request.method == "GET" else request.path
            return redirect_to_login(back)
        if not known_person(actor):
            return redirect("portal:mine")
        return view(request, *args, **kwargs)

    return guarded


def own_party(actor: Actor) -> str:
    """The register entry of the visitor in person, "" where there is none."""
    return next((r.party for r in actor.represents if r.basis == SELF), "")


def applicants(item: ItemVersion, *, by: Actor) -> tuple[Representation, ...]:
    """For whom this visitor may apply for this item: empowered, and of a kind that the item is meant for."""
    return tuple(r for r in by.represents if may_apply(item, r.party, by=by) and _meant_for(item, r.party))


def may_apply(item: ItemVersion, party: str, *, by: Actor) -> bool:
    """The question that the submission itself will ask."""
    return by.may(Act.SUBMIT, Target(frozenset({item.organ}), item.area, party, item.code))


def _meant_for(item: ItemVersion, party: str) -> bool:
    persons = Audience.PERSON in item.audiences
    others = any(audience is not Audience.PERSON for audience in item.audiences)
    return persons if party.startswith("person:") else others


def agent_of(applicant: str, *, by: Actor) -> str | None:
    """The visitor as agent (代办人) where they act by mandate and not of right."""
    bases = {r.basis for r in by.represents if r.party == applicant}
    return None if bases & OF_RIGHT else by.ref
