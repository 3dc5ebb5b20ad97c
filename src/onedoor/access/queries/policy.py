"""The sign-in policy of this instance."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from onedoor.access.rules import Policy, policies_from, policy_on

SHIPPED = Path(__file__).parent.parent / "data" / "signin.toml"


def policy(on: date) -> Policy:
    """The policy in force on that day: DIR/signin.toml where the instance has one, else the shipped file."""
    own = Path(settings.DATA) / "signin.toml"
    path = own if own.is_file() else SHIPPED
    return policy_on(_read(path, path.stat().st_mtime_ns), on)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Policy, ...]:
    return policies_from(tomllib.loads(path.read_text())["policy"])
