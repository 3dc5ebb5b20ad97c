"""Lighthouse is a tool of development: where it is not installed it is not run, and nothing of it is guessed."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from onedoor.bench import lighthouse

TOOL = """#!/bin/sh
for word in "$@"; do case "$word" in --output-path=*) out="${word#--output-path=}" ;; esac; done
printf '%s' "$REPORT" >"$out"
"""
BREAKS_ONCE = """#!/bin/sh
[ -e "$0.broke" ] || { touch "$0.broke"; echo "Unable to connect to Chrome" >&2; exit 1; }
""" + TOOL.removeprefix("#!/bin/sh\n")
BREAKS = "#!/bin/sh\necho 'Unable to connect to Chrome' >&2; exit 1\n"
SCORES = dict.fromkeys(lighthouse.CATEGORIES, 97.0)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Node and a browser whose ``npx`` is the given script."""

    def install(tool: str) -> None:
        for name in ("npx", "chromium"):
            (tmp_path / name).write_text(tool)
            (tmp_path / name).chmod(stat.S_IRWXU)
        report = {"categories": {name: {"score": 0.97} for name in lighthouse.CATEGORIES}}
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setenv("REPORT", json.dumps(report))

    return install


def test_without_node_or_a_browser_it_is_not_available(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not lighthouse.available()


def test_scores_are_read_from_its_report(installed: Callable[[str], None]) -> None:
    installed(TOOL)
    assert lighthouse.available()
    assert lighthouse.scores("http://localhost:1/") == SCORES


def test_where_it_fails_it_is_tried_again_once(installed: Callable[[str], None]) -> None:
    installed(BREAKS_ONCE)
    assert lighthouse.scores("http://localhost:1/") == SCORES


def test_where_it_fails_twice_its_own_words_are_told(installed: Callable[[str], None]) -> None:
    installed(BREAKS)
    with pytest.raises(lighthouse.LighthouseError, match="Unable to connect to Chrome"):
        lighthouse.scores("http://localhost:1/")


def test_a_report_without_a_score_is_a_failure_that_is_told(
    installed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(TOOL)
    monkeypatch.setenv("REPORT", json.dumps({"categories": {name: {"score": None} for name in lighthouse.CATEGORIES}}))
    with pytest.raises(lighthouse.LighthouseError, match="TypeError"):
        lighthouse.scores("http://localhost:1/")
