"""Each page is drawn by a process of its own, which may break or be exhausted alone."""

from __future__ import annotations

import io
import json
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.vault.uploads import png

from onedoor.desk.review import pictures, sheets
from onedoor.desk.review.pictures import MOST_PAGES, SMALL, Sheet, pages, picture
from onedoor.desk.review.sheets import PDF
from onedoor.kernel.errors import NotFound, Refused


def pdf(number: int) -> io.BytesIO:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(number):
        document.new_page(595, 842)
    document.save(out)
    return io.BytesIO(out.getvalue())


def bomb(side: int) -> io.BytesIO:
    """A picture of a few bytes that unfolds to side × side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def test_pages_of_a_pdf_are_counted_and_drawn() -> None:
    assert pages(pdf(3), PDF) == 3
    drawn = Image.open(io.BytesIO(picture(pdf(3), PDF, Sheet(2, small=True))))
    assert abs(drawn.width - SMALL) <= 1
    with pytest.raises(NotFound):
        picture(pdf(3), PDF, Sheet(4))
    assert pages(io.BytesIO(b"x"), "application/ofd") == 0


def test_a_picture_is_one_page() -> None:
    assert picture(io.BytesIO(png()), "image/png", Sheet(1)).startswith(b"\x89PNG")
    with pytest.raises(NotFound):
        picture(io.BytesIO(png()), "image/png", Sheet(2))


def test_a_long_document_opens_up_to_its_thousandth_page() -> None:
    assert pages(pdf(MOST_PAGES + 1), PDF) == MOST_PAGES
    with pytest.raises(NotFound):
        picture(pdf(1), PDF, Sheet(MOST_PAGES + 1))


@pytest.mark.parametrize(("content", "kind"), [(b"%PDF-1.7 broken", PDF), (b"\x89PNG\r\n\x1a\nbroken", "image/png")])
def test_a_broken_file_is_told_as_broken(content: bytes, kind: str) -> None:
    with pytest.raises(Refused, match="已损坏或有密码"):
        picture(io.BytesIO(content), kind, Sheet(1))


def test_a_picture_that_unfolds_to_more_than_the_memory_of_its_process_is_refused() -> None:
    with pytest.raises(Refused, match="太大"):
        picture(bomb(40_000), "image/png", Sheet(1))


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.001)
    with pytest.raises(Refused, match="太大"):
        pages(pdf(1), PDF)


def test_the_process_knows_no_secret_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "sheets.py"
    script.write_text("import json, os\nprint(json.dumps(sorted(set(os.environ) - {'LC_CTYPE'})))")
    monkeypatch.setattr(sheets, "__file__", str(script))
    monkeypatch.setenv("DATABASE_URL", "secret")
    assert json.loads(pictures._apart(io.BytesIO(b""), "count")) == []
