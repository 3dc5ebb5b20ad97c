"""Logs without personal values."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.config.logging import mask, mask_event

PROGRAM = """
import logging, sys
from pathlib import Path
import structlog
from onedoor.config.logging import configure
configure({"folder": Path(sys.argv[1]), "process": "web"})
structlog.get_logger("here").info("happened", who="13887512345", count=3)
logging.getLogger("django.request").warning("Not Found: %s", "/x/530524199001011234")
try:
    raise ValueError("530524199001011234")
except ValueError:
    structlog.get_logger("here").exception("broke")
"""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证 530524199001011234。", "身份证 5305**************。"),
        ("53052419900101123x", "5305**************"),
        ("电话13887512345转", "电话138********转"),
        ("password=abc123&x=1", "password=***&x=1"),
        ("Authorization: Bearer", "Authorization: ***"),
        ("办件 530524202611220000017", "办件 530524202611220000017"),
        ("2026-11-22 16:24", "2026-11-22 16:24"),
    ],
)
def test_numbers_of_persons_and_secrets_are_masked_and_others_kept(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True), st.text("，。： 甲", max_size=3))
def test_no_id_number_survives_wherever_it_stands(number: str, around: str) -> None:
    assert number not in mask(f"{around}{number}{around}")


def test_only_texts_are_touched() -> None:
    assert mask_event(None, "info", {"event": "13887512345", "count": 13887512345}) == {
        "event": "138********",
        "count": 13887512345,
    }


def test_a_program_writes_one_json_object_a_line_to_its_own_file(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path / "logs")], check=True)
    lines = [json.loads(line) for line in (tmp_path / "logs" / "web.log").read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["happened", "Not Found: /x/5305**************", "broke"]
    assert (lines[0]["who"], lines[0]["count"], lines[0]["level"]) == ("138********", 3, "info")
    assert "ValueError: 5305**************" in lines[2]["exception"]
    assert "530524199001011234" not in str(lines)


def test_the_command_line_warns_on_standard_error_and_writes_no_file(tmp_path: Path) -> None:
    program = PROGRAM.replace("Path(sys.argv[1])", "None")
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "happened" not in done.stderr  # not a warning
    assert "5305**************" in done.stderr
    assert done.stdout == ""
