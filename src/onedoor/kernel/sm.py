"""SM2 (GB/T 32918), SM3 (GB/T 32905) and SM4-GCM (GB/T 32907): the one module that touches a crypto library.

PyPI's ``gmssl`` is unsafe (predictable nonces) and forbidden; ``gmssl_pyx`` is GmSSL in C behind strict checks here.
"""

from __future__ import annotations

import base64
import ctypes
import os
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import gmssl_pyx
from asn1crypto import keys, pem
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

DEFAULT_ID: Final = b"1234567812345678"
"""The signer's identifier where none is agreed (GB/T 35276); OpenSSL needs it as ``distid``."""

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
SM4_KEY_BYTES: Final = 16

# The recommended curve of GB/T 32918.5.
P: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A: Final = P - 3
B: Final = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
GX: Final = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
GY: Final = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
CURVE_BYTES: Final = b"".join(value.to_bytes(32, "big") for value in (A, B, GX, GY))
CURVE_OID: Final = "1.2.156.10197.1.301"

# DER around the keys of this one curve: PKCS#8 (RFC 5958) and SubjectPublicKeyInfo (RFC 5480).
_ALGORITHM = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d")
_PKCS8 = bytes.fromhex("308187020100") + _ALGORITHM + bytes.fromhex("046d306b0201010420")
_PKCS8_PUBLIC = bytes.fromhex("a14403420004")
_SPKI = bytes.fromhex("3059") + _ALGORITHM + bytes.fromhex("03420004")


class SmError(ValueError):
    """A key or ciphertext is not what it must be."""


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest."""
    return bytes(gmssl_pyx.sm3_hash(data))


def sm3_hmac(key: bytes, data: bytes) -> bytes:
    """HMAC over SM3 (GB/T 15852.2), 32 bytes; an empty key is an SmError."""
    if not key:
        raise SmError("HMAC needs a key")
    return bytes(gmssl_pyx.sm3_hmac(key, data))


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A soft SM2 key: 32 private bytes and the 64 bytes x‖y of the public point."""

    private: bytes = field(repr=False)
    public: bytes

    def __post_init__(self) -> None:
        if len(self.private) != 32 or not 1 <= int.from_bytes(self.private, "big") < N - 1:
            raise SmError("not an SM2 private key")
        if not is_public_key(self.public):
            raise SmError("not a point of the SM2 curve")

    def sign(self, message: bytes, *, signer_id: bytes = DEFAULT_ID) -> bytes:
        """A DER signature (GB/T 35276) over Z‖message with SM3; the nonce is the library's own randomness."""
        return bytes(gmssl_pyx.sm2_sign_sm3_digest(self.private, digest(self.public, message, signer_id=signer_id)))

    def pem(self) -> str:
        """PKCS#8 in PEM, unencrypted, as ``openssl pkey`` reads it. Keep the file 0600."""
        return _armor("PRIVATE KEY", _PKCS8 + self.private + _PKCS8_PUBLIC + self.public)

    def public_pem(self) -> str:
        """SubjectPublicKeyInfo in PEM."""
        return public_pem(self.public)


def generate() -> KeyPair:
    """A new key from the system's randomness."""
    public, private = gmssl_pyx.sm2_key_generate()
    return KeyPair(private=bytes(private), public=bytes(public))


def load_private_pem(text: str | bytes) -> KeyPair:
    """The key in an unencrypted PKCS#8 PEM; SmError if it is of another curve, broken, or its halves do not fit."""
    try:
        info = keys.PrivateKeyInfo.load(_unarmor(text, "PRIVATE KEY"), strict=True)
        if info["private_key_algorithm"]["parameters"].native != CURVE_OID:
            raise SmError("not a key of the SM2 curve")
        inner = info["private_key"].parsed
        private = inner["private_key"].native.to_bytes(32, "big")
        public = inner["public_key"].native
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise SmError(f"not an SM2 private key in PKCS#8: {error}") from error
    pair = KeyPair(private=private, public=_point(public))
    if not verify(pair.public, b"", pair.sign(b"")):
        raise SmError("public and private half do not belong together")
    return pair


def load_public_pem(text: str | bytes) -> bytes:
    """The 64 bytes of a public key in PEM; SmError where it is no SM2 key."""
    try:
        info = keys.PublicKeyInfo.load(_unarmor(text, "PUBLIC KEY"), strict=True)
        if info["algorithm"]["parameters"].native != CURVE_OID:
            raise SmError("not a key of the SM2 curve")
        return _point(info["public_key"].native)
    except (ValueError, TypeError, KeyError) as error:
        raise SmError(f"not an SM2 public key: {error}") from error


def public_pem(public: bytes) -> str:
    """SubjectPublicKeyInfo in PEM of the 64 bytes x‖y."""
    return _armor("PUBLIC KEY", _SPKI + public)


def _armor(label: str, der: bytes) -> str:
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def _unarmor(text: str | bytes, label: str) -> bytes:
    found, _, der = pem.unarmor(text.encode() if isinstance(text, str) else text)
    if found != label:
        raise SmError(f"expected {label}, found {found}")
    return bytes(der)


def _point(encoded: bytes | None) -> bytes:
    """Exactly the one leading 04 is taken away: stripping characters would eat real digits of x."""
    if encoded is None or len(encoded) != 65 or encoded[0] != 4 or not is_public_key(encoded[1:]):
        raise SmError("not an uncompressed point of the SM2 curve")
    return encoded[1:]


def is_public_key(public: bytes) -> bool:
    """Whether 64 bytes x‖y are a point of the curve (the curve has cofactor 1: no small subgroups)."""
    if len(public) != 64:
        return False
    x, y = int.from_bytes(public[:32], "big"), int.from_bytes(public[32:], "big")
    return x < P and y < P and (y * y - (x * x * x + A * x + B)) % P == 0


def digest(public: bytes, message: bytes, *, signer_id: bytes = DEFAULT_ID) -> bytes:
    """e = SM3(Z ‖ message), Z over the signer's id, the curve and the public key (GB/T 32918.2 §5.5)."""
    if len(signer_id) > 8191:
        raise SmError("signer id too long")
    z = sm3((len(signer_id) * 8).to_bytes(2, "big") + signer_id + CURVE_BYTES + public)
    return sm3(z + message)


def verify(public: bytes, message: bytes, signature: bytes, *, signer_id: bytes = DEFAULT_ID) -> bool:
    """Whether a strict DER signature is genuine. Bad keys, bad encodings, bad values are False, never an exception."""
    if not is_public_key(public) or parse_signature(signature) is None or len(signer_id) > 8191:
        return False
    with _quiet():
        return bool(gmssl_pyx.sm2_verify_sm3_digest(public, digest(public, message, signer_id=signer_id), signature))


def parse_signature(signature: bytes) -> tuple[int, int] | None:
    """(r, s) of a DER signature, or None: one encoding for each pair, both in 1…n-1, r+s not a multiple of n."""
    first = _integer(signature, 2)
    if len(signature) < 2 or signature[0] != 0x30 or signature[1] != len(signature) - 2 or first is None:
        return None
    second = _integer(signature, first[1])
    if second is None or second[1] != len(signature):
        return None
    r, s = first[0], second[0]
    return (r, s) if 0 < r < N and 0 < s < N and (r + s) % N else None


def _integer(der: bytes, at: int) -> tuple[int, int] | None:
    """One minimal non-negative INTEGER of at most 33 bytes at ``at``, and where it ends."""
    if len(der) < at + 3 or der[at] != 2 or not 1 <= der[at + 1] <= 33:
        return None
    body = der[at + 2 : at + 2 + der[at + 1]]
    padded = len(body) > 1 and body[0] == 0 and body[1] < 0x80
    if len(body) != der[at + 1] or body[0] >= 0x80 or padded:
        return None
    return int.from_bytes(body, "big"), at + 2 + len(body)


def to_raw(signature: bytes) -> bytes:
    """The 64 bytes r‖s of a DER signature, for narrow places such as a printed code."""
    pair = parse_signature(signature)
    if pair is None:
        raise SmError("not a DER signature")
    return pair[0].to_bytes(32, "big") + pair[1].to_bytes(32, "big")


def from_raw(raw: bytes) -> bytes:
    """The DER signature of 64 bytes r‖s."""
    if len(raw) != 64:
        raise SmError("a raw signature has 64 bytes")
    parts = b""
    for number in (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")):
        body = number.to_bytes(number.bit_length() // 8 + 1, "big")
        parts += bytes([2, len(body)]) + body
    return bytes([0x30, len(parts)]) + parts


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


class _Stderr:
    """GmSSL prints a trace to C's ``stderr`` for each forged signature: an attacker could flood the log.

    Only the C library's pointer is swapped, only while the call holds the interpreter; Python's own stderr stays.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pointer: ctypes.c_void_p | None = None
        try:
            library = ctypes.CDLL(None)
            self.pointer = ctypes.c_void_p.in_dll(library, "stderr")
        except (OSError, ValueError):
            return  # not glibc: the traces stay
        library.fopen.restype = ctypes.c_void_p
        self.real = self.pointer.value
        self.silent = library.fopen(b"/dev/null", b"w")
        if not self.silent:
            self.pointer = None


_STDERR = _Stderr()


@contextmanager
def _quiet() -> Iterator[None]:
    pointer = _STDERR.pointer
    if pointer is None:
        yield
        return
    with _STDERR.lock:
        pointer.value = _STDERR.silent
        try:
            yield
        finally:
            pointer.value = _STDERR.real
