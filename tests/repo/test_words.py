"""Every word that a person reads can be translated: nothing on a face stands outside gettext."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from tests.repo.conftest import SOURCE, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FACES = ("portal", "desk", "ui")
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"})
# Words that are facts, not furniture: they are stored or printed on a paper of the organ, in the language of the law.
KEPT: dict[str, str] = {
    "代办：核对群众的身份": "purpose, written into the record of reads",
    "代办“": "purpose, written into the record of reads",
    "”，预填申请表": "purpose, written into the record of reads",
    "窗口收件“": "purpose, written into the record of reads",
    "窗口收件：核对来办人的身份": "purpose, written into the record of reads",
    "窗口收补正：查找这个人等补正的办件": "purpose, written into the record of reads",
    "网上申请“": "purpose, written into the record of reads",
    "列明利害关系人：核对身份，通知本人": "purpose, written into the record of reads",
    "应本人要求，查找本人可能可以享受的待遇和服务": "purpose, written into the record of reads",
    "签名页": "name of a stored file",
    "扫描件": "name of a stored file",
    "予": "how the word for granting begins; compared",
    "人员|负责人|责任人|专门负责|经理|司机|驾驶员|药师|园长|监事|工程师": "words of duties in labels; compared",
    "请上传": "part of a rule's own message; compared",
    "样本": "printed on the sample of a licence",
    "事项": "printed on the sample of a licence",
    "张小满": "the invented person of all samples",
    "本人": "basis of a representation, compared and never shown from here",
    "法定代表人": "basis of a representation, compared and never shown from here",
    "监护": "basis of a representation, compared and never shown from here",
}
KEPT_TABLES = {"ui/parts.py": ("_PHASES", "the words of phases as rules name them; looked up, never shown")}


def faces(suffix: str) -> list[Path]:
    return [
        path
        for path in tracked()
        if path.suffix == suffix and path.is_relative_to(SOURCE) and path.relative_to(SOURCE).parts[0] in FACES
    ]


def bare(tree: ast.AST) -> Iterator[ast.Constant]:
    """The Chinese constants of a module outside docstrings and calls of gettext."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
            yield node
        yield from bare(node)


def without_table(tree: ast.Module, name: str) -> ast.Module:
    kept = [node for node in tree.body if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name)]
    assert len(kept) < len(tree.body)
    return ast.Module(kept, [])


def test_every_word_of_the_faces_goes_through_gettext() -> None:
    found = []
    for path in faces(".py"):
        name, tree = path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))
        if name in KEPT_TABLES:
            tree = without_table(tree, KEPT_TABLES[name][0])
        found += [f"{name}:{one.lineno} {one.value}" for one in bare(tree) if one.value not in KEPT]
    assert found == []


def test_no_exception_outlives_its_use() -> None:
    used = {one.value for path in faces(".py") for one in bare(ast.parse(path.read_text("utf-8")))}
    assert sorted(KEPT.keys() - used) == []


def test_no_words_are_put_together_before_they_are_translated() -> None:
    """``_(f"…{name}…")`` finds no translation: the catalogue knows only the pattern."""
    calls = [
        f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}"
        for path in faces(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS
        if not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert calls == []


LEAVE = (
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}",
    r"{#.*?#}",
    r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}",
    r"{%.*?%}",
    r"{{.*?}}",
)
TAG = re.compile(r"{%\s*+(?!translate\b|blocktranslate\b|comment\b)[^%]*%}|{{.*?}}")
QUOTED = re.compile(r"""(?<!_\()(?:"[^"]*[\u3400-\u9fff][^"]*"|'[^']*[\u3400-\u9fff][^']*')""")


@pytest.mark.parametrize("path", faces(".html"), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_word_of_a_template_is_translated(path: Path) -> None:
    text = path.read_text("utf-8")
    for pattern in LEAVE:
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    assert [line.strip() for line in text.splitlines() if CHINESE.search(line)] == []


@pytest.mark.parametrize("path", faces(".html"), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_word_handed_to_a_tag_or_filter_is_translated(path: Path) -> None:
    """``{% tag _("代办") %}``, ``{{ name|default:_("（已删除）") }}``."""
    assert [found for tag in TAG.findall(path.read_text("utf-8")) for found in QUOTED.findall(tag)] == []


def read_by_citizens() -> list[Path]:
    """Pages, messages, and all that guides say."""
    places = [SOURCE / name for name in ("portal", "ui", "notices", "items/data", "kernel/journey", "vault")]
    kinds = {".html", ".py", ".toml", ".yaml"}
    return [path for path in tracked() if path.suffix in kinds and any(path.is_relative_to(place) for place in places)]


def test_citizens_read_one_kind_of_quotation_marks() -> None:
    """“ ” alone, as GB/T 15834-2011 has it: mixed with 「 」 one reader takes them for two different things."""
    assert [str(path.relative_to(SOURCE)) for path in read_by_citizens() if "「" in path.read_text("utf-8")] == []
