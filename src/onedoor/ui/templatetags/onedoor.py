"""``{% load onedoor %}``: the parts of the design system as tags and filters."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import segno
from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from onedoor.kernel.codes import mask_id, mask_name, mask_phone
from onedoor.ui import dates, fields
from onedoor.ui.parts import Crumb, Tag, Tone, phase_tag, size_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.paginator import Page
    from django.template.context import RequestContext

    from onedoor.kernel.errors import FieldError
    from onedoor.kernel.journey import Question
    from onedoor.ui.parts import ClockBox, Fact, FileRow, Moment, Task

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(
    question: Question,
    answers: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] | None = None,
    *,
    big: bool = False,
    by_town: bool = False,
) -> dict[str, Any]:
    """``{% field question answers errors %}``: one question; ``big=True`` where it stands alone on its page.

    ``by_town=True``: of places the township is opened first. An officer who types its name is quicker with one list.
    """
    return {"field": fields.field_of(question, answers or {}, errors or (), big=big, by_town=by_town)}


@register.inclusion_tag("ui/parts/faults.html")
def error_summary(
    errors: Sequence[FieldError] | None = None, title: str = "", *, pages: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """``{% error_summary errors %}``: the list of faults, each a link to its field. Nothing where there are none.

    ``pages``: the address of the page of its own on which a fault is mended, by field.
    """
    elsewhere = pages or {}
    faults = [(each.message, elsewhere.get(each.field, each.field and f"#f-{each.field}")) for each in errors or ()]
    return {"faults": faults, "title": title or _("请先更正以下内容")}


@register.inclusion_tag("ui/parts/upload.html")
def file_field(
    key: str,
    label: str,
    files: Sequence[FileRow] | None = None,
    *,
    errors: Sequence[FieldError] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """``{% file_field key label files errors=… hint=… accept=".pdf" limit=bytes required=True multiple=True %}``."""
    own = [error.message for error in errors or () if error.field == key]
    limit = int(options.get("limit") or 0)
    accept = str(options.get("accept") or ".pdf,.jpg,.png,.ofd")
    return {
        "key": key,
        "label": label,
        "files": files or (),
        "errors": own,
        "hint": options.get("hint", ""),
        "accept": accept,
        "formats": "、".join(part.strip(" .").upper() for part in accept.split(",")),
        "limit": limit,
        "limit_text": size_text(limit) if limit else "",
        "required": options.get("required", True),
        "multiple": options.get("multiple", False),
        "described": " ".join([f"f-{key}-hint", *([f"f-{key}-error"] if own else [])]),
    }


@register.simple_tag
def tag(value: Tag | str, tone: str = "none") -> SafeString:
    """``{% tag "免提交" "go" %}`` or ``{% tag a_tag %}``."""
    mark = value if isinstance(value, Tag) else Tag(str(value), Tone(tone))
    return format_html('<span class="tag tag--{}">{}</span>', mark.tone.value, mark.text)


@register.simple_tag
def phase(value: str) -> SafeString:
    """``{% phase "办理中" %}``: the mark of a citizen's phase."""
    return tag(phase_tag(value))


@register.simple_tag
def qr(text: str, title: str = "") -> SafeString:
    """``{% qr address "扫码打开本页" %}``: a QR code (GB/T 18284) as inline SVG, without any style of its own."""
    svg = segno.make(text, error="m", micro=False).svg_inline(border=2, svgclass=None, lineclass=None, omitsize=True)
    label = title or _("二维码")
    return format_html('<div class="qr" role="img" aria-label="{}">{}</div>', label, SafeString(svg))


@register.inclusion_tag("ui/parts/clock.html")
def clock_box(box: ClockBox) -> dict[str, Any]:
    """``{% clock_box box %}``."""
    return {"box": box}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(moments: Sequence[Moment], style: str = "") -> dict[str, Any]:
    """``{% timeline moments %}``: 办理经过. ``style`` "full" always shows the year."""
    return {"moments": moments, "style": style}


@register.inclusion_tag("ui/parts/tasks.html")
def task_list(tasks: Sequence[Task]) -> dict[str, Any]:
    """``{% task_list tasks %}``."""
    return {"tasks": tasks}


@register.inclusion_tag("ui/parts/facts.html")
def facts_list(facts: Sequence[Fact]) -> dict[str, Any]:
    """``{% facts_list facts %}``."""
    return {"facts": facts}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """``{% crumbs "我要办" browse_url "食品经营许可" %}``: label, address, …, and last the page itself."""
    labels, hrefs = pairs[0::2], pairs[1::2]
    steps = [Crumb(label, hrefs[n] if n < len(hrefs) else "") for n, label in enumerate(labels)]
    return {"steps": [Crumb(_("首页"), reverse("portal:home")), *steps]}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, hint: str = "") -> dict[str, Any]:
    """``{% empty "还没有办件" "从“我要办”开始。" %}``."""
    return {"title": title, "hint": hint}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: RequestContext, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """``{% pages page_obj %}``: pagination that keeps the rest of the address."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    rest = f"&{query.urlencode()}" if query else ""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "name": name, "rest": rest}


@register.simple_tag
def when(value: datetime | date | None, style: str = "") -> SafeString | str:
    """``{% when moment %}``: 3月2日 09:12 in a ``<time>``; a date: 3月17日（周二）; the year where it is not this one.

    ``style`` "full" is the one form of citizens' pages: 2026年3月17日, 2026年3月2日 09:12.
    """
    if value is None:
        return ""
    now = timezone.localtime()
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        text = dates.moment(local, year=style == "full" or local.year != now.year)
        return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)
    text = dates.plain_day(value, year=True) if style == "full" else dates.day(value, year=value.year != now.year)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def cn_date(value: date) -> str:
    """``{{ due|cn_date }}``: 3月17日（周二）, for officers."""
    return dates.day(_local_day(value))


@register.filter
def cn_month(value: date) -> str:
    """``{{ check.month|cn_month }}``: 2026年3月."""
    return _("%(year)s年%(month)s月") % {"year": value.year, "month": value.month}


@register.filter
def cn_full_date(value: date) -> str:
    """``{{ due|cn_full_date }}``: 2026年3月17日（周二）, for officers."""
    return dates.day(_local_day(value), year=True)


@register.filter
def citizen_date(value: date) -> str:
    """``{{ due|citizen_date }}``: 2026年3月17日, the one form of citizens' pages."""
    return dates.plain_day(_local_day(value), year=True)


def _local_day(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).date()
    return value


register.filter("mask_id", mask_id)
register.filter("mask_name", mask_name)
register.filter("mask_phone", mask_phone)
register.filter("file_size", size_text)
