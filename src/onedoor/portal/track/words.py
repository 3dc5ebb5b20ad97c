"""What the limits of a case are called on the pages of its applicant."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from onedoor.cases.rules.clocks import ClockKind

CLOCKS = {
    ClockKind.ACCEPTANCE: gettext_lazy("答复是否受理"),
    ClockKind.LEGAL: gettext_lazy("法定办结"),
    ClockKind.PROMISED: gettext_lazy("承诺办结"),
    ClockKind.DELIVERY: gettext_lazy("送达结果"),
    ClockKind.UPPER: gettext_lazy("上级机关决定"),
}
