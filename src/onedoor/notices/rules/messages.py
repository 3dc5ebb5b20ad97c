"""Filling a template with values, and only with values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from onedoor.kernel.codes import is_valid_id_number

SMS_LIMIT: Final = 70
"""Characters of one short message in UCS-2 (3GPP TS 23.040), signature included: a format, not a policy."""

_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
_LIKE_ID: Final = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")


class Channel(StrEnum):
    """Ways out of the building. In-site is always used; these are added to it."""

    SMS = "sms"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """One kind of message. ``sms`` "" = never sent by SMS; ``short`` = values an SMS may cut to fit."""

    key: str
    title: str
    body: str
    sms: str = ""
    short: tuple[str, ...] = ()

    @property
    def slots(self) -> frozenset[str]:
        """The values it needs."""
        return frozenset(_SLOT.findall(self.title + self.body + self.sms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A filled message; ``sms`` "" where the template has none."""

    title: str
    body: str
    sms: str


def parse(tree: Mapping[str, Mapping[str, Any]]) -> Mapping[str, MessageTemplate]:
    """Templates from the data file. Raises TypeError for unknown fields."""
    return {
        key: MessageTemplate(key=key, **{**fields, "short": tuple(fields.get("short", ()))})
        for key, fields in tree.items()
    }


def fill(template: MessageTemplate, values: Mapping[str, object], *, sign: str = "") -> Message:
    """The message. Raises ValueError for missing or unknown values, and wherever an identity number would go out."""
    if values.keys() != template.slots:
        odd = ", ".join(sorted(values.keys() ^ template.slots))
        raise ValueError(f"message {template.key!r}: values do not fit its slots: {odd}")
    texts = {name: " ".join(str(value).split()) for name, value in values.items()}
    refuse_identity_numbers(template.key, texts.values())
    return Message(
        title=_put(template.title, texts), body=_put(template.body, texts), sms=sms_text(template, texts, sign=sign)
    )


def sms_text(template: MessageTemplate, texts: Mapping[str, str], *, sign: str) -> str:
    """The SMS with its signature 【…】, in one segment where cutting the values in ``short`` can achieve it."""
    if not template.sms:
        return ""
    prefix = f"【{sign}】" if sign else ""
    whole = prefix + _put(template.sms, texts)
    room = {name: len(texts[name]) for name in template.short}
    over = len(whole) - SMS_LIMIT
    for name, length in room.items():
        if over > 0 and length > 4:
            keep = max(length - over - 1, 3)
            texts = {**texts, name: texts[name][:keep] + "…"}
            over -= length - keep - 1
    return prefix + _put(template.sms, texts)


def refuse_identity_numbers(key: str, texts: Iterable[str]) -> None:
    """Raise ValueError if any text holds a valid resident identity number (GB 11643): messages travel in the open."""
    for text in texts:
        if any(is_valid_id_number(found.upper()) for found in _LIKE_ID.findall(text)):
            raise ValueError(f"message {key!r}: an identity number may not be sent in a message")


def _put(text: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: values[slot.group(1)], text)
