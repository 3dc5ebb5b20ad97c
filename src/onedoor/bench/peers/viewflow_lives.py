"""``python -m onedoor.bench.peers.viewflow_lives``: a plan by Viewflow; each step locks its row in a transaction."""

from __future__ import annotations

import json
import sys
import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

APPS = ("django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", "onedoor.bench.peers")


def main() -> None:
    """``{"dsn", "schema", "lives"}`` on standard input; the milliseconds of each step on standard output."""
    job = json.load(sys.stdin)
    _set_up(job["dsn"], schema=job["schema"])
    from onedoor.bench.peers.viewflow_plan import Review

    took: list[float] = []
    for number in range(job["lives"] + 1):
        times = _life(Review)
        took += times if number else []  # the first warms up
    sys.stdout.write(json.dumps(took))


def _set_up(dsn: str, *, schema: str) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    way = urlsplit(dsn)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": way.path.lstrip("/"),
        "USER": way.username,
        "PASSWORD": unquote(way.password or ""),
        "HOST": parse_qs(way.query)["host"][0],
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": f"-c search_path={schema}", "server_side_binding": True},
    }
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=APPS,
        MIDDLEWARE=(),
        USE_TZ=True,
        ROOT_URLCONF=__name__,
        SECRET_KEY="bench",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    call_command("migrate", verbosity=0)


def _life(flow: Any) -> list[float]:
    process = flow.start.run()
    process = getattr(process, "process", process)
    took = []
    for step in ("accept", "opinion_1", "opinion_2", "review", "decide"):
        node = getattr(flow, step)
        task = process.task_set.get(flow_task=node)
        began = time.perf_counter()
        node.run(task)
        took.append((time.perf_counter() - began) * 1000)
    return took


urlpatterns: list[Any] = []

if __name__ == "__main__":
    main()
