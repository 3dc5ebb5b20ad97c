"""Home, search, browsing, the guide of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    return render(request, "portal/find/home.html", {})
