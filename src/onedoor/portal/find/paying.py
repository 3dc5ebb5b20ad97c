"""When and how what is owed is paid, for the guide: where the review has a step for it (缴费)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.items.rules.facts import may_apply
from onedoor.kernel.plan import StepKind
from onedoor.portal.find import labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onedoor.items.rules import ItemVersion
    from onedoor.kernel.plan import Step


def paying(item: ItemVersion, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Lines in plain words: when, where, and that waiting for the money stops no clock. None without such a step."""
    step = next((s for s in item.plan.steps if s.kind is StepKind.PAYMENT and may_apply(s.when, answers)), None)
    if step is None or step.limit is None:
        return ()
    place = item.places[0]
    said = {
        "when": _when(item, step),
        "days": labels.spaced(step.limit),
        "where": f"{place.name}{place.window}",
        "promised": labels.spaced(item.clock.promised),
    }
    return (
        _("不用先缴。%(when)s，会给您发缴费通知，写明缴多少、最后一天是哪天；收到以后 %(days)s内缴清。") % said,
        _("到%(where)s缴，或者拿窗口开的缴款书到银行缴。缴完收好财政票据；在银行缴的，把票据拿到窗口登记。") % said,
        _("早缴早办完：缴清以前办不完，可能晚于承诺的 %(promised)s。等您缴费的日子，法定期限照样往下算。") % said,
    )


def _when(item: ItemVersion, step: Step) -> str:
    if not step.after:
        return _("申请受理以后")
    return _("申请受理，“%(steps)s”办完以后") % {"steps": "”“".join(item.plan.step(key).name for key in step.after)}
