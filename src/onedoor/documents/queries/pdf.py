"""typst: one compiler per template, edition and process, data only ever as JSON, PDF/A-2b always."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import typst

from onedoor.documents import rules
from onedoor.documents.queries import fonts
from onedoor.documents.queries.qr import qr_svg
from onedoor.documents.rules.data import Json

TEMPLATES = Path(__file__).parent.parent / "templates"
STANDARD: Final = "a-2b"
NO_MOMENT = 0  # the file itself carries no time of making: the same data gives the same bytes


class _Press:
    """One template and its compiler. A compiler serves one thread at a time."""

    def __init__(self, template: Path, folders: tuple[Path, ...]) -> None:
        self._lock = Lock()
        self._compiler = typst.Compiler(
            str(template),
            root=str(template.parent),
            font_paths=_fonts(folders),
            ignore_system_fonts=True,
        )

    def print(self, data: Json) -> bytes:
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        with self._lock:
            pdf = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARD, timestamp=NO_MOMENT)
        assert isinstance(pdf, bytes)  # noqa: S101  # one output, in memory
        return pdf


@cache
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """Read once per process and shared by all compilers: they are large."""
    paths = [str(folder) for folder in folders]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _press(template: Path, folders: tuple[Path, ...]) -> _Press:
    return _Press(template, folders)


def render(
    template: str, data: Mapping[str, Json], *, gaps: rules.Gaps = rules.Gaps.REFUSE, edition: int = rules.EDITION
) -> bytes:
    """This template filled with this data, as PDF/A-2b (ISO 19005-2). The same data always gives the same bytes.

    Text is data, never markup. ``verify_url`` anywhere in the data (or in its ``head``) becomes a QR code.
    Raises MissingGlyph naming every character that no installed font holds, unless ``gaps`` is NOTE: then each is
    printed as its code point and the foot of the document says so. An unknown template is a KeyError.
    """
    rules.DOCUMENTS[template]
    cleaned = rules.clean(data)
    holes = rules.missing(rules.strings(cleaned), fonts.covered())
    if holes and gaps is rules.Gaps.REFUSE:
        raise rules.MissingGlyph(holes)
    filled = rules.note_gaps(cleaned, holes) if holes else cleaned
    assert isinstance(filled, Mapping)  # noqa: S101  # clean keeps the shape
    extras = {"gaps": [f"U+{ord(character):04X}" for character in holes], "qr": _qr(filled)}
    return _press(TEMPLATES / str(edition) / f"{template}.typ", fonts.folders()).print({**filled, **extras})


def document(made: rules.Document, *, gaps: rules.Gaps = rules.Gaps.REFUSE) -> bytes:
    """A complete legal document as PDF/A. Raises Invalid naming what the law requires and the document lacks."""
    rules.check(made)
    data = rules.to_data(made)
    assert isinstance(data, Mapping)  # noqa: S101  # a document is a dataclass
    return render(made.template, data, gaps=gaps)


def reprint(wording: str, *, gaps: rules.Gaps = rules.Gaps.NOTE) -> bytes:
    """A document that was sent, once more: the same words in the edition of the templates in which it was sent."""
    kept = json.loads(wording)
    return render(kept["template"], kept["data"], gaps=gaps, edition=kept["edition"])


def _qr(data: Mapping[str, Json]) -> str:
    head = data.get("head")
    url = head.get("verify_url") if isinstance(head, Mapping) else data.get("verify_url")
    return qr_svg(str(url)) if url else ""
