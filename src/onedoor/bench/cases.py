"""``bench cases``: a life beside the bare statements, one step beside other engines where they are installed, and what
opinions side by side cost as they grow.
"""

from __future__ import annotations

import json
import statistics
from typing import Any, Final

from onedoor.bench import peers
from onedoor.bench.figures import Figure
from onedoor.bench.server import Server, running
from onedoor.bench.submit import say

FEW, MANY, MOST = "20", "100", "300"
LIVES: Final = 30
AT_MOST_TIMES: Final = 18.0  # 300 opinions beside 20: fifteen times as many, and what a longer row costs
AT_MOST_MS: Final = 2_000.0
STEP_MS: Final = 5.0


def measure(*, seconds: float) -> list[Figure]:
    """The whole benchmark, in an instance of its own; ``seconds`` decides how often each fan is lived."""
    with running(workers=1) as server:
        fans = max(2, int(seconds // 10))
        say(f"一件事项的一生：{LIVES} 次；并行意见 20、100、300 个：各 {fans} 次")
        told: dict[str, Any] = json.loads(
            server.program("onedoor.bench.lives", given=json.dumps({"lives": LIVES, "fans": fans}))
        )
        say("对照：同样的行，裸客户端")
        bare = _bare(server, told["numbers"][-1])
        if lacking := peers.missing():
            say(f"没有安装 {'、'.join(lacking)}：{peers.HOW}")
        theirs = peers.beside(server, lives=LIVES)
    life = statistics.median(told["lives"])
    step = round(statistics.median(told["steps"]), 2)
    used = round(told["used"] / (len(told["steps"]) + LIVES), 2)  # each life is a submission too
    acts = {name: round(statistics.median(times), 2) for name, times in told["acts"].items()}
    wide = {opinions: min(times) for opinions, times in told["fans"].items()}
    return [
        Figure("a life from acceptance to decision, p50", round(life, 2), "ms", bare),
        *(Figure(f"act: {name}, p50", took, "ms") for name, took in acts.items()),
        Figure("one step, p50", step, "ms", most=STEP_MS),
        Figure("processor, one act", used, "ms"),
        *(
            Figure(f"one step beside {peer.name}, p50", step, "ms", its, most=None if peer.kept else its)
            for peer, its in theirs.items()
        ),
        Figure("20 opinions and the decision, best", round(wide[FEW], 1), "ms"),
        Figure("100 opinions, best", round(wide[MANY], 1), "ms", round(wide[FEW], 1)),
        Figure("300 opinions, best", round(wide[MOST], 1), "ms", round(wide[FEW], 1), most=AT_MOST_MS),
        Figure("300 opinions : 20 opinions", round(wide[MOST] / wide[FEW], 2), "times", most=AT_MOST_TIMES),
    ]


def _bare(server: Server, number: str) -> float:
    job = json.dumps({"dsn": server.dsn(), "number": number, "times": LIVES})
    return float(json.loads(server.program("onedoor.bench.cases_bare", given=job)))
