"""What every page needs: the site, the chosen views, the actor, the main menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from onedoor.kernel.actor import ANONYMOUS
from onedoor.ui.parts import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

COOKIE = "view"
VIEWS = ("elder", "contrast", "nokeys")
# 我要看、我要查、我要办、我要问、我要评、我的 (国办函〔2016〕108号). An entry appears once its page exists.
MENU = (
    ("portal:look", gettext_lazy("我要看")),
    ("portal:track", gettext_lazy("我要查")),
    ("portal:browse", gettext_lazy("我要办")),
    ("portal:ask", gettext_lazy("我要问")),
    ("portal:rate", gettext_lazy("我要评")),
    ("portal:mine", gettext_lazy("我的")),
)


@dataclass(frozen=True, slots=True)
class Views:
    """The views a reader has chosen, and the addresses that turn each on or off."""

    chosen: tuple[str, ...]
    next: str

    @property
    def attribute(self) -> str:
        """The value of ``data-view`` on ``<html>``."""
        return " ".join(self.chosen)

    @property
    def elder(self) -> bool:
        """Whether 长辈版 is on."""
        return "elder" in self.chosen

    @property
    def contrast(self) -> bool:
        """Whether 高对比 is on."""
        return "contrast" in self.chosen

    @property
    def keys(self) -> bool:
        """Whether one-letter keys work at the desk (WCAG 2.1.4: they can be turned off)."""
        return "nokeys" not in self.chosen

    def toggled(self, view: str) -> str:
        """The address that turns one view on or off and comes back here."""
        now = set(self.chosen) ^ {view}
        words = "-".join(v for v in VIEWS if v in now) or "standard"
        return f"{reverse('ui:view', args=[words])}?{urlencode({'next': self.next})}"

    @property
    def toggle_elder(self) -> str:
        """The address of the 长辈版 switch."""
        return self.toggled("elder")

    @property
    def toggle_contrast(self) -> str:
        """The address of the 高对比 switch."""
        return self.toggled("contrast")

    @property
    def toggle_keys(self) -> str:
        """The address of the 快捷键 switch."""
        return self.toggled("nokeys")


def views_of(request: HttpRequest | None) -> Views:
    """Read the cookie; anything unknown in it is ignored."""
    if request is None:
        return Views((), "/")
    words = request.COOKIES.get(COOKIE, "").split("-")
    return Views(tuple(v for v in VIEWS if v in words), request.get_full_path())


def page(request: HttpRequest | None) -> dict[str, Any]:
    """The context processor. Works without a request too (the page for an inner fault)."""
    return {
        "site": settings.SITE,
        "demo": settings.DEMO,
        "views": views_of(request),
        "actor": getattr(request, "actor", ANONYMOUS) if request else None,  # unknown in the page of an inner fault
        "menu": tuple(_menu(request.path if request else "")),
        "places": {name: _address(route) for name, route in _PLACES.items()},
    }


_PLACES = {
    "home": "portal:home", "login": "account_login", "logout": "account_logout", "desk": "desk:inbox",
    "mine": "portal:mine", "halls": "portal:halls", "announcements": "portal:announcements",
    "search": "portal:search", "track": "portal:track", "tour": "tour",
}  # fmt: skip


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _menu(path: str) -> Iterator[Link]:
    for route, label in MENU:
        href = _address(route)
        if href:
            yield Link(str(label), href, current=path.startswith(href))
