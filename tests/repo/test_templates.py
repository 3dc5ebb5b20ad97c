"""No template lies about unused."""

import re

from tests.repo.conftest import SOURCE, tracked

LIBRARIES = ("account/", "mfa/", "socialaccount/", "usersessions/", "idp/", "allauth/")  # called by allauth's own names


def names() -> set[str]:
    return {
        path.as_posix().rpartition("/templates/")[2]
        for path in tracked()
        if path.suffix == ".html" and "/templates/" in path.as_posix() and path.is_relative_to(SOURCE)
    }


def test_every_template_is_used() -> None:
    texts = [
        path.read_text("utf-8") for path in tracked() if path.suffix in {".py", ".html"} and path.is_relative_to(SOURCE)
    ]
    everything = "\n".join(texts)
    ours = {name for name in names() if not name.startswith(LIBRARIES)}
    unused = {name for name in ours if name not in everything and not _by_pattern(name, everything)}
    assert sorted(unused) == []


def _by_pattern(name: str, everything: str) -> bool:
    """Used through a name put together at run time: ``f"ui/parts/{kind}.html"``."""
    folder, _, file = name.rpartition("/")
    return re.search(rf"{re.escape(folder)}/\{{[^}}]+\}}\.{file.rpartition('.')[2]}", everything) is not None
