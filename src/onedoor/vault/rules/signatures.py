"""The built-in signature test: it proves that the check runs, also where no scanner is configured.

It is no virus protection: it knows the harmless EICAR test file and nothing else.
"""

from __future__ import annotations

from typing import Final

# In hexadecimal, so that a virus scanner does not take this very file away.
KNOWN: Final = {
    "EICAR-STANDARD-ANTIVIRUS-TEST-FILE": bytes.fromhex(
        "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d"
        "414e544956495255532d544553542d46494c452124482b482a"
    )
}
LONGEST: Final = max(len(signature) for signature in KNOWN.values())


def find(chunk: bytes) -> str | None:
    """The name of a known signature in these bytes. Callers overlap chunks by ``LONGEST - 1`` bytes."""
    return next((name for name, signature in KNOWN.items() if signature in chunk), None)
