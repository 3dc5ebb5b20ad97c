"""The clamd adapter against a server that speaks clamd's protocol byte for byte, over both kinds of socket."""

import io
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from onedoor.config.adapters.scanning import Clamd
from onedoor.vault.ports import ScannerUnavailable, Verdict


class Server(threading.Thread):
    """Reads one command; for INSTREAM all chunks up to the empty one; answers ``answer``."""

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(daemon=True)
        self.listening, self.answer, self.command, self.content = listening, b"stream: OK\0", b"", b""
        self.split = False
        self.start()

    def run(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as source:
                self.serve(line, source)

    def serve(self, line: socket.socket, source: io.BufferedReader) -> None:
        self.command, self.content = b"", b""
        while not self.command.endswith(b"\0"):
            self.command += source.read(1)
        if self.command == b"zINSTREAM\0":
            while length := struct.unpack(">I", source.read(4))[0]:
                self.content += source.read(length)
        for part in (self.answer[:4], self.answer[4:]) if self.split else (self.answer,):
            line.sendall(part)


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Clamd, Server]]:
    listening = socket.socket(socket.AF_UNIX if request.param == "unix" else socket.AF_INET)
    listening.bind(str(tmp_path / "c") if request.param == "unix" else ("127.0.0.1", 0))
    listening.listen()
    name = listening.getsockname()
    address = f"unix:{name}" if request.param == "unix" else f"tcp:127.0.0.1:{name[1]}"
    yield Clamd(address, timeout=5), Server(listening)
    listening.close()


def test_every_byte_reaches_the_scanner(clamd: tuple[Clamd, Server]) -> None:
    scanner, server = clamd
    content = bytes(range(256)) * 1000
    server.split = True
    assert scanner.scan(io.BytesIO(content)) == Verdict("")
    assert (server.command, server.content) == (b"zINSTREAM\0", content)


def test_what_it_finds_comes_back_by_name(clamd: tuple[Clamd, Server]) -> None:
    scanner, server = clamd
    server.answer = b"stream: Eicar-Signature FOUND\0"
    assert scanner.scan(io.BytesIO(b"x")) == Verdict("Eicar-Signature")


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0", b"UNKNOWN COMMAND\0"])
def test_any_other_answer_is_no_verdict(clamd: tuple[Clamd, Server], answer: bytes) -> None:
    scanner, server = clamd
    server.answer = answer
    with pytest.raises(ScannerUnavailable):
        scanner.scan(io.BytesIO(b"x"))
    with pytest.raises(ScannerUnavailable):
        scanner.version()


def test_the_version_is_told(clamd: tuple[Clamd, Server]) -> None:
    scanner, server = clamd
    server.answer = b"ClamAV 1.4.2/27500\0"
    assert scanner.version() == "ClamAV 1.4.2/27500"
    assert server.command == b"zVERSION\0"


def test_nobody_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(ScannerUnavailable):
        Clamd(f"unix:{tmp_path}/none").scan(io.BytesIO(b"x"))


def test_an_address_of_another_kind_is_refused() -> None:
    for address in ("", "localhost:3310", "unix:", "http://x"):
        with pytest.raises(ValueError):
            Clamd(address)
