"""自动核验 on the case page: by which rule, what the registers were asked, what came back, who goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.rules import events as e
from onedoor.cases.rules.instant import FACT_NAMES
from onedoor.documents.rules import chinese_date
from onedoor.items.rules.facts import labels_of
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage


@dataclass(frozen=True, slots=True)
class Checked:
    """One check as it was made last; ``missing``: what neither a register nor the application tells."""

    name: str
    tag: Tag
    told: str
    rule: str
    basis: str
    found: str
    missing: str


def checked(page: CasePage) -> tuple[Checked, ...]:
    """Every check against a register that was made on this case and still stands."""
    last = {f.event.step: f.event for f in page.facts if isinstance(f.event, e.RegisterChecked)}
    return tuple(_checked(page, event) for key, event in last.items() if key in page.case.begun)


def _checked(page: CasePage, event: e.RegisterChecked) -> Checked:
    names = labels_of(page.item) | FACT_NAMES
    asked = "、".join(names.get(key, key) for key in event.asked)
    nothing = _("没有查到") if event.missing else _("（已删除）")
    return Checked(
        name=page.item.plan.step(event.step).name,
        tag=_tag(page, event),
        told=_("%(on)s 系统查了人口库：%(asked)s") % {"on": chinese_date(event.on), "asked": asked},
        rule=event.rule,
        basis=event.basis,
        found=event.found or nothing,
        missing="、".join(names.get(key, key) for key in event.missing),
    )


def _tag(page: CasePage, event: e.RegisterChecked) -> Tag:
    if event.met:
        return Tag(_("符合规则"), Tone.GO)
    return Tag(_("已人工核对"), Tone.GO) if event.step in page.case.results else Tag(_("转人工核对"), Tone.TODO)
