"""What notices need from outside: providers, and where to reach somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class TryLater(Exception):
    """The provider is down, busy or slow: another try may succeed."""


class Undeliverable(Exception):
    """The provider refuses this message for good (wrong number, blocked)."""


class SmsProvider(Protocol):
    """Sends short messages. The same ``key`` must not go out twice where the provider can tell."""

    def send(self, *, phone: str, text: str, key: str) -> str:
        """Send; returns the provider's receipt. Raises TryLater or Undeliverable."""


class MailProvider(Protocol):
    """Sends e-mail."""

    def send(self, *, address: str, subject: str, text: str, key: str) -> str:
        """Send; returns the message id. Raises TryLater or Undeliverable."""


class AddressBook(Protocol):
    """Where to reach a party or an account. Addresses are looked up when a message leaves and are never stored here."""

    def phone(self, ref: str, *, about: str, at: datetime) -> str:
        """A mobile number for a message about "case:…", "" where none is known or the person wants no SMS."""

    def mail(self, ref: str, *, about: str, at: datetime) -> str:
        """An e-mail address, "" where none is known."""


class _Wired:
    sms: SmsProvider | None = None
    mail: MailProvider | None = None
    book: AddressBook | None = None


def connect(*, sms: SmsProvider | None, mail: MailProvider | None, book: AddressBook | None) -> None:
    """Called once by the wiring. None = this channel is not configured in this instance."""
    _Wired.sms, _Wired.mail, _Wired.book = sms, mail, book


def sms() -> SmsProvider | None:
    """The connected SMS provider."""
    return _Wired.sms


def mail() -> MailProvider | None:
    """The connected e-mail provider."""
    return _Wired.mail


def book() -> AddressBook | None:
    """The connected address book."""
    return _Wired.book
