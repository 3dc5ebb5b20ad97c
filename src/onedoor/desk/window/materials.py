"""Materials on the counter: ticks for what came on paper, scans where the clerk makes one, kept through any error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.rules.values import PaperForm, Pledge
from onedoor.items.rules.codes import MaterialForm, Necessity, Source
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.ui.cases import source_tag
from onedoor.ui.parts import Tag, Tone
from onedoor.vault import commands as vault
from onedoor.vault import queries as stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from onedoor.items.rules import Material
    from onedoor.kernel.actor import Actor
    from onedoor.vault.rules import StoredFile

FORMS = {
    frozenset({"original"}): PaperForm.ORIGINAL,
    frozenset({"copy"}): PaperForm.COPY,
    frozenset({"original", "copy"}): PaperForm.BOTH,
}
TICKS = frozenset({"original", "copy"})
FETCHED = frozenset({Source.LICENCE, Source.SHARED, Source.FORM})  # never asked of the applicant


@dataclass(frozen=True, slots=True)
class Taken:
    """What lies on the counter, by material: paper, scans, refused uploads; what the applicant promises instead."""

    paper: Mapping[str, PaperForm]
    files: Mapping[str, tuple[StoredFile, ...]]
    errors: tuple[FieldError, ...] = ()
    promised: Mapping[str, Pledge] = field(default_factory=dict)

    def ids(self) -> dict[str, tuple[str, ...]]:
        """The scans as the commands of cases take them."""
        return {key: tuple(file.id for file in files) for key, files in self.files.items() if files}


NOTHING = Taken({}, {})
NONE_OFFERED: Mapping[str, tuple[Pledge, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One material as the page draws it."""

    key: str
    name: str
    note: str
    tag: Tag
    exempt: bool
    original: bool
    copy: bool
    files: tuple[StoredFile, ...]
    errors: tuple[str, ...]
    fault: str
    fixed: bool = False
    promises: tuple[tuple[str, str, bool], ...] = ()  # what may be promised instead: code, words, whether it is chosen

    @property
    def described_by(self) -> str:
        """The id of the errors, where there are any."""
        return f"f-materials.{self.key}-error" if self.errors else ""


def take(request: HttpRequest, keys: Iterable[str], *, by: Actor, at: datetime) -> Taken:
    """Read ticks and scans of a posted page. A scan is kept at once, so that no error loses it."""
    data = request.POST
    mine = {file.id: file for file in stored.files(by=by)}
    dropped = set(data.getlist("drop"))
    paper, files, errors = {}, {}, []
    for key in keys:
        if form := FORMS.get(frozenset(data.getlist(f"paper.{key}"))):
            paper[key] = form
        held = [mine[id_] for id_ in data.getlist(f"file.{key}") if id_ in mine and id_ not in dropped]
        for upload in request.FILES.getlist(f"scan.{key}"):
            try:
                held.append(vault.store(upload.file, name=upload.name or "扫描件", by=by, at=at))  # type: ignore[arg-type]
            except (Invalid, Refused) as fault:
                errors.append(FieldError(f"materials.{key}", str(fault)))
        files[key] = tuple(held)
    chosen = {key: data.get(f"promise.{key}", "") for key in paper.keys() | files.keys()}
    promised = {key: Pledge(code) for key, code in chosen.items() if code in set(Pledge)}
    bare = {key: kind for key, kind in promised.items() if not (files.get(key) or paper.get(key))}
    return Taken(paper, files, tuple(errors), bare)


def rows(
    materials: Iterable[Material],
    taken: Taken,
    *,
    faults: Mapping[str, str],
    errors: Sequence[FieldError] = (),
    fixed: frozenset[str] = frozenset(),
    offered: Mapping[str, tuple[Pledge, ...]] = NONE_OFFERED,
) -> tuple[Row, ...]:
    """The materials of this situation, what must be brought first. ``offered``: what may be promised instead."""
    drawn = [
        replace(
            _row(material, taken, faults=faults, errors=errors),
            fixed=material.key in fixed,
            promises=tuple(_promise(material, kind, taken) for kind in offered.get(material.key, ())),
        )
        for material in materials
    ]
    return tuple(sorted(drawn, key=lambda row: row.exempt))


def _promise(material: Material, kind: Pledge, taken: Taken) -> tuple[str, str, bool]:
    words = _("用承诺代替")
    if kind is Pledge.LATER:
        words = _("承诺后补（受理后 %(days)s 个工作日内）") % {"days": material.tolerated_days}
    return kind.value, words, taken.promised.get(material.key) is kind


def _row(material: Material, taken: Taken, *, faults: Mapping[str, str], errors: Sequence[FieldError]) -> Row:
    form = taken.paper.get(material.key)
    return Row(
        key=material.key,
        name=material.name,
        note=note_of(material),
        tag=source_tag(material.source) if material.source in FETCHED else _necessity(material),
        exempt=material.exempt,
        original=form in {PaperForm.ORIGINAL, PaperForm.BOTH},
        copy=form in {PaperForm.COPY, PaperForm.BOTH},
        files=taken.files.get(material.key, ()),
        errors=tuple(error.message for error in errors if error.field == f"materials.{material.key}"),
        fault=faults.get(material.key, ""),
    )


def _necessity(material: Material) -> Tag:
    if material.necessity is Necessity.REQUIRED and material.source is Source.APPLICANT:
        return Tag(_("必交"), Tone.TODO)
    return Tag(_("可容缺"), Tone.NONE) if material.necessity is Necessity.TOLERATED else Tag(_("有则交"), Tone.NONE)


def note_of(material: Material) -> str:
    """原件 1 份、复印件 2 份; then what to look at."""
    counts = [_("原件 %(originals)s 份") % {"originals": material.originals} if material.originals else ""]
    counts.append(_("复印件 %(copies)s 份") % {"copies": material.copies} if material.copies else "")
    if material.form is MaterialForm.ELECTRONIC:
        counts = [_("电子版")]
    told = [part for part in ("、".join(filter(None, counts)), material.criteria) if part]
    return "；".join(told)
