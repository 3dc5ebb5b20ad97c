"""``onedoor items``: the catalogue as files, for people and for machines."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from tests.items.samples import item, text

from onedoor.items import queries
from onedoor.items.rules import read
from onedoor.kernel.codes import make_uscc

pytestmark = pytest.mark.django_db
CHANGED = ("number: 5, unit: workday, start: accepted, note", "number: 4, unit: workday, start: accepted, note")


def run(what: str, path: Path, *options: str) -> str:
    out = StringIO()
    call_command("items", what, str(path), *options, stdout=out)
    return out.getvalue()


def as_json(what: str, path: Path, *options: str) -> Any:
    return json.loads(run(what, path, *options, "--json"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "food.yaml").write_text(text(), encoding="utf-8")
    return tmp_path


def test_import_then_export_gives_back_the_same_item(folder: Path, tmp_path: Path) -> None:
    assert as_json("import", folder) == [{"code": item().code, "name": "食品经营许可", "version": 1, "new": True}]
    assert "无变化" in run("import", folder)
    run("export", tmp_path / "out")
    file = tmp_path / "out" / f"食品经营许可-{item().code}.yaml"
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


def test_diff_holds_another_countys_folder_beside_ours_though_the_codes_differ(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    code = item().organ
    told = text().replace(code, make_uscc("11530521", "01522301"), 1).replace(*CHANGED, 1)
    (other / "food.yaml").write_text(told, encoding="utf-8")
    (row,) = as_json("diff", folder, str(other))
    assert (row["part"], row["field"], row["ours"][0][1], row["theirs"][0][1]) == (
        "limits", "承诺办结时限", "5个工作日", "4个工作日",
    )  # fmt: skip
    assert "时限 承诺办结时限" in run("diff", folder, str(other))


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


FEW = ("food-business", "food-stall-filing", "old-age-allowance")  # one of them by every township
NATION = {"level": "1", "area": "000000000000", "name": "国家基本目录"}


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A small county: three items, of which one stands below a standard."""
    (tmp_path / "few" / "standards").mkdir(parents=True)
    for slug in FEW:
        (tmp_path / "few" / f"{slug}.yaml").write_text(text(slug), encoding="utf-8")
    one = item()
    above = {"name": one.name, "basic_code": one.basic_code, "sequence": one.sequence, "visits": 1, "faqs": []}
    file = tmp_path / "few" / "standards" / "food.yaml"
    file.write_text(json.dumps({"standard": NATION, **above}, ensure_ascii=False), encoding="utf-8")
    return tmp_path / "few"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx"])
def test_what_is_exported_and_imported_elsewhere_is_exported_the_same(few: Path, tmp_path: Path, form: str) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    handed = first if form == "yaml" else tmp_path / f"a.{form}"
    empty = transaction.savepoint()
    run("import", few)
    run("export", first)
    run("export", handed)
    transaction.savepoint_rollback(empty)
    queries.forget()
    assert queries.count() == 0
    assert len(as_json("import", handed)) == len(contents(first)) - 1
    run("export", second)
    assert contents(second) == contents(first)
    assert as_json("diff", first, str(handed)) == as_json("diff", handed) == []


def test_files_of_an_earlier_export_go_with_their_items_and_others_stay(few: Path, tmp_path: Path) -> None:
    run("import", few)
    (tmp_path / "out").mkdir()
    gone = tmp_path / "out" / f"旧名-{item().code}.yaml"
    for file in (gone, tmp_path / "out" / "mine.yaml"):
        file.write_text("x", encoding="utf-8")
    run("export", tmp_path / "out")
    assert not gone.exists()
    assert (tmp_path / "out" / "mine.yaml").exists()


def test_diff_of_two_folders_says_code_aspect_and_both_sides(few: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "food.yaml").write_text(text().replace(*CHANGED, 1).replace("营业执照", "执照"), encoding="utf-8")
    rows = as_json("diff", few, str(other))
    assert {(r["field"], r["before"], r["after"]) for r in rows if r["aspect"] == "时限"} == {
        ("clock.promised.number", 5, 4)
    }
    assert "材料" in {row["aspect"] for row in rows}
    lacking = {row["name"] for row in rows if row["after"] is None and not row["field"]}
    assert lacking == {item(slug).name for slug in FEW[1:]}


def test_lint_and_import_read_a_spreadsheet_and_say_table_row_and_column(few: Path, tmp_path: Path) -> None:
    book = tmp_path / "x.xlsx"
    run("import", few)
    run("export", book)
    assert [row for row in as_json("lint", book) if row["severity"] == "error"] == []
    merged = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(merged) as new:
        new.add_worksheet("up_task_general_basic").merge_range(2, 0, 3, 1, "合并")
    out = StringIO()
    with pytest.raises(CommandError, match="没有导入任何事项"):
        call_command("items", "import", str(merged), "--json", stdout=out)
    (row,) = json.loads(out.getvalue())
    assert (row["rule"], row["line"], row["field"]) == ("xlsx.merged", 3, "up_task_general_basic!A3:B4")


CIRCLES = {
    "steps": ("after: [check]", "after: [decide]"),
    "situations": ("  - key: rented\n", '  - key: rented\n    when: {eq: ["$rented", "yes"]}\n'),
    "unknown field": ("summary: ", "sumary: "),
    "wrong code": ('kind: "01"', 'kind: "99"'),
    "half a document": ("organ_name: ", "organ_name: ["),
}


@pytest.mark.parametrize("fault", CIRCLES)
def test_one_bad_file_among_good_ones_imports_nothing(few: Path, fault: str) -> None:
    before, after = CIRCLES[fault]
    assert before in text()
    (few / "food-business.yaml").write_text(text().replace(before, after, 1), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="没有导入任何事项"):
        call_command("items", "import", str(few), "--json", stdout=out)
    rows = json.loads(out.getvalue())
    assert all(row["file"].endswith("food-business.yaml") and row["line"] >= 1 and row["message"] for row in rows)
    assert (queries.count(), queries.standards()) == (0, ())
