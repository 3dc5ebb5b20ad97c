"""Reads of uploaded forms and samples: whatever a published version names is there for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from onedoor.items.rules import Item
from onedoor.items.rules.paper import uploads_of
from onedoor.items.rules.uploads import SUBJECT, Upload
from onedoor.kernel.actor import Target, system
from onedoor.kernel.errors import FieldError, NotFound
from onedoor.kernel.tree import place
from onedoor.vault import queries as vault
from onedoor.vault.rules import StoredFile

_READER: Final = system("catalogue")
_PLACE: Final = vault.Place(SUBJECT, Target(frozenset(), ""))


def open_upload(upload: Upload) -> tuple[StoredFile, BinaryIO]:
    """The file and its bytes; the caller, who read the name in a version or draft that may be seen, closes them.

    NotFound where it was never uploaded here; Refused where its bytes are damaged.
    """
    held = vault.contents([upload.sm3], by=_READER, place=_PLACE)
    if upload.sm3 not in held:
        raise NotFound(f"「{upload.name}」不在本平台。请到办理窗口领取，或者打咨询电话。")
    return vault.open_file(held[upload.sm3].id, by=_READER, place=_PLACE)


def lacking(items: Iterable[Item]) -> tuple[FieldError, ...]:
    """Every upload that items name and this instance does not hold, each with what to do. One statement."""
    named = [(item, ("materials", number, field), held) for item in items for number, field, held in uploads_of(item)]
    if not named:
        return ()
    held = vault.contents([upload.sm3 for _, _, upload in named], by=_READER, place=_PLACE)
    return tuple(
        FieldError(
            f"{item.name}.{place(path)}",
            f"「{upload.name}」不在本平台。请先在事项编辑里上传这个文件，或者删去 {path[-1]}，改用按清单做的表格。",
        )
        for item, path, upload in named
        if upload.sm3 not in held
    )
