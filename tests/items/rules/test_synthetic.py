"""For every item of the sample county there is an applicant whose answers pass the form."""

from datetime import date
from pathlib import Path

import pytest

from onedoor.items import rules as items
from onedoor.items.rules import synthetic
from onedoor.kernel.journey import clean_all

FOLDER = Path(items.__file__).parents[1] / "data" / "530524"


@pytest.mark.parametrize("kind", ["person", "entity"])
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_synthetic_applicant_passes_every_form(path: Path, kind: str) -> None:
    item = items.read(path.read_text(encoding="utf-8"), file=path.name).item
    facts = {**synthetic.situations(item), "applicant.kind": kind, "applicant.agent": False}
    given = synthetic.answers(item.form, facts=facts, today=date(2026, 11, 20), area="530524101001")
    assert clean_all(item.form, given, today=date(2026, 11, 20), facts=facts).errors == ()
