"""Pages of a material as pictures, drawn on the server: what is inside a PDF never runs in an officer's browser."""

from __future__ import annotations

import io
from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from PIL import Image

from onedoor.kernel.errors import NotFound, Refused

PDF = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg"})
MOST_PAGES = 300
WIDTH = 1400  # pixels of a page as it is read
SMALL = 150  # of a thumbnail
MOST_HEIGHT = 6000
_ONE_AT_A_TIME = Lock()  # PDFium is not safe for threads


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn: which page (from 1), and whether as a thumbnail."""

    page: int
    small: bool = False


def pages(content: BinaryIO, media_type: str) -> int:
    """How many pages there are to look at; 0 where the kind of file cannot be drawn.

    Raises Refused where a PDF is broken or locked by a password.
    """
    if media_type in PICTURES:
        return 1
    if media_type != PDF:
        return 0
    with _ONE_AT_A_TIME, _opened(content) as document:
        return min(len(document), MOST_PAGES)


def picture(content: BinaryIO, media_type: str, sheet: Sheet) -> bytes:
    """One page as PNG. NotFound where there is no such page."""
    width = SMALL if sheet.small else WIDTH
    if media_type in PICTURES and sheet.page == 1:
        with Image.open(content) as image:
            image.thumbnail((width, MOST_HEIGHT))
            return _png(image.convert("RGB"))
    if media_type != PDF:
        raise NotFound(_("这份材料没有这一页。"))
    with _ONE_AT_A_TIME, _opened(content) as document:
        if not 1 <= sheet.page <= min(len(document), MOST_PAGES):
            raise NotFound(_("这份材料没有这一页。"))
        page = document[sheet.page - 1]
        scale = min(width / max(1.0, page.get_width()), MOST_HEIGHT / max(1.0, page.get_height()))
        return _png(page.render(scale=scale).to_pil().convert("RGB"))


def _opened(content: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content.read())
    except pypdfium2.PdfiumError as error:
        raise Refused(
            "unreadable", _("这份 PDF 已损坏或有密码，不能在这里显示。请下载查看，或请申请人重新提交。")
        ) from error


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=3)
    return out.getvalue()
