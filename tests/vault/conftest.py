"""A store of its own for every test, without a scanner unless the test brings one."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def blobs(tmp_path: Path) -> Iterator[object]:
    from onedoor.config.adapters.storage import LocalBlobs
    from onedoor.vault import ports

    before = ports.blobs(), ports.scanner()
    store = LocalBlobs(tmp_path / "vault")
    ports.connect(blobs=store, scanner=None)
    yield store
    ports.connect(blobs=before[0], scanner=before[1])
