"""``bench races``: eight departments on one case at once, and periods that end while an officer acts, 1,000 times."""

from __future__ import annotations

import json
import statistics
from typing import Any, Final

from onedoor.bench.figures import Figure
from onedoor.bench.server import running
from onedoor.bench.submit import say

CASES: Final = 100
ROUNDS: Final = 1_000


def measure(*, seconds: float) -> list[Figure]:
    """The whole benchmark, in an instance of its own; how long it takes is not asked."""
    del seconds
    with running(workers=1) as server:
        say(f"八个部门同时办同一件：{CASES} 件；期限届满与办理同时：{ROUNDS} 次")
        job = json.dumps({"cases": CASES, "rounds": ROUNDS})
        told: dict[str, Any] = json.loads(server.program("onedoor.bench.racing", given=job))
    together, settled = told["together"], told["settled"]
    return [
        Figure("opinions at once, lost", together["lost"], "opinions", most=0),
        Figure("officers who saw less than all afterwards", together["blind"], "officers", most=0),
        Figure("retries a case", together["retries"] / CASES, "retries", most=0),
        Figure("eight opinions at once, p50", round(statistics.median(together["took"]), 1), "ms"),
        Figure("settled by silence alone", settled["silence"], "times"),
        Figure("settled by the officer alone", settled["officer"], "times"),
        Figure("exactly one won", settled["silence"] + settled["officer"], "times", least=ROUNDS),
        Figure("both or neither", settled["both"] + settled["neither"], "times", most=0),
        Figure("row unlike its replay", settled["unlike"], "times", most=0),
    ]
