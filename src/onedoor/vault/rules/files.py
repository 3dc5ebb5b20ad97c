"""A stored file as a value, what is accepted, and the headers it is served with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from onedoor.kernel.errors import FieldError, Invalid
from onedoor.vault.rules.archives import ArchiveLimits
from onedoor.vault.rules.names import extension
from onedoor.vault.rules.types import KINDS, Kind

INLINE: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
SANDBOX: Final = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


class ScanState(StrEnum):
    """查毒结果 of one content."""

    CLEAN = "clean"  # 未发现病毒
    NOT_CONFIGURED = "not_configured"  # 未配置查毒


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerState:
    """For the health page: whether a scanner is configured, whether it answers, in words."""

    configured: bool
    working: bool
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be uploaded: types by key, bytes, pixels, and what a container may hold."""

    accepts: frozenset[str]
    max_bytes: int
    max_pixels: int
    archive: ArchiveLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file somebody stored. ``sm3`` and ``sha256`` in hex; ``subject`` "" = not yet bound to anything."""

    id: str
    sm3: str
    sha256: str
    size: int
    media_type: str
    name: str
    owner: str
    subject: str
    stored_at: datetime
    scan: ScanState


@dataclass(frozen=True, slots=True)
class Binding:
    """What a file is bound to: a subject ("case:53052420260302000127K") and its area code."""

    subject: str
    area: str


UNBOUND: Final = Binding("", "")


def fault(message: str) -> Invalid:
    """One fault of the uploaded file."""
    return Invalid([FieldError("file", message)])


def accept(kind: Kind, name: str, policy: Policy) -> str:
    """The name to show for a file of this kind. Raises Invalid for a type not accepted or a name that belies it."""
    allowed = "、".join(KINDS[key].label for key in KINDS if key in policy.accepts)
    if kind.key not in policy.accepts:
        raise fault(f"“{name}”的内容是{kind.label}，不能上传。{kind.advice}可以上传：{allowed}。")
    suffix = extension(name)
    if not suffix:
        return f"{name}.{kind.extensions[0]}"
    if suffix not in kind.extensions:
        raise fault(f"“{name}”的后缀是 .{suffix}，内容却是{kind.label}。请用原来的软件重新导出，不要直接改后缀。")
    return name


def serving_headers(file: StoredFile, *, inline: bool = False) -> Mapping[str, str]:
    """Headers for handing a file to a browser: RFC 6266 name in UTF-8 (RFC 8187), no sniffing, a sandbox.

    ``inline`` is granted to PDF, JPG and PNG only; everything else is always an attachment.
    """
    shown = "inline" if inline and file.media_type in INLINE else "attachment"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in file.name)
    return {
        "Content-Type": file.media_type,
        "Content-Length": str(file.size),
        "Content-Disposition": f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
        "ETag": f'"{file.sha256}"',
    }
