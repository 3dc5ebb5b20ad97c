"""Card readers of the hall: one service on the hall's network drives the readers of all windows."""

from __future__ import annotations

from datetime import date
from typing import Any

from onedoor.hall.ports import Misread, NoCard, ReaderDown
from onedoor.hall.rules import Card

NO_CARD, MISREAD = 404, 422


class HttpCardReader:
    """A service that takes ``POST {desk}`` as JSON with a bearer token and answers with the card.

    200 ``{"card": {number, name, address, valid_to}}`` · 404 nothing lies there · 422 not readable · else: down.
    """

    def __init__(self, url: str, *, token: str, timeout: float = 5.0) -> None:
        self._url, self._token, self._timeout = url, token, timeout

    def read(self, desk: str) -> Card:
        """See the port."""
        import httpx  # large, and most instances have no reader

        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            answer = httpx.post(self._url, json={"desk": desk}, headers=headers, timeout=self._timeout)
        except httpx.HTTPError as error:
            raise ReaderDown(f"读卡服务没有应答（{type(error).__name__}）") from error
        if answer.status_code == NO_CARD:
            raise NoCard
        if answer.status_code == MISREAD:
            raise Misread
        if not answer.is_success:
            raise ReaderDown(f"读卡服务出错（{answer.status_code}）")
        try:
            return _card(answer.json()["card"])
        except (ValueError, KeyError, TypeError) as error:
            raise Misread("读卡服务的应答无法识别") from error


def _card(told: dict[str, Any]) -> Card:
    until = str(told.get("valid_to") or "")
    return Card(
        number=str(told["number"]).strip().upper(),
        name=str(told["name"]).strip(),
        address=str(told.get("address") or "").strip(),
        valid_to=date.fromisoformat(until) if until and until != "长期" else None,
    )
