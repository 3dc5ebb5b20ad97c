"""QR codes as SVG."""

from __future__ import annotations

import segno


def qr_svg(text: str) -> str:
    """``text`` as a QR code of error correction M or better, one SVG with a view box and a quiet zone of 4 modules.

    Text too long for a QR code (about 2,300 bytes) is a ValueError.
    """
    svg: str = segno.make_qr(text, error="m").svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns" not in svg else svg
