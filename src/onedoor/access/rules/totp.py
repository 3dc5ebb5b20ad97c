"""One-time codes by time (RFC 6238 with SHA-1, six digits, 30 seconds), as every authenticator app makes them."""

import base64
import hashlib
import hmac
import struct
from datetime import datetime

PERIOD_SECONDS = 30
DIGITS = 6


def totp(secret: str, *, at: datetime) -> str:
    """The code that a base32 secret shows at that moment (RFC 6238 §4; truncation RFC 4226 §5.3)."""
    counter = struct.pack(">Q", int(at.timestamp()) // PERIOD_SECONDS)
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int(struct.unpack(">I", digest[offset : offset + 4])[0]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
