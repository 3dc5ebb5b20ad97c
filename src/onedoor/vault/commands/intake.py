"""One pass over what somebody sent: counted, hashed, tested, spooled to a private temporary file."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from cryptography.hazmat.primitives import hashes

from onedoor.kernel.errors import Refused
from onedoor.vault import ports
from onedoor.vault.rules import (
    Kind,
    Policy,
    ScanState,
    accept,
    clean_name,
    fault,
    find,
    inspect,
    pixels,
    recognise,
)
from onedoor.vault.rules.archives import BadArchive
from onedoor.vault.rules.signatures import LONGEST
from onedoor.vault.rules.types import HEAD

CHUNK: Final = 1 << 18
IN_MEMORY: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What was sent, examined and found fit to keep."""

    content: BinaryIO
    name: str
    kind: Kind
    size: int
    sm3: str
    sha256: str
    scan: ScanState


def take(content: BinaryIO | bytes, *, name: str, policy: Policy) -> Taken:
    """Examine an upload. Raises Invalid naming what is wrong with it, Refused for a virus or a silent scanner."""
    shown = clean_name(name)
    spooled, size, sm3, sha256 = _spool(content, shown, policy)
    try:
        kind = _kind(spooled, name=shown, policy=policy, size=size)
        shown = accept(kind, shown, policy)
        if kind.key in {"jpg", "png"}:
            _check_pixels(spooled, kind, name=shown, policy=policy)
        scan = _scan(spooled, shown)
    except BaseException:
        spooled.close()
        raise
    spooled.seek(0)
    return Taken(spooled, shown, kind, size, sm3, sha256, scan)


def _spool(content: BinaryIO | bytes, name: str, policy: Policy) -> tuple[BinaryIO, int, str, str]:
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    spooled = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  # ``take`` closes
    sm3, sha256, size, tail = hashes.Hash(hashes.SM3()), hashlib.sha256(), 0, b""
    try:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > policy.max_bytes:
                raise fault(f"“{name}”超过 {policy.max_bytes // (1 << 20)} MB。请压缩或者拆分后再上传。")
            if find(tail + chunk):
                raise _infected(name, "病毒测试特征")
            sm3.update(chunk)
            sha256.update(chunk)
            spooled.write(chunk)
            tail = (tail + chunk)[-(LONGEST - 1) :]
        if not size:
            raise fault(f"“{name}”是空文件。请确认文件已经保存好，再重新上传。")
    except BaseException:
        spooled.close()
        raise
    return spooled, size, sm3.finalize().hex(), sha256.hexdigest()


def _kind(content: BinaryIO, *, name: str, policy: Policy, size: int) -> Kind:
    content.seek(0)
    head = content.read(HEAD)
    kind = recognise(head)
    if kind.key != "zip":
        return kind
    try:
        return recognise(head, inspect(content, policy.archive, size=size))
    except BadArchive as error:
        raise fault(f"“{name}”：{error}") from error


def _check_pixels(content: BinaryIO, kind: Kind, *, name: str, policy: Policy) -> None:
    size = pixels(content, kind.key)
    if size is None:
        raise fault(f"“{name}”是损坏的{kind.label}，打不开。请重新拍照或者扫描后上传。")
    if size > policy.max_pixels:
        raise fault(f"“{name}”的像素过多。请把图片缩小到 {policy.max_pixels // 1_000_000} 百万像素以内再上传。")


def _scan(content: BinaryIO, name: str) -> ScanState:
    scanner = ports.scanner()
    if scanner is None:
        return ScanState.NOT_CONFIGURED
    content.seek(0)
    try:
        verdict = scanner.scan(content)
    except ports.ScannerUnavailable as error:
        raise Refused("scanner_unavailable", "查毒服务暂时没有应答，为安全起见没有保存文件。请稍后再试。") from error
    if verdict.found:
        raise _infected(name, verdict.found)
    return ScanState.CLEAN


def _infected(name: str, found: str) -> Refused:
    return Refused("infected", f"“{name}”里发现{found}，已拒绝保存。请用杀毒软件清理后再上传。")
