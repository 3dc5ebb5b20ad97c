"""Providers that only remember, or none at all."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from correspondents import Book, Provider


@pytest.fixture
def sms() -> Iterator[Provider]:
    from onedoor.notices import ports

    before = ports.sms(), ports.mail(), ports.book()
    provider = Provider()
    ports.connect(sms=provider, mail=provider, book=Book())
    yield provider
    ports.connect(sms=before[0], mail=before[1], book=before[2])


@pytest.fixture
def nothing() -> Iterator[None]:
    from onedoor.notices import ports

    before = ports.sms(), ports.mail(), ports.book()
    ports.connect(sms=None, mail=None, book=None)
    yield
    ports.connect(sms=before[0], mail=before[1], book=before[2])
