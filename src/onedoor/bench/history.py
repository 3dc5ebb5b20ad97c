"""``bench history``: what years of cases cost those who work today, and what a change of the calendar costs.

The same pages and the same submission in one run with few closed cases and with many, of as many versions of items as a
county publishes in years; then deadlines are reckoned anew with nothing else at work. Closed cases are the history:
they are copied, while what is under way stays as it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from onedoor.bench import crowd, visits
from onedoor.bench.figures import Figure, percentile
from onedoor.bench.pages import CITIZEN, OFFICER, SHARE, Page
from onedoor.bench.server import Server, running
from onedoor.bench.submit import say
from onedoor.instance.postgres import OWNER

FEW: Final = 10_000
MANY: Final = 1_000_000
VERSIONS: Final = 500
DEADLINES: Final = 100_000
AT_LEAST: Final = 100  # of each page and of submissions: five of them lie above the 95th percentile
TO_WARM: Final = 20
AT_MOST_TIMES: Final = 2.0
AT_MOST_SECONDS: Final = 60.0
PROGRAM: Final = "onedoor.bench.history_work"


def measure(*, seconds: float, cases: int = MANY, deadlines: int = DEADLINES) -> list[Figure]:
    """The whole benchmark, in an instance of its own with the sample county; ``seconds`` for each round of pages."""
    with running(workers=2, demo=True) as server:
        pages, dsn = _pages(server), server.dsn(OWNER)
        once = partial(_round, server, pages, _told(server, {"do": "furnish"}))
        say(f"事项版本增至 {VERSIONS}，办结件增至 {min(FEW, cases)}")
        versions = crowd.republish(dsn, to=VERSIONS)
        few = crowd.multiply(dsn, to=min(FEW, cases), of=crowd.CLOSED)
        small, busy = _measured(once, seconds=seconds)
        many = crowd.multiply(dsn, to=cases, of=crowd.CLOSED, told=lambda made: say(f"办结件 {made}"))
        large, busier = _measured(once, seconds=seconds)
        with server.alone():
            crowd.multiply(dsn, to=many + deadlines, of=crowd.RUNNING, told=lambda made: say(f"在办件 {made - many}"))
            say("放假安排变更，重算期限，两遍")
            anew = _told(server, {"do": "recompute"})
            alone = os.getloadavg()[0]
    return [
        Figure("cases, few", few, "cases"),
        Figure("cases, many", many, "cases"),
        Figure("versions of items", versions, "versions"),
        *(_growth(name, small[name], large[name]) for name in small),
        Figure("load average meanwhile", round(busier, 1), "processes", round(busy, 1)),
        *_recomputed(anew, of=deadlines),
        Figure("load average at their end", round(alone, 1), "processes"),
    ]


def _growth(name: str, small: list[float], large: list[float]) -> Figure:
    before, now = (round(percentile(took, SHARE), 1) for took in (small, large))
    return Figure(f"p95, {name}", now, "ms", before, most=round(before * AT_MOST_TIMES, 1))


def _recomputed(anew: dict[str, Any], *, of: int) -> list[Figure]:
    first, second, told = anew["first"], anew["second"], anew["told"]
    changed = int(first["digest"] != second["digest"])
    return [
        Figure("running deadlines reckoned anew", first["seen"], "cases", least=of),
        Figure("of them moved", first["moved"], "cases"),
        Figure("deadlines anew", round(first["seconds"], 1), "s", most=AT_MOST_SECONDS),
        Figure("processor, deadlines anew", round(first["processor"], 1), "s"),
        Figure("deadlines anew, second run", round(second["seconds"], 1), "s"),
        Figure("messages to their applicants", told["messages"], "messages", least=first["moved"]),
        Figure("all of them told", round(told["seconds"], 1), "s"),
        Figure("bytes changed by the second run", changed, "any", most=0),
    ]


def _pages(server: Server) -> list[Page]:
    address = f"http://localhost:{server.port}"
    citizen = visits.visitor(address, server.folder, CITIZEN)
    officer = visits.visitor(address, server.folder, OFFICER)
    track = visits.first_link(citizen, "/mine/", r"/track/\w+/")
    case = visits.first_link(officer, "/desk/", r"/desk/cases/\w+/")
    return [
        Page("inbox", officer, "/desk/"),
        Page("case page", officer, case),
        Page("track page", citizen, track),
    ]


def _measured(once: Callable[..., dict[str, list[float]]], *, seconds: float) -> tuple[dict[str, list[float]], float]:
    """Milliseconds of each page and of submitting, sorted, and the load average at the end."""
    say("三个页面和提交，先热身，再测")
    once(seconds=seconds / 4, times=TO_WARM)  # nobody's first visit is measured
    return once(seconds=seconds, times=AT_LEAST), os.getloadavg()[0]


def _round(
    server: Server, pages: list[Page], applied: dict[str, Any], *, seconds: float, times: int
) -> dict[str, list[float]]:
    each = seconds / len(pages)
    took = {page.name: visits.asked(page.client, page.path, seconds=each, at_least=times) for page in pages}
    return took | {"submit": sorted(_told(server, {"do": "submit", "times": times, **applied}))}


def _told(server: Server, job: dict[str, Any]) -> Any:
    return json.loads(server.program(PROGRAM, given=json.dumps(job)))
