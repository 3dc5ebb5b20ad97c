"""``onedoor items``: the catalogue as files, for people and for machines."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.items.samples import item, text

from onedoor.items import queries
from onedoor.items.rules import read

pytestmark = pytest.mark.django_db
CHANGED = ("number: 5, unit: workday, start: accepted, note", "number: 4, unit: workday, start: accepted, note")


def run(what: str, path: Path, *options: str) -> str:
    out = StringIO()
    call_command("items", what, str(path), *options, stdout=out)
    return out.getvalue()


def as_json(what: str, path: Path) -> Any:
    return json.loads(run(what, path, "--json"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "food.yaml").write_text(text(), encoding="utf-8")
    return tmp_path


def test_import_then_export_gives_back_the_same_item(folder: Path, tmp_path: Path) -> None:
    assert as_json("import", folder) == [{"code": item().code, "name": "食品经营许可", "version": 1, "new": True}]
    assert "无变化" in run("import", folder)
    run("export", tmp_path / "out")
    file = tmp_path / "out" / f"{item().code}.yaml"
    assert read(file.read_text(encoding="utf-8"), file="x").item == item()


def test_lint_prints_findings_as_json_and_fails_on_errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [row for row in as_json("lint", folder) if row["severity"] == "error"] == []
    (folder / "food.yaml").write_text(text().replace("complaint: 0875-7120002", "complaint: 0875-7120001"), "utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="1 处错误"):
        call_command("items", "lint", str(folder), "--json", stdout=out)
    (row,) = (row for row in json.loads(out.getvalue()) if row["severity"] == "error")
    assert row["basis"]
    assert row["remedy"]
    assert (row["rule"], row["field"], row["severity"]) == ("contacts.phones", "contacts.complaint", "error")
    assert text().splitlines()[row["line"] - 1].strip().startswith("complaint:")


def test_lint_prints_sarif_that_names_file_line_rule_and_level(folder: Path) -> None:
    (folder / "food.yaml").write_text(text().replace("complaint: 0875-7120002", "complaint: 0875-7120001"), "utf-8")
    (folder / "坏 的.yaml").write_text("name: [", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="2 处错误"):
        call_command("items", "lint", str(folder), "--sarif", stdout=out)
    (one,) = json.loads(out.getvalue())["runs"]
    wrong = {result["ruleId"]: result for result in one["results"] if result["level"] == "error"}
    assert set(wrong) == {"contacts.phones", "yaml.syntax"}
    place = wrong["contacts.phones"]["locations"][0]["physicalLocation"]
    line = next(n for n, row in enumerate(text().splitlines(), 1) if "complaint:" in row)
    assert (place["artifactLocation"]["uri"].endswith("food.yaml"), place["region"]["startLine"]) == (True, line)


def test_lint_goes_by_the_rules_of_the_day_it_is_asked_for(folder: Path) -> None:
    fee = "fees:\n  - {name: 水资源费, standard: 每立方米 0.2 元, basis: 取水许可和水资源费征收管理条例}\nresult:\n"
    (folder / "food.yaml").write_text(text("water-abstraction").replace("result:\n", fee, 1), "utf-8")
    assert "[fees.listed" not in run("lint", folder, "--on", "2024-11-30")
    with pytest.raises(CommandError, match="1 处错误"):
        run("lint", folder, "--on", "2024-12-01")


def test_diff_shows_what_an_import_would_change_field_by_field(folder: Path) -> None:
    run("import", folder)
    assert as_json("diff", folder) == []
    (folder / "food.yaml").write_text(text().replace(*CHANGED, 1), encoding="utf-8")
    (row,) = as_json("diff", folder)
    assert (row["field"], row["before"], row["after"]) == ("clock.promised.number", 5, 4)
    assert queries.published(item().code).clock.promised.number == 5


@pytest.mark.parametrize("content", ["name: [", "\x00", "kind: 1"])
def test_a_bad_file_imports_nothing_and_says_where(folder: Path, content: str) -> None:
    (folder / "bad.yaml").write_text(content, encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="没有导入任何事项"):
        call_command("items", "import", str(folder), "--json", stdout=out)
    assert all(row["file"].endswith("bad.yaml") and row["message"] for row in json.loads(out.getvalue()))
    assert queries.count() == 0


def test_an_empty_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run("import", tmp_path)
    with pytest.raises(CommandError):
        run("lint", tmp_path / "none.yaml")


def test_test_walks_every_path_and_tells_who_does_not_get_through(folder: Path) -> None:
    (row,) = as_json("test", folder)
    assert (row["failures"], row["left_out"], row["complete"]) == ([], [], False)
    assert row["paths"] > 1
    assert "走得通" in run("test", folder)
    limit = "{number: %d, unit: workday, start: accepted, note: 内部环节时限（示例）}"
    long = text().replace(limit % 3, limit % 9, 1)
    (folder / "food.yaml").write_text(long, encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="1 个事项有走不通的路"):
        call_command("items", "test", str(folder), "--json", stdout=out)
    (failure,) = json.loads(out.getvalue())[0]["failures"]
    assert (failure["trouble"], failure["field"]) == ("too_long", "clock.promised")
    assert "一共要11个工作日" in failure["story"]
    assert "promised" in long.splitlines()[failure["line"] - 1]
