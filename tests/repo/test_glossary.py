"""Every act, event and command has its Chinese name in the glossary."""

import ast
import re

from tests.repo.conftest import ROOT, SOURCE

from onedoor.kernel.actor import Act


def terms() -> set[str]:
    """Every identifier in a code span of the glossary; ``onedoor.a.b`` counts as ``b`` too."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    found = {word for span in re.findall(r"`([^`]+)`", text) for word in re.findall(r"[A-Za-z_][\w.]*", span)}
    return found | {word.rpartition(".")[2] for word in found}


def commands() -> set[str]:
    """Public functions of ``commands`` that somebody does: they take ``by``."""
    files = [*SOURCE.glob("*/commands.py"), *SOURCE.glob("*/commands/*.py")]
    return {
        node.name
        for path in files
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "by" in {argument.arg for argument in node.args.kwonlyargs}
    }


def events() -> set[str]:
    """The facts in ``rules/events`` of any context; ``fact`` says only what one is."""
    return {
        node.name
        for path in (*SOURCE.glob("*/rules/events.py"), *SOURCE.glob("*/rules/events/*.py"))
        if path.name != "fact.py"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def test_every_act_is_explained() -> None:
    assert {act.name for act in Act} - terms() == set()


def test_every_command_is_explained() -> None:
    assert sorted(commands() - terms()) == []


def test_every_event_is_explained() -> None:
    assert sorted(events() - terms()) == []
