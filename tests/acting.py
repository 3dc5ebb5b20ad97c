"""Browsers that act as given actors. How people sign in is tested in ``tests/access``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.test import Client

from onedoor.kernel.actor import Actor

HEADER = "X-Acting"
ACTORS: dict[str, Actor] = {}


class GivenActor:
    """Stands behind the instance's own middleware and names the actor of the test."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if actor := ACTORS.get(request.headers.get(HEADER, "")):
            request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)


def browser(actor: Actor) -> Client:
    """A client whose requests are this actor's."""
    ACTORS[actor.ref] = actor
    return Client(headers={HEADER: actor.ref})
