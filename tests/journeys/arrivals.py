"""``python -m tests.journeys.arrivals`` sends in applications of one restaurant, and prints their numbers.

For journeys that are about officers: what came before is done by the real command, only without a browser.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from uuid import uuid4

NUMBER = 12
ITEM, ACCOUNT = "食品经营许可", "lixiulan"
OWN = {"catering_projects": ["hot", "drinks"], "delivery_way": "online", "place_size": "86", "seats": "40"}
OWN |= {"place_address": "云南省保山市昌宁县田园镇人民路88号", "staff_count": "6", "floors": "2"}


def main() -> None:
    """Apply, and print."""
    import django

    django.setup()
    from django.utils import timezone

    sys.stdout.write(json.dumps([apply(at=timezone.now()) for _ in range(NUMBER)]))


def apply(*, at: datetime) -> str:
    """One complete application by whoever may act for the restaurant."""
    from onedoor.access import queries as accounts
    from onedoor.cases import commands
    from onedoor.demo.applications import Wish, apply_for
    from onedoor.demo.people import Applicant
    from onedoor.items import queries as items
    from onedoor.kernel.actor import Channel, system
    from onedoor.kernel.clock import local_date

    today = local_date(at)
    ref = accounts.account_named(ACCOUNT, by=system("demo")).ref
    actor = accounts.actor_of(ref, channel=Channel.WEB, on=today)
    shop = next(one for one in actor.represents if one.party.startswith("entity:"))
    item = items.version(next(line.id for line in items.catalogue() if line.name == ITEM))
    applicant = Applicant("shop", shop.party, shop.name, "530524101001", {})
    application = apply_for(Wish(item, applicant, {}, OWN), by=actor, at=at, today=today)
    return commands.submit(application, by=actor, at=at, key=uuid4().hex).number


if __name__ == "__main__":
    main()
