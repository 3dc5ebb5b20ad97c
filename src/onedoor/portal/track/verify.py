"""验真: whether a licence is genuine, unaltered and in force, in plain words; and what was not checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.areas import queries as areas
from onedoor.cases import commands
from onedoor.cases import queries as cases
from onedoor.cases.rules.tasks import target_of
from onedoor.documents.rules import chinese_date
from onedoor.kernel import sm
from onedoor.kernel.actor import system
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import mask_name
from onedoor.kernel.errors import FieldError, NotFound, Refused
from onedoor.licences import queries as licences
from onedoor.licences.rules import STATUS_NAMES, Status, Told, code_typed, lines, public_lines, validity
from onedoor.ui.parts import ClockBox, Fact, Tag, Tone
from onedoor.vault import queries as vault
from onedoor.vault.queries import Place

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from onedoor.licences.rules import Licence
    from onedoor.vault.rules import StoredFile

LONGEST_TOKEN = 200
VERIFIER = system("verify")
TONES = {Status.VALID: Tone.GO, Status.NOT_YET: Tone.WAIT}


@never_cache
@require_http_methods(["GET", "HEAD"])
def explain(request: HttpRequest) -> HttpResponse:
    """How to verify, and a field for the code where the camera does not work."""
    token = code_typed(request.GET.get("token", ""))
    errors: tuple[FieldError, ...] = ()
    if token:
        try:
            return redirect("portal:verify", token=_known(token).token)
        except NotFound:
            return _unknown(request, request.GET["token"], status=422)
    elif "token" in request.GET:
        errors = (FieldError("token", _("请填写完整的验真码：印在证照二维码旁边，24 位字母和数字。光有网址不够。")),)
    return _how(request, request.GET.get("token", ""), errors=errors, status=422 if errors else 200)


def _unknown(request: HttpRequest, token: str, *, status: int) -> HttpResponse:
    told = (
        _("登记里没有这个验真码。先和证照上印的核对一遍，看有没有输错。"),
        _("没有输错的，这份证照不是本平台上的机关发的：不要相信它，请向发证机关核实。"),
    )
    verdict = ClockBox(_("查验结果"), _("不是我们签发的"), told, tone=Tone.STOP)
    return _how(request, token, verdict=verdict, status=status)


def _how(
    request: HttpRequest,
    token: str,
    *,
    status: int,
    verdict: ClockBox | None = None,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    context = {"errors": errors, "token": token.strip()[:LONGEST_TOKEN], "verdict": verdict}
    return render(request, "portal/track/verify_how.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """One licence, for whoever holds it. A file may be compared with the one that was issued (SM3)."""
    try:
        licence = _known(token)
    except NotFound:
        return _unknown(request, token, status=404)
    today = local_date(timezone.now())
    status = licence.status(today)
    context = {
        "licence": licence,
        "holder": mask_name(licence.holder_name) if licence.holder.startswith("person:") else licence.holder_name,
        "status": Tag(STATUS_NAMES[status], TONES.get(status, Tone.STOP)),
        "verdict": _verdict(licence, status),
        "printed": _printed(licence),
        "ended": _ended(licence),
        "validity": validity(licence.valid_from, licence.valid_until, _stated(licence)),
        "today": today,
        "compared": None,
        "limit": settings.LARGEST_BODIES["/verify/"],
        "errors": (),
    }
    if request.method == "POST":
        context |= _compared(request, licence)
    return render(request, "portal/track/verify.html", context, status=422 if context["errors"] else 200)


def _verdict(licence: Licence, status: Status) -> ClockBox:
    """真 or 假, in one large line."""
    headline = {Status.VALID: _("是真的，现在有效"), Status.NOT_YET: _("是真的，还没有生效")}
    told = _("%(organ)s签发，登记在册。") % {"organ": licence.issuer_name}
    ended = _("已失效，不能再用：%(why)s") % {"why": STATUS_NAMES[status]}
    return ClockBox(_("查验结果"), headline.get(status, ended), (told,), tone=TONES.get(status, Tone.STOP))


def _printed(licence: Licence) -> tuple[Fact, ...]:
    """Where its business is and what it may do, as the paper shows it and the public may look up."""
    page = cases.case_page(licence.case, by=VERIFIER, on=licence.issued)
    told = Told(page.item, page.answers or {}, partial(areas.path, between=""))
    found = lines(told, table=public_lines(licences.face()), holder=licence.holder_name)
    return tuple(Fact(field.label, field.value) for field in found)


def _ended(licence: Licence) -> str:
    """How and when it came to its end, by which decision or new licence; "" where it did not."""
    if licence.ended is None or licence.ended_on is None:
        return ""
    words = {
        Status.REVOKED: _("%(on)s撤销，决定书 %(by)s。"),
        Status.CANCELLED: _("%(on)s注销，决定书 %(by)s。"),
        Status.REPLACED: _("%(on)s换发、补发了新证 %(by)s，这一份作废，请看新证。"),
    }
    return words[licence.ended] % {"on": chinese_date(licence.ended_on), "by": licence.ended_by}


def _known(token: str) -> Licence:
    return licences.verify(code_typed(token))


def _stated(licence: Licence) -> str:
    """What the item says of the validity of its licences, where no last day is recorded."""
    if licence.valid_until:
        return ""
    return cases.case_page(licence.case, by=VERIFIER, on=licence.issued).item.result.validity


def _compared(request: HttpRequest, licence: Licence) -> dict[str, object]:
    upload = request.FILES.get("file")
    if upload is None:
        return {"errors": (FieldError("file", _("请先选择要核对的文件。")),)}
    try:
        commands.charge_comparison(request.META["REMOTE_ADDR"], at=timezone.now())
    except Refused as fault:
        return {"errors": (FieldError("file", fault.message),)}
    issued = _issued(licence)
    if issued is None:
        return {"errors": (FieldError("", _("这份证照没有电子文件可以比对，请向发证机关核实。")),)}
    return {"compared": _same(upload, issued)}


def _same(upload: UploadedFile[bytes], issued: StoredFile) -> bool:
    """A file of another size is another file: it is not even read."""
    return upload.size == issued.size and sm.sm3(upload.read()).hex() == issued.sm3


def _issued(licence: Licence) -> StoredFile | None:
    """The file that was issued. The platform itself looks: the holder showed the licence."""
    if licence.file is None:
        return None
    case = cases.case_page(licence.case, by=VERIFIER, on=licence.issued).case
    return vault.file(licence.file, by=VERIFIER, place=Place(f"case:{case.id}", target_of(case)))
