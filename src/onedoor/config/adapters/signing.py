"""The journal's signing key in a file (软密钥): for demo, test and internal integrity.

A certified device or the province's service takes the signer's place through ``journal.ports.Signer``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from onedoor.instance.calling import command
from onedoor.journal.rules.sealing import key_id
from onedoor.kernel import sm


class SoftSigner:
    """Signs with the key in a file; ``journal-*.pub.pem`` beside it are keys that signed here earlier."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._loaded: sm.KeyPair | None = None

    def key_id(self) -> str:
        """The id of the key that signs now."""
        return key_id(self._pair().public)

    def sign(self, message: bytes) -> bytes:
        """A DER signature over the message."""
        return self._pair().sign(message)

    def public_keys(self) -> Mapping[str, bytes]:
        """Every public key by id that ever signed here."""
        earlier = [sm.load_public_pem(path.read_bytes()) for path in sorted(self.path.parent.glob("journal-*.pub.pem"))]
        return {key_id(public): public for public in (*earlier, self._pair().public)}

    def _pair(self) -> sm.KeyPair:
        if self._loaded is None:
            try:
                self._loaded = sm.load_private_pem(self.path.read_bytes())
            except (OSError, sm.SmError) as error:
                message = f"日志签名密钥缺失或损坏：{self.path}。请从备份恢复；新实例用 {command()} keys 生成。"
                raise ImproperlyConfigured(message) from error
        return self._loaded


def generate_key(path: Path) -> bool:
    """Write a new key, 0600, unless there is one; whether it was written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as file:
        file.write(sm.generate().pem())
        file.flush()
        os.fsync(file.fileno())
    return True
