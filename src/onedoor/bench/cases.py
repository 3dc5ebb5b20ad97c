"""``bench cases``: a life, and one thing of five departments, beside the bare statements; one step beside other engines
where they are installed; and what opinions side by side cost as they grow.

What is compared is measured in turns, round after round: what else the machine does then falls on all alike. The worker
is ended before: what a decision makes it do (messages, dispatch, the result) is not what whoever acts waits for.
"""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass, field
from typing import Any, Final

from onedoor.bench import peers
from onedoor.bench.figures import Figure
from onedoor.bench.lives import ELSEWHERE, HERE
from onedoor.bench.server import Server, running
from onedoor.bench.submit import say

FEW, MANY, MOST = "20", "100", "300"
ROUNDS: Final = 4
LIVES: Final = 10  # of each kind, a round
ACTS: Final = 6  # of a life beside other engines, the submission included
AT_MOST_TIMES: Final = 18.0  # 300 opinions beside 20: fifteen times as many, and what a longer row costs
AT_MOST_MS: Final = 2_000.0
STEP_MS: Final = 5.0


@dataclass
class Took:
    """Milliseconds by what they are of, over all rounds."""

    times: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, times: list[float]) -> None:
        """What one round measured."""
        self.times.setdefault(name, []).extend(times)

    def typical(self, name: str) -> float:
        """The median; nothing ran without interruption."""
        return round(statistics.median(self.times[name]), 2)

    def best(self, name: str) -> float:
        """Of what lasts long enough to be interrupted every time."""
        return round(min(self.times[name]), 1)


def measure(*, seconds: float) -> list[Figure]:
    """The whole benchmark, in an instance of its own; ``seconds`` decides how often each fan is lived."""
    took, fans = Took(), max(1, round(seconds / 10))
    say(f"{ROUNDS} 轮，每轮：一件事项的一生 {LIVES} 次，五个部门的一件事，并行意见 20、100、300 个各 {fans} 次")
    if lacking := peers.missing():
        say(f"没有安装 {'、'.join(lacking)}：{peers.HOW}")
    county: Any = None
    with running(workers=1) as server, server.alone():
        for _ in range(ROUNDS):
            county = _round(server, took, county=county, fans=fans)
    acts = [name for name in took.times if name.startswith("act: ")]
    return [
        Figure("a life from acceptance to decision, p50", took.typical("life"), "ms", took.typical("bare life")),
        Figure(
            "one thing of five departments, acceptance to the last decision, p50",
            took.typical("joint"),
            "ms",
            took.typical("bare joint"),
        ),
        *(Figure(f"{name}, p50", took.typical(name), "ms") for name in acts),
        *_steps(took),
        *_fans(took),
    ]


def _steps(took: Took) -> list[Figure]:
    here, elsewhere = took.typical(HERE), took.typical(ELSEWHERE)
    found = [
        Figure("one step, p50", here, "ms", most=STEP_MS),
        Figure("one step after one that another process did, p50", elsewhere, "ms", most=STEP_MS),
        Figure("processor, one act", took.typical("used"), "ms"),
    ]
    for peer in peers.PEERS:
        if peer.name in took.times:
            its = took.typical(peer.name)
            found.append(Figure(f"one step beside {peer.name}, p50", here, "ms", its, most=None if peer.kept else its))
            if not peer.kept:
                name = f"one step after another process, beside {peer.name}, p50"
                found.append(Figure(name, elsewhere, "ms", its, most=its))
    return found


def _fans(took: Took) -> list[Figure]:
    few, many, most = (took.best(opinions) for opinions in (FEW, MANY, MOST))
    return [
        Figure("20 opinions and the decision, best", few, "ms"),
        Figure("100 opinions, best", many, "ms", few),
        Figure("300 opinions, best", most, "ms", few, most=AT_MOST_MS),
        Figure("300 opinions : 20 opinions", round(most / few, 2), "times", most=AT_MOST_TIMES),
    ]


def _round(server: Server, took: Took, *, county: Any, fans: int) -> Any:
    """Ours, the bare client and the other engines once each; the county for the next round."""
    job = {"lives": LIVES, "fans": fans, "county": county}
    told: dict[str, Any] = json.loads(server.program("onedoor.bench.lives", given=json.dumps(job)))
    name = str(told["county"]["made"])
    number, (whole, *members) = told["number"], told["whole"]
    took.add("life", told["lives"])
    took.add("bare life", _bare(server, {"number": number, "members": [], "times": LIVES, "name": name}))
    took.add("joint", told["joint"])
    took.add("bare joint", _bare(server, {"number": whole, "members": members, "times": LIVES // 4, "name": name}))
    took.add("used", [life / ACTS for life in told["used"][HERE]])
    for act, times in told["acts"].items():
        took.add(f"act: {act}", times)
    for what, times in (told["steps"] | told["fans"]).items():
        took.add(what, times)
    for peer, times in peers.beside(server, lives=LIVES).items():
        took.add(peer.name, times)
    return told["county"]


def _bare(server: Server, job: dict[str, Any]) -> list[float]:
    answer: list[float] = json.loads(
        server.program("onedoor.bench.cases_bare", given=json.dumps(job | {"dsn": server.dsn()}))
    )
    return answer
