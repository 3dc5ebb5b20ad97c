"""What the server's log says an act did."""

from onedoor.bench import statements

LOG = """@12@3/7@ LOG:  statement: BEGIN
@12@3/7@ LOG:  execute _pg3_4: INSERT INTO cases_submission (actor, key)
\tVALUES ($1, $2)
@12@3/7@ DETAIL:  Parameters: $1 = 'client:x', $2 = 'k1'
@99@4/1@ LOG:  statement: BEGIN
@99@4/1@ LOG:  statement: SELECT 'of somebody else'
@12@3/7@ LOG:  execute <unnamed>: SELECT 1 /* it''s BEGIN */
@12@3/7@ LOG:  statement: COMMIT
@12@3/8@ LOG:  statement: SELECT 'after the act'
@99@4/1@ LOG:  statement: COMMIT
"""


def test_only_the_act_with_the_mark_is_counted_and_only_what_is_inside() -> None:
    assert statements.acts(LOG, mark="cases_submission") == [
        ("INSERT INTO cases_submission (actor, key)\n\tVALUES ($1, $2)", "SELECT 1 /* it''s BEGIN */")
    ]


def test_an_act_that_was_rolled_back_or_not_yet_ended_is_told_apart() -> None:
    begun = LOG.replace("@12@3/7@ LOG:  statement: COMMIT\n", "")
    assert statements.acts(begun, mark="cases_submission") == []


def test_for_people_values_and_line_ends_go() -> None:
    assert statements.brief(["INSERT INTO t\n  VALUES ('张''三', 5)"]) == ("INSERT INTO t VALUES ('…', 5)",)
