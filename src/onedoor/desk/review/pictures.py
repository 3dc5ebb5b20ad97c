"""Pages of a material as pictures, drawn on the server: what is inside a file never runs in an officer's browser.

Each is drawn by a process of its own (``sheets``), so that a file made to exhaust or break a reader harms nobody else.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from onedoor.desk.review import sheets
from onedoor.desk.review.sheets import PDF
from onedoor.kernel.errors import NotFound, Refused

PICTURES: Final = frozenset({"image/png", "image/jpeg"})
MOST_PAGES: Final = 1000
WIDTH: Final = 1400  # pixels of a page as it is read
SMALL: Final = 150  # of a thumbnail
SECONDS: Final = 15  # of waiting for one page
_AT_ONCE = BoundedSemaphore(2)  # for each web process


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn: which page (from 1), and whether as a thumbnail."""

    page: int
    small: bool = False


def pages(content: BinaryIO, media_type: str) -> int:
    """How many pages there are to look at; 0 where the kind of file cannot be drawn.

    Raises Refused where a PDF is broken, locked by a password, or too much for its process.
    """
    if media_type in PICTURES:
        return 1
    if media_type != PDF:
        return 0
    return min(int(_apart(content, "count")), MOST_PAGES)


def looked_at(content: BinaryIO, media_type: str) -> tuple[int, str]:
    """How many pages there are to look at, and why there are none where the file is to blame. Closes the file."""
    with closing(content):
        try:
            return pages(content, media_type), ""
        except Refused as fault:
            return 0, fault.message


def picture(content: BinaryIO, media_type: str, sheet: Sheet) -> bytes:
    """One page as PNG. NotFound where there is no such page; Refused as for ``pages``."""
    if media_type not in {PDF, *PICTURES} or not 1 <= sheet.page <= MOST_PAGES:
        raise NotFound(_("这份材料没有这一页。"))
    return _apart(content, "draw", media_type, str(sheet.page), str(SMALL if sheet.small else WIDTH))


def _apart(content: BinaryIO, *asked: str) -> bytes:
    argv = [sys.executable, "-I", sheets.__file__, *asked]
    with _AT_ONCE:
        try:
            done = subprocess.run(argv, input=content.read(), capture_output=True, env={}, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise _too_heavy() from error
    if done.returncode == sheets.NO_SUCH_PAGE:
        raise NotFound(_("这份材料没有这一页。"))
    if done.returncode == sheets.UNREADABLE:
        told = _("这份文件已损坏或有密码，不能在这里显示。请下载查看，或请申请人重新提交。")
        raise Refused("unreadable", told)
    if done.returncode:
        raise _too_heavy()
    return done.stdout


def _too_heavy() -> Refused:
    return Refused("too_heavy", _("这一页太大，不能在这里显示。请下载查看，或请申请人重新扫描后提交。"))
