"""Twenty-four lives whose limits were counted by hand, from the notices of the State Council for 2025 and 2026.

Days off 2025: 01-01; 01-28 to 02-04; 04-04 to 04-06; 05-01 to 05-05; 05-31 to 06-02; 10-01 to 10-08. Worked: Sundays
01-26, 04-27, 09-28, Saturdays 02-08, 10-11. Days off 2026: 01-01 to 01-03; 02-15 to 02-23; 04-04 to 04-06; 05-01 to
05-05; 06-19 to 06-21; 09-25 to 09-27; 10-01 to 10-07. Worked: Sundays 01-04, 09-20, Saturdays 02-14, 02-28, 05-09,
10-10. In a counting, "16-20 (14)" says that with 16 to 20 of that month fourteen days are full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import upward
from onedoor.cases.rules.clocks import ClockKind
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, Verdict
from onedoor.kernel.clock import (
    AllowedGround,
    Approver,
    ClockProfile,
    Extension,
    Ground,
    Limit,
    ProfileKind,
    StartEvent,
    Unit,
)
from onedoor.kernel.law import Article

LICENSING: Final = "行政许可法"
ACCEPTANCE = Limit(5, Unit.WORKDAY, StartEvent.RECEIVED, Article(LICENSING, "32(1).4"))
PERMIT = ClockProfile(
    ProfileKind.PERMIT,
    acceptance=ACCEPTANCE,
    legal=Limit(20, Unit.WORKDAY, StartEvent.ACCEPTED, Article(LICENSING, "42(1)")),
    promised=Limit(10, Unit.WORKDAY, StartEvent.ACCEPTED, note="服务承诺（示例）"),
    silence_accepts=True,
    supplement_silence_accepts=True,
    extension=Extension(10, Unit.WORKDAY, Approver.ORGAN_HEAD, Article(LICENSING, "42(1)")),
    grounds=tuple(
        AllowedGround(ground, Article(LICENSING, "45"))
        for ground in (Ground.HEARING, Ground.EXPERT_REVIEW, Ground.TESTING)
    ),
    delivery=Limit(10, Unit.WORKDAY, StartEvent.DECIDED, Article(LICENSING, "44")),
)
CONSTRUCTION = replace(PERMIT, legal=Limit(7, Unit.DAY, StartEvent.RECEIVED, Article("建筑法", "8")))
WATER_LAW: Final = "取水许可和水资源费征收管理条例"
WATER = replace(
    PERMIT,
    legal=Limit(45, Unit.WORKDAY, StartEvent.ACCEPTED, Article(WATER_LAW, "19(1)")),
    grounds=(AllowedGround(Ground.CONSULTATION, Article(WATER_LAW, "19(3)"), most=5),),
)
MONTHLY = replace(PERMIT, legal=Limit(1, Unit.MONTH, StartEvent.ACCEPTED, note="以月计算的期限（示例）"))
CONFIRMATION = replace(
    PERMIT,
    kind=ProfileKind.CONFIRMATION,
    legal=Limit(60, Unit.DAY, StartEvent.ACCEPTED, Article("工伤保险条例", "20(1)")),
    silence_accepts=False,
    supplement_silence_accepts=False,
    grounds=(AllowedGround(Ground.SUSPENSION, Article("工伤保险条例", "20(3)")),),
)
ASSOCIATION = replace(
    CONFIRMATION,
    kind=ProfileKind.REGISTRATION,
    legal=Limit(60, Unit.DAY, StartEvent.COMPLETE, Article("社会团体登记管理条例", "12")),
)


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}" if len(text) == 5 else text)


def accept(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return law.accept(case, now)


def wait(_case: Case, _now: Occasion) -> tuple[e.Event, ...]:
    return ()


def ask(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return law.request_supplement(case, now, materials={"layout": "看不清"})


def bring(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return law.supplement(case, now, e.SupplementReceived(now.on, {"layout": ("f",)}, case.steps))


def stop(ground: Ground, until: str) -> Callable[[Case, Occasion], tuple[e.Event, ...]]:
    def start(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        return law.start_special_procedure(case, now, ground=ground, notified_end=on(until), reason="依法需要")

    return start


def end(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return law.end_special_procedure(case, now, result="已有结果")


def extend(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return law.extend(case, now, approver=Approver.ORGAN_HEAD, reason="案情复杂")


def review(step: str) -> Callable[[Case, Occasion], tuple[e.Event, ...]]:
    return lambda case, now: law.complete_step(case, now, step=step, verdict=Verdict.PASSED, opinion="符合")


def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return law.decide(case, now, outcome=Outcome.GRANTED, reasons="符合", article="第三十五条")


def go_up(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return upward.report_upward(case, now, verdict=Verdict.PASSED, opinion="符合", way="机要交换", answers={})


def come_back(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    return upward.record_return(case, now, step="check", returned_on=now.on, reason="再核", files={"f": "ab"})


def hear_from_above(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    """The decision alone: what follows from it by itself delivers it at once."""
    words = {"number": "保市许〔2026〕1号", "reasons": "", "files": {"f": "ab"}}
    return upward.record_answer(case, now, outcome=Outcome.GRANTED, decided_on=on("04-27"), **words)[:1]  # type: ignore[arg-type]


Act = tuple[str, Callable[[Case, Occasion], tuple[e.Event, ...]]]


@dataclass(frozen=True)
class Life:
    """What happened on which days, which limits then end when, why by law, and how that was counted by hand."""

    name: str
    article: str
    counted: str
    received: str
    acts: Sequence[Act]
    ends: dict[ClockKind, str]
    profile: ClockProfile = PERMIT
    provisional: bool = False
    how: AcceptedBy | None = AcceptedBy.OFFICER
    upper: Limit | None = None  # the upper level decides it, within this


ABOVE = Limit(20, Unit.WORKDAY, StartEvent.RECEIVED, Article(LICENSING, "42(1)"))
SENT_UP: Final[Sequence[Act]] = (
    ("03-02", accept),
    ("03-04", review("papers")),
    ("03-05", review("check")),
    ("03-06", go_up),
)
LEGAL, PROMISED, DELIVERY = ClockKind.LEGAL, ClockKind.PROMISED, ClockKind.DELIVERY
ACCEPTING = ClockKind.ACCEPTANCE
LIVES = [
    Life(
        "plain: the day of acceptance is not counted",
        "行政许可法 42(1), 82",
        "Mar 4-6 (3), 9-13 (8), 16-17 (10): promised; 18-20 (13), 23-27 (18), 30-31 (20)",
        "03-02",
        [("03-03", accept)],
        {LEGAL: "03-31", PROMISED: "03-17"},
    ),
    Life(
        "received on a Sunday of the Spring Festival, silence: accepted as of that Sunday",
        "行政许可法 32(1).4; 电子签名法 11",
        "five days: Feb 24-27 (4), Sat 28 worked (5); then Mar 2-6 (10), 9-13 (15), 16-20 (20)",
        "02-15",
        [("03-01", wait)],
        {LEGAL: "03-20", PROMISED: "03-06"},
        how=AcceptedBy.SILENCE,
    ),
    Life(
        "a late click on 受理 does not move the days",
        "行政许可法 32(1).4, 42(1)",
        "silence ended on 03-09: Mar 3-6 (4), 9-13 (9); so from 03-02: 16-20 (14), 23-27 (19), 30 (20)",
        "03-02",
        [("03-12", wait)],
        {LEGAL: "03-30", PROMISED: "03-16"},
        how=AcceptedBy.SILENCE,
    ),
    Life(
        "one-time notice on the last day, a make-up Saturday, is in time; the supplement begins acceptance anew",
        "行政许可法 32(1).4, 82",
        "Apr 30 (1), May 6-8 (4), Sat 9 worked (5): told on it; came 05-18: 19-22 (4), 25 (5)",
        "04-29",
        [("05-09", ask), ("05-18", bring)],
        {ACCEPTING: "05-25"},
        how=None,
    ),
    Life(
        "silence after a complete supplement accepts as of the day that it came",
        "行政许可法 32(1).4-5 (类推)",
        "silence ended on 05-25; from 05-18: May 19-22 (4), 25-29 (9), Jun 1-5 (14), 8-12 (19), 15 (20)",
        "04-29",
        [("05-09", ask), ("05-18", bring), ("05-26", wait)],
        {LEGAL: "06-15", PROMISED: "06-01"},
        how=AcceptedBy.SUPPLEMENT_SILENCE,
    ),
    Life(
        "a second notice names only the supplement's own fault; accepted as of the day on which all had come",
        "行政许可法 32(1).4-5",
        "from 06-18: Fri 19 off, Jun 22-26 (5), 29-30 (7), Jul 1-3 (10), 6-10 (15), 13-17 (20)",
        "06-01",
        [("06-03", ask), ("06-10", bring), ("06-12", ask), ("06-18", bring), ("06-22", accept)],
        {LEGAL: "07-17", PROMISED: "07-03"},
    ),
    Life(
        "a hearing over the National Day: what is off inside it is not taken out twice",
        "行政许可法 45, 46-48",
        "Sep 15-18 (4); record on Sat Oct 10; Sun 11 off; Oct 12-16 (9), 19-23 (14), 26-30 (19), Nov 2 (20)",
        "09-14",
        [("09-14", accept), ("09-18", stop(Ground.HEARING, "10-12")), ("10-10", end)],
        {LEGAL: "11-02", PROMISED: "10-19"},
    ),
    Life(
        "a special procedure that overruns its notified end counts again",
        "行政许可法 45",
        "Mar 3-4 (2); 5-10 out; 11-13 (5), 16-20 (10), 23-27 (15), 30-31 (17), Apr 1-3 (20)",
        "03-02",
        [("03-02", accept), ("03-04", stop(Ground.HEARING, "03-10")), ("03-20", end)],
        {LEGAL: "04-03", PROMISED: "03-20"},
    ),
    Life(
        "overrun, then a new reasoned notice: only the days of the two notices are out",
        "行政许可法 45",
        "Mar 3-4 (2), 11-13 (5), 16 (6); 17-19 out; 20 (7), 23-27 (12), 30-31 (14), Apr 1-3 (17), 7-9 (20)",
        "03-02",
        [
            ("03-02", accept),
            ("03-04", stop(Ground.HEARING, "03-10")),
            ("03-16", stop(Ground.EXPERT_REVIEW, "03-20")),
            ("03-19", end),
        ],
        {LEGAL: "04-09", PROMISED: "03-25"},
    ),
    Life(
        "extension after a pause: the days are added, the pause stays out",
        "行政许可法 42(1), 45",
        "Mar 3-4 (2), 11-13 (5), 16-20 (10), 23-27 (15), 30-31 (17), Apr 1-3 (20), 7-10 (24), 13-17 (29), 20 (30)",
        "03-02",
        [("03-02", accept), ("03-04", stop(Ground.HEARING, "03-10")), ("03-10", end), ("03-31", extend)],
        {LEGAL: "04-20", PROMISED: "04-03"},
    ),
    Life(
        "an extension on the last day is before expiry",
        "行政许可法 42(1)",
        "twenty ended on 03-31; Apr 1-3 (3), Mon 6 off, 7-10 (7), 13-15 (10)",
        "03-03",
        [("03-03", accept), ("03-31", extend)],
        {LEGAL: "04-15", PROMISED: "03-31"},
    ),
    Life(
        "seven natural days from receipt end in the Spring Festival and roll past it",
        "建筑法 8; 民法典 203",
        "Feb 12 + 7 = 19, off to Mon 23: Tue 24; acceptance: 13 (1), Sat 14 worked (2), 24-26 (5)",
        "02-12",
        [],
        {LEGAL: "02-24", ACCEPTING: "02-26"},
        CONSTRUCTION,
        how=None,
    ),
    Life(
        "seven natural days begin anew when the supplement came",
        "建筑法 8; 建筑工程施工许可管理办法 5",
        "09-28 + 7 = 10-05, off to Wed 7: Thu Oct 8; acceptance: Sep 29-30 (2), Oct 8-9 (4), Sat 10 worked (5)",
        "09-24",
        [("09-24", ask), ("09-28", bring)],
        {LEGAL: "10-08", ACCEPTING: "10-10"},
        CONSTRUCTION,
        how=None,
    ),
    Life(
        "sixty natural days, suspended over the Spring Festival, end on a Sunday and roll",
        "工伤保险条例 20(1), 20(3); 民法典 203",
        "Jan 9-20 (12); Jan 21 to Feb 10 out; Feb 11-28 (30), Mar 1-30 (60); Sun 30: Mon 31",
        "2025-01-06",
        [
            ("2025-01-08", accept),
            ("2025-01-20", stop(Ground.SUSPENSION, "2025-02-28")),
            ("2025-02-10", end),
        ],
        {LEGAL: "2025-03-31"},
        replace(CONFIRMATION, promised=CONFIRMATION.legal or ACCEPTANCE),
    ),
    Life(
        "sixty natural days from all valid documents, not from the click",
        "社会团体登记管理条例 12",
        "from 12-10: Dec 11-31 (21), Jan (52), Feb 1-8 (60); Sun 8: Mon 9",
        "2025-12-01",
        [("2025-12-03", ask), ("2025-12-10", bring), ("2025-12-11", accept)],
        {LEGAL: "02-09"},
        ASSOCIATION,
    ),
    Life(
        "asking another organ is out for the five days that were told; its silence after them counts",
        "取水许可和水资源费征收管理条例 19(1), 19(3)",
        "Aug 4-7 (4), 10 (5); 11-17 out; 18-21 (9), 24-28 (14), 31 (15), Sep 1-4 (19), 7-11 (24), 14-18 (29), "
        "Sun 20 worked (30), 21-24 (34), 28-30 (37), Oct 8-9 (39), Sat 10 worked (40), 12-16 (45)",
        "08-03",
        [("08-03", accept), ("08-10", stop(Ground.CONSULTATION, "08-17"))],
        {LEGAL: "10-16"},
        WATER,
    ),
    Life(
        "past the last published year the end is provisional",
        "行政许可法 82",
        "Dec 15-18 (4), 21-25 (9), 28-31 (13); 2027 not yet published: Jan 1 (14), 4-8 (19), 11 (20)",
        "12-14",
        [("12-14", accept)],
        {LEGAL: "2027-01-11"},
        provisional=True,
    ),
    Life(
        "on a provisional day silence has no effect",
        "行政许可法 32(1).4, 82",
        "Dec 30-31 (2), 2027: Jan 1 (3), 4-5 (5); on Jan 20 still not accepted by silence",
        "12-29",
        [("2027-01-20", wait)],
        {ACCEPTING: "2027-01-05"},
        provisional=True,
        how=None,
    ),
    Life(
        "ten days to deliver from the day after the decision, over the National Day",
        "行政许可法 44",
        "Sep 30 (1), Oct 8-9 (3), Sat 10 worked (4), 12-16 (9), 19 (10)",
        "09-21",
        [("09-22", accept), ("09-23", review("papers")), ("09-28", review("check")), ("09-29", decide)],
        {DELIVERY: "10-19"},
    ),
    Life(
        "a confirmation is never accepted by silence: sixty days from the act",
        "工伤保险条例 20(1); 行政许可法 2",
        "Mar 21-31 (11), Apr (41), May 1-19 (60)",
        "03-02",
        [("03-20", accept)],
        {LEGAL: "05-19"},
        CONFIRMATION,
    ),
    Life(
        "one month with a test that outlasts its plain end",
        "民法典 202(2), 203; 行政许可法 45",
        "03-31 + 1 month = 04-30, thirty days: Apr 1-20 (20); Apr 21 to May 15 out; May 16-25 (30), a Monday",
        "03-30",
        [("03-31", accept), ("04-20", stop(Ground.TESTING, "05-15"))],
        {LEGAL: "05-25"},
        MONTHLY,
    ),
    Life(
        "returned by the upper level for more review: its days are its own, the rest of the limit here runs on",
        "行政许可法 35, 43",
        "Mar 3-6 (4); 7-18 out; 19-20 (6), 23-27 (11), 30-31 (13), Apr 1-3 (16), 7-10 (20)",
        "03-02",
        [*SENT_UP, ("03-18", come_back)],
        {LEGAL: "04-10", PROMISED: "03-26"},
        upper=ABOVE,
    ),
    Life(
        "sent up again after more review: the limit of the upper level begins anew",
        "行政许可法 35, 42(1), 43",
        "Mar 26-27 (2), 30-31 (4), Apr 1-3 (7), 7-10 (11), 13-17 (16), 20-23 (20)",
        "03-02",
        [*SENT_UP, ("03-18", come_back), ("03-23", review("check")), ("03-25", go_up)],
        {ClockKind.UPPER: "04-23"},
        upper=ABOVE,
    ),
    Life(
        "returned twice, decided above: ten days to tell from the day on which the decision came here, over May Day",
        "中国公民民族成份登记管理办法 11.4",
        "Apr 30 (1), May 6-8 (4), Sat 9 worked (5), 11-15 (10)",
        "03-02",
        [
            *SENT_UP,
            *(("03-18", come_back), ("03-23", review("check")), ("03-25", go_up)),
            *(("04-02", come_back), ("04-07", review("check")), ("04-08", go_up), ("04-29", hear_from_above)),
        ],
        {DELIVERY: "05-15"},
        upper=ABOVE,
    ),
]
