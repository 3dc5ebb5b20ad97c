"""The simulators as processes, one of each for the whole folder, emptied before each test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from simulated import Simulated, simulator


@pytest.fixture(scope="module")
def sms_process() -> Iterator[Simulated]:
    with simulator("sms") as running:
        yield running


@pytest.fixture(scope="module")
def mail_process() -> Iterator[Simulated]:
    with simulator("mail") as running:
        yield running


@pytest.fixture
def sms(sms_process: Simulated) -> Simulated:
    sms_process.forget()
    return sms_process


@pytest.fixture
def mail(mail_process: Simulated) -> Simulated:
    mail_process.forget()
    return mail_process
