"""Lighthouse is a tool of development: where it is not installed it is not run, and nothing of it is guessed."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from onedoor.bench import lighthouse

TOOL = """#!/bin/sh
for word in "$@"; do case "$word" in --output-path=*) out="${word#--output-path=}" ;; esac; done
printf '%s' "$REPORT" >"$out"
"""


def test_without_node_or_a_browser_it_is_not_available(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not lighthouse.available()


def test_scores_are_read_from_its_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("npx", "chromium"):
        (tmp_path / name).write_text(TOOL)
        (tmp_path / name).chmod(stat.S_IRWXU)
    report = {"categories": {name: {"score": 0.97} for name in lighthouse.CATEGORIES}}
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("REPORT", json.dumps(report))
    assert lighthouse.available()
    assert lighthouse.scores("http://localhost:1/") == dict.fromkeys(lighthouse.CATEGORIES, 97.0)
