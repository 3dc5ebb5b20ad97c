"""Materials: what must be uploaded, what need not be and why; one material a page; files stay in the draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import queries
from onedoor.cases.rules.values import Pledge
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.portal.apply.autosave import by_itself
from onedoor.portal.apply.draft import of_draft, require_fresh, resume_address, save
from onedoor.portal.apply.filling import Filling, must_upload
from onedoor.portal.visitor import actor_of, citizens_only
from onedoor.ui.cases import source_tag
from onedoor.ui.files import served
from onedoor.ui.parts import FileRow, Tag, Tone
from onedoor.vault import commands as vault
from onedoor.vault import queries as files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from onedoor.items.rules import Material
    from onedoor.vault.rules import StoredFile

MOST_FILES = 20  # of one material
PROMISED = {Pledge.LATER: gettext_lazy("以后补交"), Pledge.INSTEAD: gettext_lazy("用承诺代替")}


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material of the list: how it stands, where it is uploaded, or why it need not be."""

    name: str
    note: str
    tag: Tag
    source: Tag | None = None
    href: str = ""
    action: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def materials(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The task list of materials. Going on is refused while one that is needed is missing."""
    if filling.incomplete is not None:
        return redirect(resume_address(filling))
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        if not filling.missing:
            return redirect("portal:check", draft=filling.draft.id)
        errors = tuple(FieldError(m.key, _("请上传“%(name)s”。") % {"name": m.name}) for m in filling.missing)
    context = {
        "filling": filling,
        "lines": tuple(_line(filling, material) for material in filling.asked),
        "errors": errors,
        "addresses": {error.field: _address(filling, error.field) for error in errors},
        "number": filling.length - 1,
        "back": _last_page(filling),
    }
    return render(request, "portal/apply/materials.html", context, status=422 if errors else 200)


def _last_page(filling: Filling) -> str:
    if not filling.pages:
        return reverse("portal:apply", args=[filling.item.code])
    return reverse("portal:page", args=[filling.draft.id, filling.pages[-1].key])


def _line(filling: Filling, material: Material) -> MaterialLine:
    if not material.brought:
        return MaterialLine(
            material.name, material.source_detail, Tag(_("不用上传"), Tone.GO), source_tag(material.source)
        )
    held = filling.draft.content.files.get(material.key) or material.key in filling.promised
    return MaterialLine(
        material.name,
        material.source_detail,
        _state(filling, material),
        href=_address(filling, material.key),
        action=_("查看、更改") if held else _("上传"),
    )


def _address(filling: Filling, key: str) -> str:
    return reverse("portal:material", args=[filling.draft.id, key])


def _state(filling: Filling, material: Material) -> Tag:
    held = len(filling.draft.content.files.get(material.key, ()))
    if held:
        return Tag(_("已上传 %(count)s 个文件") % {"count": held}, Tone.GO)
    if kind := filling.promised.get(material.key):
        return Tag(str(PROMISED[kind]), Tone.WAIT)
    if must_upload(material) or material.key in filling.offered:
        return Tag(_("还没有上传，也可以承诺") if material.key in filling.offered else _("还没有上传"))
    return Tag(_("选填"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def material(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """One material: add files, remove them, see what was added."""
    found = next((m for m in filling.asked if m.key == key and m.brought), None)
    if found is None or filling.incomplete is not None:
        return redirect(resume_address(filling))
    if request.method != "POST":
        return _show(request, filling, found)
    if "promise" in request.POST:
        return _promise(request, filling, found)
    if "remove" in request.POST:
        return _remove(request, filling, found)
    return _add(request, filling, found)


def _add(request: HttpRequest, filling: Filling, found: Material) -> HttpResponse:
    held = filling.draft.content.files.get(found.key, ())
    sent = request.FILES.getlist(found.key)
    if not sent:
        if held and "upload" not in request.POST:
            return redirect("portal:materials", draft=filling.draft.id)
        return _show(request, filling, found, errors=(FieldError(found.key, _("请先选择文件，再点“上传”。")),))
    require_fresh(request, filling)
    stored, errors = keep(request, sent, found.key, room=MOST_FILES - len(held))
    if stored:
        filling = _save(request, filling, {found.key: (*held, *(file.id for file in stored))})
    if by_itself(request):
        return JsonResponse({"version": filling.draft.version, "errors": [error.message for error in errors]})
    if errors:
        return _show(request, filling, found, errors=errors)
    return redirect("portal:material", draft=filling.draft.id, key=found.key)


def _promise(request: HttpRequest, filling: Filling, found: Material) -> HttpResponse:
    """The applicant chooses to promise instead, or no more; "" takes the choice back."""
    content, code = filling.draft.content, request.POST["promise"]
    kept = {key: kind for key, kind in content.promised.items() if key != found.key}
    if code in filling.offered.get(found.key, ()):
        kept[found.key] = Pledge(code)
    save(request, filling, replace(content, promised=kept))
    if found.key in kept:
        return redirect("portal:materials", draft=filling.draft.id)
    return redirect("portal:material", draft=filling.draft.id, key=found.key)


def _remove(request: HttpRequest, filling: Filling, found: Material) -> HttpResponse:
    held = filling.draft.content.files.get(found.key, ())
    gone = request.POST["remove"]
    if gone in held:
        filling = _save(request, filling, {found.key: tuple(file for file in held if file != gone)})
        vault.discard(gone, by=actor_of(request), at=timezone.now())
    return redirect("portal:material", draft=filling.draft.id, key=found.key)


def _save(request: HttpRequest, filling: Filling, changed: Mapping[str, tuple[str, ...]]) -> Filling:
    content = filling.draft.content
    return save(request, filling, replace(content, files={**content.files, **changed}))


def keep(
    request: HttpRequest, sent: Iterable[UploadedFile[bytes]], key: str, *, room: int
) -> tuple[tuple[StoredFile, ...], tuple[FieldError, ...]]:
    """Store what was sent, each file for itself: the good ones are kept, the others are named at the field."""
    stored, errors = [], []
    for number, upload in enumerate(sent):
        if number >= room:
            errors.append(FieldError(key, _("文件太多了。请合并成一个 PDF 再上传，或者先删掉几个。")))
            break
        try:
            kept = vault.store(upload.file, name=upload.name or "", by=actor_of(request), at=timezone.now())  # type: ignore[arg-type]
        except Invalid as fault:
            errors += [FieldError(key, each.message) for each in fault.errors]
        except Refused as fault:
            errors.append(FieldError(key, fault.message))
        else:
            stored.append(kept)
    return tuple(stored), tuple(errors)


def _show(
    request: HttpRequest, filling: Filling, found: Material, *, errors: Sequence[FieldError] = ()
) -> HttpResponse:
    held = filling.draft.content.files.get(found.key, ())
    address = reverse("portal:draft_file", args=[filling.draft.id, UUID(int=0)])
    context = {
        "filling": filling,
        "material": found,
        "files": rows(held, _own(request), address=address),
        "accept": accepted(),
        "limit": files.policy().max_bytes,
        "needed": must_upload(found) or found.key in filling.offered.keys() - filling.promised.keys(),
        "offered": [kind.value for kind in filling.offered.get(found.key, ())],
        "promised": filling.promised.get(found.key, ""),
        "errors": errors,
    }
    return render(request, "portal/apply/material.html", context, status=422 if errors else 200)


def accepted() -> str:
    """What may be uploaded, as a file field takes it."""
    return ",".join(f".{key}" for key in sorted(files.policy().accepts))


def rows(ids: Sequence[str], held: Mapping[str, StoredFile], *, address: str) -> tuple[FileRow, ...]:
    """Uploaded files as rows; ``address`` is the address of one with the empty id in it."""
    empty = str(UUID(int=0))
    return tuple(FileRow(held[id].name, held[id].size, address.replace(empty, id), id) for id in ids if id in held)


def _own(request: HttpRequest) -> dict[str, StoredFile]:
    return {file.id: file for file in files.files(by=actor_of(request))}


@require_safe
@citizens_only
def file(request: HttpRequest, draft: UUID, file: UUID) -> HttpResponseBase:
    """One file of one's draft, while it belongs to no case yet."""
    stored, content = queries.draft_file(str(draft), str(file), by=actor_of(request))
    return served(stored, content)
