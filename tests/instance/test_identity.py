"""Who runs the database's programs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onedoor.instance import identity
from onedoor.instance.home import InstanceError
from onedoor.instance.postgres import find_binaries

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="anyone else simply stays who he is")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def _no_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEDOOR_PG_IDENTITY", "user")


def test_root_prefers_a_namespace_in_which_files_keep_their_owner(tmp_path: Path) -> None:
    found, _ = identity.choose(find_binaries(), tmp_path / "pg")
    assert (found.name.partition(":")[0], found.owner) == ("map", None)


@pytest.mark.usefixtures("_no_namespaces")
def test_a_folder_which_the_other_user_cannot_enter_is_refused_with_what_to_do(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(InstanceError, match=r"进不了 .*--data"):
        identity.choose(find_binaries(), closed / "pg")


@pytest.mark.usefixtures("_no_namespaces")
def test_programs_which_the_other_user_cannot_read_are_copied_with_their_libraries(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = open_folder / "closed"
    package = find_binaries().parents[1]
    shutil.copytree(package, closed / package.name)
    closed.chmod(0o700)
    monkeypatch.setattr(identity, "RUNTIME", open_folder / "runtime")
    (open_folder / "runtime").mkdir(mode=0o755)
    found, binaries = identity.choose(closed / find_binaries().relative_to(package.parent), open_folder / "pg")
    assert found.owner is not None
    assert binaries.is_relative_to(open_folder / "runtime")
    assert (binaries / "initdb").exists()


@pytest.mark.usefixtures("_no_namespaces")
def test_data_that_belongs_to_somebody_is_run_by_him(open_folder: Path) -> None:
    data = open_folder / "pg"
    data.mkdir()
    os.chown(data, 65534, 65534)
    found, _ = identity.choose(find_binaries(), data)
    assert found.owner is not None
    assert found.owner[0] == 65534
