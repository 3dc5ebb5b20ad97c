"""依据: how a document names the law that it rests on. What is not known of it is not made up."""

from __future__ import annotations

import re

from onedoor.items.rules.values import Basis
from onedoor.kernel.law import law

WHOLE = "的有关规定"  # of a law whose article is not known
_BARE = re.compile(r"(?P<law>[^《》]*?(?:法|条例|办法|规定|细则|规则|决定))(?P<article>第.+)?")


def cited(basis: Basis) -> str:
    """A law that sets an item up, as a sentence cites it: 《某法》第三条, or 《某法》的有关规定."""
    return in_words(f"《{basis.law}》{basis.article}")


@law("行政许可法", 38)
def in_words(text: str) -> str:
    """What somebody wrote as 依据, so that 「依据…，」 reads as a sentence: a law named alone is cited as a whole.

    A name without book marks gets them; anything else is left as it was written.
    """
    written = text.strip()
    if bare := _BARE.fullmatch(written):
        written = f"《{bare['law']}》{bare['article'] or ''}"
    return f"{written}{WHOLE}" if written.endswith("》") else written
