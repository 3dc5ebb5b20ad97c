"""申请回执: the first page of a case, right after it was submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.cases import queries
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound
from onedoor.portal.track.page import clock_boxes, next_steps
from onedoor.portal.visitor import actor_of, citizens_only

if TYPE_CHECKING:
    from django.http import HttpRequest


@never_cache
@require_safe
@citizens_only
def receipt(request: HttpRequest, draft: UUID) -> HttpResponse:
    """申请回执 on the screen: number, query password, by when an answer comes and why, what happens next."""
    actor = actor_of(request)
    handed = queries.receipt_of(str(draft), by=actor)
    if handed is None:
        raise NotFound(_("没有这份申请的回执。"))
    page = queries.case_page(handed.number, by=actor, on=local_date(timezone.now()))
    context = {"receipt": handed, "page": page, "boxes": clock_boxes(page), "next": next_steps(page)}
    return render(request, "portal/track/receipt.html", context)
