"""Whoever imports a list that names a file which is not here is told; what is here opens."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest
from tests.items.samples import changed
from tests.vault.uploads import PDF

from onedoor.items import commands, queries
from onedoor.items.rules.uploads import SUBJECT, Upload
from onedoor.kernel import sm
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Invalid, NotFound
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SYSTEM = system("test")
HELD = Upload("申请表.pdf", sm.sm3(PDF).hex())


def test_a_list_that_names_a_file_which_is_not_here_is_not_published() -> None:
    item = changed({"materials.0.blank_file": {"name": HELD.name, "sm3": HELD.sm3}})
    with pytest.raises(Invalid, match=r"materials.0.blank_file|不在本平台"):
        commands.publish([item], by=SYSTEM, at=AT)
    assert queries.newest([item.code]) == {}
    with pytest.raises(NotFound, match="不在本平台"):
        queries.open_upload(HELD)


def test_what_is_here_opens_and_does_not_hinder() -> None:
    vault.store(PDF, name=HELD.name, by=SYSTEM, at=AT, to=Binding(SUBJECT, "530524000000"))
    item = changed({"materials.0.blank_file": {"name": HELD.name, "sm3": HELD.sm3}})
    assert queries.lacking([item, changed({})]) == ()
    stored, content = queries.open_upload(HELD)
    with closing(content):
        assert (stored.media_type, content.read()) == ("application/pdf", PDF)


def test_a_file_of_another_subject_is_no_paper_of_the_catalogue() -> None:
    vault.store(PDF, name=HELD.name, by=SYSTEM, at=AT, to=Binding("case:1", "530524000000"))
    with pytest.raises(NotFound):
        queries.open_upload(HELD)
