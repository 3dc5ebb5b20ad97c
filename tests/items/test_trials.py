"""Every paper that an item gives rise to can be made, down to the decision about a case that there is not yet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.items.samples import DAY, item, text

from onedoor.documents.rules import DenialDecision, Document
from onedoor.items import commands, ports, queries
from onedoor.items.models import Version
from onedoor.items.rules import BadFile
from onedoor.items.rules.trial import Trouble
from onedoor.kernel.actor import system
from onedoor.kernel.clock import CHINA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=CHINA)
LONG = "{number: 6, unit: workday, start: accepted, note: 内部环节时限（示例）}"


@pytest.fixture
def court_less() -> Iterator[None]:
    """A rehearsal of which each refusal names no court."""
    wired = ports.rehearse()
    assert wired is not None

    def forgetful(*args: Any, **named: Any) -> tuple[Document, ...]:
        return tuple(
            replace(made, remedies=replace(made.remedies, court="")) if isinstance(made, DenialDecision) else made
            for made in wired(*args, **named)
        )

    ports.connect(rehearse=forgetful)
    yield
    ports.connect(rehearse=wired)


def test_forms_samples_receipt_and_both_decisions_are_drawn() -> None:
    assert queries.tried(item("animal-clinic"), on=DAY, draw=True).failures == ()


@pytest.mark.usefixtures("court_less")
def test_a_refusal_without_a_court_is_told_before_anybody_gets_one() -> None:
    (failure,) = queries.tried(item(), on=DAY).failures
    assert failure.trouble is Trouble.PAPER
    assert "申请人拿不到办件的文书（denial_decision）：文书缺少管辖法院" in failure.story


def test_an_item_on_which_somebody_gets_stuck_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "food.yaml").write_text(text().replace(LONG.replace("6", "3"), LONG, 1), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        commands.import_folder(tmp_path, by=system("test"), at=AT)
    (fault,) = caught.value.faults
    assert (Path(fault.file).name, fault.rule, fault.field) == ("food.yaml", "trial.too_long", "clock.promised")
    assert not Version.objects.exists()
