"""An SMS provider that sends nothing: ``POST /sms {"phone", "text"}`` with a bearer token and an idempotency key."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Final

from onedoor.simulators.control import Desk

WHAT: Final = "短信服务模拟器：只记录，不发送"
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")


class SmsDesk(Desk):
    """A provider's desk beside the simulator's own."""

    def do_POST(self) -> None:
        """Take a message, or be told to fail."""
        if self.path != "/sms":
            super().do_POST()
            return
        body = self.body()
        refusal = self.record.refusal()
        if not self.headers.get("Authorization", "").startswith("Bearer "):
            self.answer(HTTPStatus.UNAUTHORIZED, {"error": "no token"})
        elif refusal:
            self.answer(refusal, {"error": "told to fail"})
        elif body is None or not _acceptable(body):
            self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "phone or text not acceptable"})
        else:
            key = self.headers.get("Idempotency-Key", "")
            number = self.record.take({"phone": body["phone"], "text": body["text"], "key": key})
            self.answer(HTTPStatus.ACCEPTED, {"id": number})


def _acceptable(body: dict[str, Any]) -> bool:
    return bool(_MOBILE.fullmatch(str(body.get("phone", "")))) and bool(str(body.get("text", "")).strip())
