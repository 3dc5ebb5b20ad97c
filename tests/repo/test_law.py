"""``docs/law.md`` says what the code says."""

import re

from tests.repo.conftest import ROOT

from onedoor.config import law_page
from onedoor.kernel.law import REGISTER


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "law.md").read_text("utf-8") == law_page.render(), "run: onedoor law --write"


def test_every_article_is_written_in_the_one_notation() -> None:
    law_page.load_rules()
    strange = [article for article in REGISTER if not re.fullmatch(r"(\d+(\(\d+\))?(\.\d+)?)?", article.number)]
    assert strange == []
