"""Files as people send them, good and bad, made on the spot."""

import io
import struct
import zipfile
import zlib

EICAR = bytes.fromhex(
    "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d"
    "414e544956495255532d544553542d46494c452124482b482a"
)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def png(width: int = 2, height: int = 3) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def jpg(width: int = 2, height: int = 3) -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    frame = b"\xff\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + app + frame + b"\xff\xd9"


def zipped(entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def ofd(**more: bytes) -> bytes:
    return zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>", **more})


def docx(**more: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


def xlsx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})


def bomb() -> bytes:
    """Small on the wire, 64 MB when unpacked."""
    return ofd(**{"Doc_0/Pages/Content.xml": b"\0" * (64 << 20)})


def lying_bomb() -> bytes:
    """A bomb whose directory declares that the large entry holds ten bytes."""
    content = bytearray(bomb())
    real = struct.pack("<I", 64 << 20)
    start = 0
    while (place := content.find(real, start)) >= 0:
        content[place : place + 4] = struct.pack("<I", 10)
        start = place + 4
    return bytes(content)


def overlapping() -> bytes:
    """Two directory records that name the same bytes."""
    content = bytearray(zipped({"OFD.xml": b"x" * 100, "aaa": b"y" * 100}, method=zipfile.ZIP_STORED))
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 42 : directory + 46] = struct.pack("<I", 0)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(ofd())
    start = 0
    while (place := content.find(b"PK\x01\x02", start)) >= 0:
        content[place + 8] |= 1
        start = place + 4
    return bytes(content)
