"""The keys of questions, derived from the instance's personal key, and the query code that stands for a sign-in."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter

from onedoor.hotline.rules import Question
from onedoor.journal.queries import personal_key
from onedoor.kernel import sm

CODE_DIGITS = 6
_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


def seal(question: Question) -> bytes:
    """A question as it rests in the table, tied to its number."""
    return sm.sm4_encrypt(_sealing(), _QUESTION.dump_json(question), associated=question.number.encode())


def unseal(sealed: bytes | memoryview, number: str) -> Question:
    """The inverse of ``seal``."""
    return _QUESTION.validate_json(sm.sm4_decrypt(_sealing(), bytes(sealed), associated=number.encode()))


def query_code(number: str) -> str:
    """查询码: derived, so that nobody stores it and a repeated request shows the same one."""
    secret = _derive(personal_key(), b"onedoor.hotline.codes")
    value = int.from_bytes(sm.sm3_hmac(secret, number.encode())[:8], "big")
    return f"{value % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def place_name(address: str) -> str:
    """A network address among the guesses: keyed and hashed, as it is personal."""
    secret = _derive(personal_key(), b"onedoor.hotline.places")
    return f"q{sm.sm3_hmac(secret, address.encode()).hex()[:30]}"


def _sealing() -> bytes:
    return _derive(personal_key(), b"onedoor.hotline.questions")[: sm.SM4_KEY_BYTES]


@lru_cache(maxsize=8)
def _derive(master: bytes, use: bytes) -> bytes:
    return sm.sm3_hmac(master, use)
