"""Who else has a case open: a line that fades, never a fact."""

from datetime import timedelta

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.cases.queries.presence import STAYS
from onedoor.journal import queries as journal
from onedoor.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def test_others_are_named_until_their_page_is_silent(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    case_id = commands.be_here(number, by=world.clerk, at=AT)
    commands.be_here(number, by=world.reviewer, at=AT)
    assert queries.others_here(case_id, by=world.clerk, at=AT) == ("审查员",)
    assert queries.others_here(case_id, by=world.clerk, at=AT + STAYS) == ()
    assert len(journal.stream(f"case:{case_id}")) == 1
    commands.be_here(number, by=world.clerk, at=AT + timedelta(hours=1))
    assert queries.others_here(case_id, by=world.leader, at=AT) == ("收件员",)


def test_only_officers_who_may_see_the_case_are_there(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    for nobody in (world.citizen, world.stranger):
        with pytest.raises(NotFound):
            commands.be_here(number, by=nobody, at=AT)
