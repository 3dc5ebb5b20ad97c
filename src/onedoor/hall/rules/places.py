"""Where a clerk receives."""

from __future__ import annotations

from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Forbidden


def place_of(by: Actor) -> Target:
    """The window at which this clerk receives: what a read, a mandate or a visit there is aimed at.

    Raises Forbidden where no grant lets this officer receive anywhere.
    """
    grant = next((grant for grant in by.grants if Act.RECEIVE in grant.acts), None)
    if grant is None:
        raise Forbidden("只有窗口收件人员可以接待来访。")
    organs = frozenset({grant.organ} if grant.organ else ())
    return Target(organs, grant.area, item=min(grant.items) if grant.items else None)
