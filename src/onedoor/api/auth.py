"""Who calls: another system, by a bearer token that it got for its client credentials."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from onedoor.access.queries import client_actor_for
from onedoor.kernel.actor import Actor


class ClientToken(HttpBearer):
    """One statement a request."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The system behind the token, or None: 401."""
        return client_actor_for(token, at=timezone.now())


def actor_of(request: HttpRequest) -> Actor:
    """The system that calls."""
    actor = request.auth  # type: ignore[attr-defined]
    if not isinstance(actor, Actor):
        raise TypeError("route without client token")
    return actor
