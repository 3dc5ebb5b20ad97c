"""clamd (ClamAV) over its INSTREAM protocol: a length before each chunk, a zero at the end, one line back."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO, Final

from onedoor.vault.ports import ScannerUnavailable, Verdict

CHUNK: Final = 1 << 16


class Clamd:
    """A clamd at ``unix:/run/clamav/clamd.ctl`` or ``tcp:HOST:PORT``."""

    def __init__(self, address: str, *, timeout: float = 60.0) -> None:
        scheme, _, rest = address.partition(":")
        if scheme not in {"unix", "tcp"} or not rest:
            raise ValueError(f"clamd address must be unix:PATH or tcp:HOST:PORT, not {address!r}")
        self._scheme, self._rest, self._timeout = scheme, rest, timeout

    def scan(self, content: BinaryIO) -> Verdict:
        """See the port. An answer that is neither OK nor FOUND (size limit, error) counts as unavailable."""
        answer = self._ask(b"zINSTREAM\0", content)
        if answer == "stream: OK":
            return Verdict("")
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return Verdict(answer.removeprefix("stream: ").removesuffix(" FOUND"))
        raise ScannerUnavailable(f"clamd: {answer}")

    def version(self) -> str:
        """See the port."""
        answer = self._ask(b"zVERSION\0", None)
        if not answer.startswith("ClamAV"):
            raise ScannerUnavailable(f"clamd: {answer}")
        return answer

    def _ask(self, command: bytes, content: BinaryIO | None) -> str:
        try:
            with self._connect() as line:
                line.sendall(command)
                if content is not None:
                    while chunk := content.read(CHUNK):
                        line.sendall(struct.pack(">I", len(chunk)) + chunk)
                    line.sendall(struct.pack(">I", 0))
                return _answer(line)
        except OSError as error:
            raise ScannerUnavailable(str(error)) from error

    def _connect(self) -> socket.socket:
        if self._scheme == "tcp":
            host, _, port = self._rest.rpartition(":")
            return socket.create_connection((host, int(port)), timeout=self._timeout)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self._timeout)
        try:
            line.connect(self._rest)
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket) -> str:
    parts = bytearray()
    while len(parts) < 4096 and (part := line.recv(1024)):
        parts += part
        if part.endswith(b"\0"):
            break
    return parts.rstrip(b"\0").decode("utf-8", "replace").strip()
