"""``onedoor bench NAME [--seconds N] [--json]``, ``onedoor bench list``: one benchmark in an instance of its own."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onedoor.bench import cases, history, items, pages, races, search, submit, window
from onedoor.bench.figures import Figure, UnmeasuredError, as_json, as_text

# A benchmark takes ``seconds`` (of each of its measured rounds) and gives figures.
BENCHES: dict[str, tuple[str, Callable[..., Iterable[Figure]]]] = {
    "submit": ("经接口提交完整的申请：速度、延迟、数据库语句数，并与裸插入对照", submit.measure),
    "cases": ("办件的一生：每步多快，旁边是裸语句和别的流程引擎；并行意见增多是不是线性", cases.measure),
    "races": ("八个部门同时办一件、期限届满与办理同时：有没有丢的，是不是每次只有一个算数，一千次", races.measure),
    "items": ("三百个和三千个事项的检查、发布、查找和办事指南，看随目录变大慢多少", items.measure),
    "search": ("按人们的说法找事项：准不准、快不快，旁边是逐字匹配和 PostgreSQL 三字匹配", search.measure),
    "pages": ("十万件办件时各页面的服务器用时、首次打开的重量，以及 Lighthouse", pages.measure),
    "history": (
        "一万件和一百万件办结件时收件箱、办件页、进度页、提交慢多少；十万个期限重算",
        history.measure,
    ),
    "window": ("窗口收件：几个按键、几次点击、折合多少秒，旁边是假设的纸面办法；超过九十秒就算不合格", window.measure),
}


class Command(BaseCommand):
    help = "性能测试：每项在自己的临时实例里运行，不碰任何已有数据"
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=["list", *BENCHES], metavar="NAME", help=f"list 或 {'、'.join(BENCHES)}")
        parser.add_argument("--seconds", type=float, default=30.0, help="每一轮测多少秒")
        parser.add_argument("--cases", type=int, help="只用于 history：办结件多少（默认一百万）")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if name == "list":
            self.stdout.write("\n".join(f"{key:<10} {words}" for key, (words, _) in BENCHES.items()))
            return
        if options["cases"] is not None and name != "history":
            raise CommandError("只有 history 可以用 --cases 指定多少件。")
        size = {} if options["cases"] is None else {"cases": max(1, options["cases"])}
        if wrong := self._measure(name, in_json=options["json"], seconds=max(1.0, options["seconds"]), **size):
            raise CommandError("\n".join(wrong))

    def _measure(self, name: str, *, in_json: bool, **how: float) -> list[str]:
        """Say each figure as it comes (as JSON: all at the end); what is wrong with them."""
        figures, wrong = [], []
        try:
            for figure in BENCHES[name][1](**how):
                figures.append(figure)
                if not in_json:
                    self.stdout.write(as_text(figure))
        except UnmeasuredError as error:
            wrong.append(str(error))
        if in_json:
            self.stdout.write(as_json(name, figures))
        if over := [figure.name for figure in figures if not figure.kept]:
            wrong.append(f"超过了限度：{'；'.join(over)}")
        return wrong
