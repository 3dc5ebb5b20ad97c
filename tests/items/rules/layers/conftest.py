"""The real table of fields."""

import pytest

from onedoor.items.queries import DATA, load_yaml
from onedoor.items.rules.layers import Policies, policies_from


@pytest.fixture(scope="session")
def policies() -> Policies:
    return policies_from(load_yaml(DATA / "fields.yaml"))
