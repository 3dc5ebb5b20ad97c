"""RFC 6238, appendix B (SHA-1), last six digits."""

import base64
from datetime import UTC, datetime

import pytest

from onedoor.access.rules import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_vectors_of_the_rfc(seconds: int, code: str) -> None:
    assert totp(SECRET, at=datetime.fromtimestamp(seconds, UTC)) == code


def test_a_secret_without_padding_in_small_letters_is_the_same_secret() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert totp("gezdgnbvgy3tqojq", at=at) == totp("GEZDGNBVGY3TQOJQ", at=at)
