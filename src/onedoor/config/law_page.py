"""``docs/law.md``: which function applies which article, rendered from the register that ``@law`` keeps."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import groupby

import onedoor
from onedoor.kernel.law import REGISTER, Article, article_in_chinese

HEAD = "# 法律条文与代码\n\n由 `onedoor law --write` 生成，请勿手工修改。每一行：条文、适用它的函数。\n"
SKIPPED = frozenset({"migrations", "management", "bench", "demo", "simulators"})


def load_rules() -> None:
    """Import every module of rules and of acts, so that the register is whole whatever was imported before."""
    for module in pkgutil.walk_packages(onedoor.__path__, "onedoor."):
        parts = module.name.split(".")
        if not SKIPPED.intersection(parts) and {"rules", "kernel", "commands"}.intersection(parts):
            importlib.import_module(module.name)


def render() -> str:
    """The page."""
    load_rules()
    text = HEAD
    for law, articles in groupby(sorted(REGISTER, key=_order), key=lambda article: article.law):
        text += f"\n## 《{law}》\n\n| 条文 | 函数 |\n|---|---|\n"
        for article in articles:
            places = "<br>".join(f"`{place}`" for place in sorted(set(REGISTER[article])))
            text += f"| {article_in_chinese(article.number) or '全文'} | {places} |\n"
    return text


def _order(article: Article) -> tuple[str, int, str]:
    digits = "".join(letter if letter.isdigit() else " " for letter in article.number).split()
    return article.law, int(digits[0]) if digits else 0, article.number
