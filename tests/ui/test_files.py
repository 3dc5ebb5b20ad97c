"""A file goes out under the name that people gave it, never under the place where it is stored."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from onedoor.ui.files import served
from onedoor.vault.rules import ScanState, StoredFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(("media_type", "shown"), [(WORD, "attachment"), ("application/pdf", "inline")])
def test_a_file_goes_out_by_its_own_name_and_opens_only_where_that_is_safe(
    tmp_path: Path, media_type: str, shown: str
) -> None:
    (tmp_path / "512c5aca").write_bytes(b"content")
    at = datetime(2026, 3, 2, tzinfo=UTC)
    stored = StoredFile(
        id="1", sm3="0" * 64, sha256="0" * 64, size=7, media_type=media_type, name="form.docx", owner="account:1",
        subject="", stored_at=at, scan=ScanState.CLEAN,
    )  # fmt: skip
    with (tmp_path / "512c5aca").open("rb") as content:
        answer = served(stored, content)
        assert answer["Content-Disposition"].startswith(f'{shown}; filename="form.docx"')
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer.streaming_content) == b"content"  # type: ignore[arg-type]
