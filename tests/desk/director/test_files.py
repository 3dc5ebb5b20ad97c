"""Tables as files."""

from onedoor.desk.director.files import as_csv
from onedoor.desk.director.tables import Cell, Table


def test_a_name_that_looks_like_a_formula_is_disarmed_and_a_negative_number_is_none() -> None:
    table = Table("t", "表", ("名",), ((Cell("", "=HYPERLINK(1)"), Cell("", -1), Cell("", None)),))
    assert as_csv(table).decode("utf-8-sig").splitlines()[1] == "'=HYPERLINK(1),-1,"
