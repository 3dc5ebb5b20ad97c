"""A file is read in one go, a function in one look."""

import ast
from pathlib import Path

from tests.repo.conftest import ROOT, SOURCE, python_files

STILL_LONG = (" realistic", " extreme", " test_dump_and_restore_into_a_new_cluster_skips_nothing_and_repeats_nothing")
FILE_LINES, FUNCTION_LINES, SETTINGS_LINES, PARAMETERS = 400, 40, 250, 6


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    assert [str(path.relative_to(ROOT)) for path in python_files() if lines(path) > FILE_LINES] == []


def test_the_settings_stay_within_250_lines() -> None:
    assert lines(SOURCE / "config" / "settings.py") <= SETTINGS_LINES


def test_no_function_is_longer_than_40_lines() -> None:
    def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        return (node.end_lineno or node.lineno) - node.lineno + 1

    long = {place for place, node in functions() if length(node) > FUNCTION_LINES}
    assert {place for place in long if not place.endswith(STILL_LONG)} == set()


def test_only_the_first_two_parameters_have_no_names_at_the_call() -> None:
    """Keyword-only after the first; ``self`` aside, and with room for what a framework calls by position."""
    found = [
        place
        for place, node in functions()
        if place.startswith("src/") and len([a for a in node.args.args if a.arg not in {"self", "cls"}]) > 3
    ]
    assert found == []
