"""Where to reach people: the registers for parties, the account for those who have only an account."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth import get_user_model

from onedoor.cases import queries as cases
from onedoor.hotline import queries as hotline
from onedoor.kernel.actor import system
from onedoor.kernel.errors import NotFound
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading

POSTMAN: Final = system("postman")
MOBILE_DIGITS: Final = 11


class Registers:
    """Reads one contact at the moment a message leaves; the read is recorded with its purpose and case."""

    def phone(self, ref: str, *, about: str, at: datetime) -> str:
        """See the port. A number that cannot take messages counts as none."""
        if ref.startswith("asker:"):
            number = hotline.phone_of(ref)
        elif ref.startswith("interested:"):
            number = cases.mobile_of(ref)
        else:
            number = self._account(ref, "phone") if ref.startswith("account:") else self._party_phone(ref, about, at)
        digits = "".join(character for character in number if character.isdigit()).removeprefix("86")
        return digits if len(digits) == MOBILE_DIGITS and digits.startswith("1") else ""

    def mail(self, ref: str, *, about: str, at: datetime) -> str:
        """See the port. The registers hold no e-mail addresses; accounts do."""
        return self._account(ref, "email") if ref.startswith("account:") else ""

    def _party_phone(self, ref: str, about: str, at: datetime) -> str:
        reading = Reading(purpose="发送办件短信", at=at, case=about.removeprefix("case:"))
        try:
            return registries.phone(ref, by=POSTMAN, reading=reading)
        except NotFound:
            return ""

    def _account(self, ref: str, field: str) -> str:
        number = ref.removeprefix("account:")
        held = get_user_model().objects.filter(pk=number) if number.isdecimal() else get_user_model().objects.none()
        return str(held.values_list(field, flat=True).first() or "")
