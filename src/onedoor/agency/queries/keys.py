"""The keys of errands, derived from the instance's personal key, and the confirmation code as it rests."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter

from onedoor.agency.rules import Errand
from onedoor.cases.rules.application import Application
from onedoor.journal.queries import personal_key
from onedoor.kernel import sm

_ERRAND: TypeAdapter[Errand] = TypeAdapter(Errand)
_APPLICATION: TypeAdapter[Application] = TypeAdapter(Application)


def seal(errand: Errand) -> bytes:
    """An errand as it rests in the table, tied to its number."""
    return sm.sm4_encrypt(_sealing(), _ERRAND.dump_json(errand), associated=errand.number.encode())


def unseal(sealed: bytes | memoryview, number: str) -> Errand:
    """The inverse of ``seal``."""
    return _ERRAND.validate_json(sm.sm4_decrypt(_sealing(), bytes(sealed), associated=number.encode()))


def seal_application(application: Application, number: str) -> bytes:
    """What waits to be handed in."""
    associated = b"application\0" + number.encode()
    return sm.sm4_encrypt(_sealing(), _APPLICATION.dump_json(application), associated=associated)


def unseal_application(sealed: bytes | memoryview, number: str) -> Application:
    """The inverse of ``seal_application``."""
    associated = b"application\0" + number.encode()
    return _APPLICATION.validate_json(sm.sm4_decrypt(_sealing(), bytes(sealed), associated=associated))


def code_mark(code: str, number: str) -> str:
    """A confirmation code as it rests: useless without the instance's key."""
    secret = _derive(personal_key(), b"onedoor.agency.codes")
    return sm.sm3_hmac(secret, f"{number}\0{code}".encode()).hex()


def _sealing() -> bytes:
    return _derive(personal_key(), b"onedoor.agency.errands")[: sm.SM4_KEY_BYTES]


@lru_cache(maxsize=8)
def _derive(master: bytes, use: bytes) -> bytes:
    return sm.sm3_hmac(master, use)
