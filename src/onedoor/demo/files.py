"""Small valid files in place of what applicants would scan: one page of PDF, one picture."""

from __future__ import annotations

import struct
import zlib

LINE = 28
TOP = 740


def pdf(*lines: str) -> bytes:
    """One A4 page with these lines, in the reader's own Chinese font (ISO 32000-1 §9.7.5.2, UniGB-UCS2-H)."""
    shown = "".join(f"1 0 0 1 72 {TOP - LINE * n} Tm <{_utf16(line)}> Tj " for n, line in enumerate(lines))
    text = f"BT /F 16 Tf {shown}ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _utf16(text: str) -> str:
    plain = "".join(char if ord(char) < 0x10000 else "□" for char in text)  # UCS-2 has no more
    return plain.encode("utf-16-be").hex()


def png(shade: int, *, width: int = 240, height: int = 320) -> bytes:
    """A grey picture of the size of a portrait (ISO/IEC 15948); ``shade`` 0–255 tells pictures apart."""
    row = b"\0" + bytes((shade + column // 4) % 256 for column in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
