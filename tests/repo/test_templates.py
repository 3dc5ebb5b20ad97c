"""No template lies about unused, and none says what it does not do."""

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


def test_a_link_that_says_download_downloads() -> None:
    """Others open what they name; a browser decides by this one word."""
    link = re.compile(r"<a ((?:{%[^%]*%}|[^>%])*+)>[^<]*下载")
    pages = (path for path in tracked() if path.suffix == ".html" and path.is_relative_to(SOURCE / "portal"))
    opening = [
        f"{path.name}: {found}"
        for path in pages
        for found in link.findall(path.read_text("utf-8"))
        if "download" not in found
    ]
    assert opening == []


def _by_pattern(name: str, everything: str) -> bool:
    """Used through a name put together at run time: ``f"ui/parts/{kind}.html"``."""
    folder, _, file = name.rpartition("/")
    return re.search(rf"{re.escape(folder)}/\{{[^}}]+\}}\.{file.rpartition('.')[2]}", everything) is not None
