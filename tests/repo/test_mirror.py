"""Tests stand where the code stands."""

from pathlib import Path

from tests.repo.conftest import ROOT, SOURCE, python_files

OWN = {"repo", "journeys", "security"}  # they test the whole, not one module
FORBIDDEN = {"utils", "helpers", "common", "services", "managers"}
ALLOWED_IN_CONTEXT = {
    "rules", "ports", "models", "queries", "commands", "jobs", "apps", "migrations", "management", "sql", "data",
    "templates", "__init__", "__pycache__",
}  # fmt: skip
CONTEXTS = (
    *("journal", "vault", "notices", "documents", "areas", "orgs", "registries", "access"),
    *("items", "licences", "cases", "hall", "hotline", "agency", "relay", "supervision"),
)


def of_code(test: Path) -> Path:
    """The module or package that a test file is about."""
    inside = test.relative_to(ROOT / "tests")
    return SOURCE / inside.parent / test.stem.removeprefix("test_")


STORIES = {  # what they test is not one module
    "tests/access/sign_in",  # sign-in through allauth, adapters and templates together
    "tests/api/test_api.py",  # the interface as its clients see it
    "tests/cases/rules/test_bundle_machine.py",
    "tests/cases/rules/test_state_machine.py",
    "tests/orgs/test_importing.py",
    "tests/areas/test_names.py",
    "tests/ui/test_apply_in_browser.py",
    "tests/ui/test_fill_in_browser.py",
    "tests/ui/test_find_in_browser.py",
    "tests/ui/test_pages_in_browser.py",
    "tests/ui/test_tokens.py",  # a style sheet
}


def test_every_test_file_is_about_a_module_that_exists() -> None:
    strays = []
    for test in (path for path in python_files() if path.name.startswith("test_")):
        name = test.relative_to(ROOT).as_posix()
        context, *inner = test.relative_to(ROOT / "tests").parts
        if context in OWN or any(name == story or name.startswith(f"{story}/") for story in STORIES):
            continue
        code = of_code(test)
        by_place = code.with_suffix(".py").exists() or code.is_dir()
        by_name = len(inner) == 1 and any((SOURCE / context).rglob(f"{code.name}.py"))
        if not by_place and not by_name:
            strays.append(name)
    assert strays == []


def test_every_module_of_the_kernel_and_the_instance_has_its_test() -> None:
    missing = []
    for path in python_files():
        if not path.is_relative_to(SOURCE) or path.name.startswith("_"):
            continue
        inside = path.relative_to(SOURCE)
        if inside.parts[0] not in {"kernel", "instance"}:
            continue
        candidates = [
            inside.with_name(f"test_{inside.stem}.py"),
            inside.parent.with_name(f"test_{inside.parts[-2]}.py"),
        ]
        folder = ROOT / "tests" / inside.parent
        if not any((ROOT / "tests" / one).exists() for one in candidates) and not any(folder.glob("test_*.py")):
            missing.append(str(inside))
    assert missing == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    found = [path for path in python_files() if FORBIDDEN & {*path.relative_to(ROOT).parts, path.stem}]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_a_context_holds_only_what_a_context_holds() -> None:
    found = [
        str(entry.relative_to(SOURCE))
        for name in CONTEXTS
        for entry in (SOURCE / name).iterdir()
        if entry.stem not in ALLOWED_IN_CONTEXT
    ]
    assert found == []
