"""Browsers of officers."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings
from tests.acting import browser

from onedoor.kernel.actor import Actor


@pytest.fixture
def acting(settings: Settings) -> Callable[[Actor], Client]:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    return browser
