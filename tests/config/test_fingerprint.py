"""When an instance must be prepared again."""

from pathlib import Path

from onedoor.config.fingerprint import of_code, of_files


def test_any_change_of_a_file_changes_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    before = of_files([file])
    assert of_files([file]) == before
    file.write_text("12")
    assert of_files([file]) != before
    assert of_files([]) != before


def test_the_demo_is_another_preparation() -> None:
    assert of_code(demo=True) != of_code(demo=False)
    assert of_code(demo=True) == of_code(demo=True)
