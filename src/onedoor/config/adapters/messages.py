"""Providers of messages: SMS over HTTP, e-mail over SMTP."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from onedoor.notices.ports import TryLater, Undeliverable

FINAL: Final = frozenset({400, 404, 410, 413, 422})


class HttpSms:
    """A provider that takes ``POST {phone, text}`` as JSON with a bearer token and an ``Idempotency-Key``.

    2xx with ``{"id": …}`` = taken; 400, 404, 410, 413, 422 = refused for good; everything else = try later.
    """

    def __init__(self, url: str, *, token: str, timeout: float = 10.0) -> None:
        self._url, self._token, self._timeout = url, token, timeout

    def send(self, *, phone: str, text: str, key: str) -> str:
        """See the port."""
        import httpx  # large, and most instances of a test send nothing

        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": key}
        try:
            answer = httpx.post(self._url, json={"phone": phone, "text": text}, headers=headers, timeout=self._timeout)
        except httpx.HTTPError as error:
            raise TryLater(f"短信服务没有应答（{type(error).__name__}）") from error
        if answer.status_code in FINAL:
            raise Undeliverable(f"短信服务拒收（{answer.status_code}）")
        if not answer.is_success:
            raise TryLater(f"短信服务出错（{answer.status_code}）")
        try:
            return str(answer.json()["id"])
        except (ValueError, KeyError, TypeError) as error:
            raise TryLater("短信服务的应答无法识别") from error


class SmtpMail:
    """A mail server at ``smtp://[user:password@]host:port``, ``smtp+tls://`` (STARTTLS) or ``smtps://``."""

    def __init__(self, url: str, *, sender: str, timeout: float = 10.0) -> None:
        self._parts, self._sender, self._timeout = urlsplit(url), sender, timeout
        if self._parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not self._parts.hostname:
            raise ValueError("mail address must be smtp://, smtp+tls:// or smtps:// with a host")

    def send(self, *, address: str, subject: str, text: str, key: str) -> str:
        """See the port. The message id is the key, so that a second copy can be recognised."""
        message = EmailMessage()
        message["From"], message["Subject"] = self._sender, subject
        message["Message-ID"] = f"<{key}@{self._sender.rpartition('@')[2] or 'onedoor'}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            message["To"] = address
            with self._server() as server:
                server.send_message(message)
        except ValueError as error:
            raise Undeliverable("邮件地址格式不对") from error
        except smtplib.SMTPRecipientsRefused as error:
            permanent = all(500 <= code < 600 for code, _ in error.recipients.values())
            raise (Undeliverable if permanent else TryLater)("邮件服务器拒收这个地址") from error
        except smtplib.SMTPResponseException as error:
            kind = Undeliverable if 550 <= error.smtp_code < 560 else TryLater
            raise kind(f"邮件服务器拒收（{error.smtp_code}）") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(f"邮件服务器没有应答（{type(error).__name__}）") from error
        return str(message["Message-ID"])

    def _server(self) -> smtplib.SMTP:
        host, port = str(self._parts.hostname), self._parts.port
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=self._timeout)
        else:
            server = smtplib.SMTP(host, port or 25, timeout=self._timeout)
        if self._parts.scheme == "smtp+tls":
            server.starttls()
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        return server
