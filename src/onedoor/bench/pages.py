"""``bench pages``: how long the pages of citizens and officers take with 100,000 cases, and what a cold visit weighs.

The baseline of every page is the same page, in the same run, before the cases were multiplied: what grows with history
shows as a ratio above one. One client asks one page after another, so what is measured is the server's own time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onedoor.bench import crowd, lighthouse, visits
from onedoor.bench.figures import Figure, UnmeasuredError, percentile
from onedoor.bench.server import Server, running
from onedoor.bench.submit import say
from onedoor.instance.postgres import OWNER

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

CASES: Final = 100_000
AT_LEAST: Final = 20  # requests a page
CITIZEN, OFFICER, CLERK, LEADER = "lixiulan", "scjg04", "zwfw11", "xzf01"
SHARE: Final = 0.95
JUDGED: Final = frozenset({"portal home", "portal guide", "portal apply", "portal track"})  # by the public, first


@dataclass(frozen=True, slots=True)
class Page:
    """One page as somebody opens it."""

    name: str
    client: httpx.Client
    path: str


def measure(*, seconds: float) -> Iterator[Figure]:
    """The whole benchmark, in an instance of its own with the sample county; ``seconds`` for all pages of a round.

    Lighthouse comes last, when all else is told.
    """
    with running(workers=2, demo=True) as server:
        pages = _pages(server)
        each = seconds / len(pages)
        _round(pages, seconds=each / 2)  # nobody's first visit is measured
        say(f"{len(pages)} 个页面，示例县")
        small = _round(pages, seconds=each)
        say(f"复制办件到 {CASES}")
        made = crowd.multiply(server.dsn(OWNER), to=CASES)
        say(f"{len(pages)} 个页面，{made} 件办件")
        large = _round(pages, seconds=each)
        yield Figure("cases", made, "cases")
        for page in pages:
            now, before = (round(percentile(each[page.name], SHARE), 1) for each in (large, small))
            yield Figure(f"p95, {page.name}", now, "ms", before)
        for page in pages:
            if not page.name.startswith("desk"):
                yield Figure(f"cold visit, {page.name}", _kilobytes(page), "KB")
        yield from judged(server.port, [page for page in pages if page.name in JUDGED])


def _pages(server: Server) -> list[Page]:
    address = f"http://localhost:{server.port}"
    passer_by = visits.visitor(address, server.folder)
    citizen = visits.visitor(address, server.folder, CITIZEN)
    officer = visits.visitor(address, server.folder, OFFICER)
    clerk = visits.visitor(address, server.folder, CLERK)
    leader = visits.visitor(address, server.folder, LEADER)
    guide = visits.first_link(passer_by, "/search/?q=开饭馆", r"/items/\w+/")
    track = visits.first_link(citizen, "/mine/", r"/track/\w+/")
    case = visits.first_link(officer, "/desk/", r"/desk/cases/\w+/")
    return [
        Page("portal home", passer_by, "/"),
        Page("portal search", passer_by, "/search/?q=开饭馆"),
        Page("portal items", passer_by, "/items/"),
        Page("portal guide", passer_by, guide),
        Page("portal apply", citizen, guide.replace("/items/", "/apply/")),
        Page("portal mine", citizen, "/mine/"),
        Page("portal track", citizen, track),
        Page("desk inbox", officer, "/desk/"),
        Page("desk case", officer, case),
        Page("desk search", officer, "/desk/search/?q=食品经营许可"),
        Page("desk window", clerk, "/desk/window/"),
        Page("desk director", leader, "/desk/director/"),
    ]


def _round(pages: list[Page], *, seconds: float) -> dict[str, list[float]]:
    return {page.name: visits.asked(page.client, page.path, seconds=seconds, at_least=AT_LEAST) for page in pages}


def _kilobytes(page: Page) -> float:
    return round(visits.weight(page.client, page.path).total / 1024, 1)


def judged(port: int, pages: list[Page]) -> Iterator[Figure]:
    """Lighthouse's scores, page by page; nothing where Node or Chromium is not installed.

    UnmeasuredError, after all others, names the pages of which it gave nothing.
    """
    if not lighthouse.available():
        say("没有 npx 或 Chromium：不测 Lighthouse")
        return
    failed = []
    for page in pages:
        say(f"Lighthouse：{page.name}")
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in page.client.cookies.jar)
        try:
            found = lighthouse.scores(f"http://localhost:{port}{page.path}", cookies=cookies)
        except lighthouse.LighthouseError as error:
            failed.append(f"{page.name}（{error}）")
            continue
        for category, score in found.items():
            yield Figure(f"Lighthouse {category}, {page.name}", score, "of 100")
    if failed:
        raise UnmeasuredError(f"Lighthouse 没有测成：{'；'.join(failed)}")
