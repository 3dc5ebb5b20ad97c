"""The process that draws one page of a stranger's file: its own, without secrets, with little memory and time.

Run as a script (``python -I sheets.py count`` or ``… draw MEDIA-TYPE PAGE WIDTH``): the file comes in, a number or a
PNG goes out, and the exit code says why not. What a file may break or exhaust is this process alone.
"""

from __future__ import annotations

import io
import resource
import sys
from typing import Final

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

PDF: Final = "application/pdf"
MEMORY: Final = 1 << 30  # bytes of address space: a page of 200 million pixels does not fit, a scanned plan does
SECONDS: Final = 10  # of processor time
MOST_HEIGHT: Final = 6000  # pixels
UNREADABLE: Final = 3
NO_SUCH_PAGE: Final = 4


def count(content: bytes) -> bytes:
    """How many pages a PDF has."""
    return str(len(pypdfium2.PdfDocument(content))).encode()


def draw(content: bytes, media_type: str, *, page: int, width: int) -> bytes:
    """One page as PNG. Raises IndexError where there is no such page."""
    if media_type != PDF:
        return _png(_picture(content, page, width))
    document = pypdfium2.PdfDocument(content)
    if not 1 <= page <= len(document):
        raise IndexError(page)
    sheet = document[page - 1]
    scale = min(width / max(1.0, sheet.get_width()), MOST_HEIGHT / max(1.0, sheet.get_height()))
    return _png(sheet.render(scale=scale).to_pil())


def _picture(content: bytes, page: int, width: int) -> Image.Image:
    if page != 1:
        raise IndexError(page)
    Image.MAX_IMAGE_PIXELS = None  # the memory of this process is the limit
    image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    image.thumbnail((width, MOST_HEIGHT))
    return image


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "PNG", optimize=False, compress_level=3)
    return out.getvalue()


def main(asked: list[str]) -> int:
    """Limit this process, then do what is asked; 0 where it was done."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        if asked[0] == "count":
            what = count(content)
        else:
            what = draw(content, asked[1], page=int(asked[2]), width=int(asked[3]))
    except IndexError:
        return NO_SUCH_PAGE
    except (pypdfium2.PdfiumError, OSError, SyntaxError, ValueError):  # what Pillow raises for broken pictures
        return UNREADABLE
    sys.stdout.buffer.write(what)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
