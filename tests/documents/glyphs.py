"""What a page really draws: the glyphs of a PDF, whatever its text layer says."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf

NOTDEF = b"\0\0"  # glyph 0 of every font: an empty box where a character should be


def drawn(pdf: bytes) -> set[bytes]:
    """Every glyph that pages and forms of this file show, as its two bytes in an Identity-H font."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        forms = (one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form")
        return {code for part in (*opened.pages, *forms) for code in _codes(part)}


def _codes(part: pikepdf.Page | pikepdf.Stream) -> Iterator[bytes]:
    for operands, operator in pikepdf.parse_content_stream(part):
        shown = {"Tj": operands, "TJ": operands[0] if operands else ()}.get(str(operator), ())
        for text in (bytes(one) for one in shown if isinstance(one, pikepdf.String)):
            yield from (text[at : at + 2] for at in range(0, len(text), 2))
