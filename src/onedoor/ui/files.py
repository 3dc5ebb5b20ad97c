"""Handing a file of the vault to a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse

from onedoor.vault.rules import serving_headers

if TYPE_CHECKING:
    from onedoor.vault.rules import StoredFile


def served(stored: StoredFile, content: object, *, inline: bool = True) -> FileResponse:
    """A file with its name and its sandbox, which are set last: the response would name it by where it is stored."""
    response = FileResponse(content, content_type=stored.media_type)
    for name, value in serving_headers(stored, inline=inline).items():
        response[name] = value
    return response
