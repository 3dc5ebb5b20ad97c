"""A mail server that delivers nothing: enough of SMTP (RFC 5321) to take a message and keep it."""

from __future__ import annotations

import email
import email.policy
import re
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import ClassVar, Final

from onedoor.simulators.control import Record

WHAT: Final = "邮件服务模拟器：只记录，不投递"
LONGEST_LINE: Final = 4096
_ADDRESS: Final = re.compile(r"(?i)(?:FROM|TO):\s*<([^>]*)>")


class Session(StreamRequestHandler):
    """One connection."""

    record: ClassVar[Record]
    sender: str
    recipients: list[str]

    def handle(self) -> None:
        """Greet, then answer command by command until QUIT or the end of the line."""
        self._reset()
        self._say(220, "onedoor mail simulator, delivers nothing")
        while line := self.rfile.readline(LONGEST_LINE):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if not self._obey(verb.upper(), rest):
                return

    def _obey(self, verb: str, rest: str) -> bool:
        match verb:
            case "EHLO" | "HELO":
                self._say(250, "onedoor")
            case "MAIL":
                self._reset()
                self.sender = _address(rest)
                self._say(250, "ok")
            case "RCPT":
                self._recipient(rest)
            case "DATA":
                self._data()
            case "RSET" | "NOOP":
                self._reset()
                self._say(250, "ok")
            case "QUIT":
                self._say(221, "bye")
                return False
            case _:
                self._say(502, "not implemented")
        return True

    def _recipient(self, rest: str) -> None:
        refusal = self.record.refusal()
        if refusal:
            self._say(refusal, "told to fail")
        else:
            self.recipients.append(_address(rest))
            self._say(250, "ok")

    def _data(self) -> None:
        if not self.recipients:
            self._say(503, "no recipient")
            return
        self._say(354, "end with a dot")
        lines: list[bytes] = []
        while (line := self.rfile.readline(LONGEST_LINE)) not in {b".\r\n", b".\n", b""}:
            lines.append(line[1:] if line.startswith(b".") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        body = message.get_body(("plain",))
        number = self.record.take(
            {
                "from": self.sender,
                "to": list(self.recipients),
                "subject": str(message["Subject"]),
                "text": str(body.get_content()).strip() if body else "",
                "key": str(message["Message-ID"] or ""),
            }
        )
        self._reset()
        self._say(250, f"queued as {number}")

    def _reset(self) -> None:
        self.sender, self.recipients = "", []

    def _say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())


class Server(ThreadingTCPServer):
    """Listens on the loopback."""

    allow_reuse_address = True
    daemon_threads = True


def serve(record: Record, port: int) -> Server:
    """A mail server on the loopback (port 0 = any free one); the caller runs it."""
    return Server(("127.0.0.1", port), type("BoundSession", (Session,), {"record": record}))


def _address(rest: str) -> str:
    found = _ADDRESS.match(rest)
    return found.group(1) if found else ""
