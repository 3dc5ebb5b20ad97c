"""A page that was sent after the session had ended: what was typed is carried through the sign-in, not lost.

It rests in the session that signs in, is shown once to whoever may open that very draft, and is saved by nobody but
them. With the page's own script nothing is sent before the sign-in (``ui/static/ui/fill.js``).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.http import QueryDict

from onedoor.kernel.actor import ActorKind
from onedoor.portal.apply.autosave import by_itself
from onedoor.portal.visitor import View, Words, actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

TYPED = "typed"
LONGEST = 50_000  # characters; a page of a form is far shorter
_OWN = ("csrfmiddlewaretoken", "version", "asked")


def carrying(view: View[Words]) -> View[Words]:
    """Keep what a visitor sends who has to sign in first."""

    @wraps(view)
    def kept(request: HttpRequest, /, *args: Words.args, **kwargs: Words.kwargs) -> HttpResponseBase:
        if request.method == "POST" and actor_of(request).kind is ActorKind.ANONYMOUS and not by_itself(request):
            _keep(request)
        return view(request, *args, **kwargs)

    return kept


def _keep(request: HttpRequest) -> None:
    typed = request.POST.copy()
    for name in _OWN:
        typed.pop(name, None)
    text = typed.urlencode()
    if len(text) <= LONGEST:
        request.session[TYPED] = {"at": request.path, "text": text}


def carried(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before the sign-in, once; None where nothing was."""
    held = request.session.get(TYPED)
    if held is None or held["at"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(held["text"])
