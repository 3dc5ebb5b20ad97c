"""SM2 (GB/T 32918), SM3 (GB/T 32905) and SM4-GCM (GB/T 32907): the one module that touches a crypto library.

PyPI's ``gmssl`` is unsafe (predictable nonces) and forbidden; ``gmssl_pyx`` is GmSSL in C behind strict checks here.
"""

from __future__ import annotations

import os
from typing import Final

import gmssl_pyx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
SM4_KEY_BYTES: Final = 16


class SmError(ValueError):
    """A key or ciphertext is not what it must be."""


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest."""
    return bytes(gmssl_pyx.sm3_hash(data))


def sm3_hmac(key: bytes, data: bytes) -> bytes:
    """HMAC over SM3 (GB/T 15852.2), 32 bytes. ``key`` may not be empty."""
    return bytes(gmssl_pyx.sm3_hmac(key, data))


def sm4_encrypt(key: bytes, plaintext: bytes, *, associated: bytes = b"", nonce: bytes | None = None) -> bytes:
    """SM4-GCM: nonce ‖ ciphertext ‖ tag. A nonce may never be used twice with one key; by default it is random."""
    nonce = os.urandom(NONCE_BYTES) if nonce is None else nonce
    if len(key) != SM4_KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise SmError("SM4-GCM needs a key of 16 bytes and a nonce of 12")
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    return nonce + encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def sm4_decrypt(key: bytes, sealed: bytes, *, associated: bytes = b"") -> bytes:
    """The inverse of ``sm4_encrypt``; SmError where key, associated data or a single bit differ."""
    if len(key) != SM4_KEY_BYTES or len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise SmError("not an SM4-GCM ciphertext")
    nonce, body, tag = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:-TAG_BYTES], sealed[-TAG_BYTES:]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(associated)
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag as error:
        raise SmError("SM4-GCM: wrong key or altered data") from error
