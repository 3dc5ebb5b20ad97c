"""Sealing, and finding out what was done to a sealed journal behind its back."""

import json
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from tests.journal.facts import AT, entry

from onedoor.journal import commands, jobs, ports, queries
from onedoor.kernel import merkle, sm
from onedoor.kernel.actor import system

pytestmark = pytest.mark.usefixtures("committed_db")
CUT = (  # all that tells of the last four of twelve facts
    "DELETE FROM journal_personal WHERE entry_id > 8",
    "DELETE FROM journal_entry WHERE id > 8",
    "DELETE FROM journal_leaf WHERE index >= 8",
    "DELETE FROM journal_node WHERE (index + 1) << level > 8",
    "DELETE FROM journal_checkpoint WHERE size > 8",
)


def write(*seqs: int, stream: str = "case:1", **changes: Any) -> None:
    with transaction.atomic():
        commands.append([entry(seq, stream=stream, **changes) for seq in seqs])


def sealed_journal() -> None:
    """Twelve facts under three checkpoints."""
    for first in (1, 5, 9):
        write(*range(first, first + 4), personal={"name": "李桂芬"})
        assert jobs.seal() == 4


def sql(*statements: str) -> None:
    """As the owner who first switches the triggers off: what a dishonest administrator would do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def faults(**options: Any) -> str:
    """What ``onedoor verify`` says when it fails."""
    said = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("verify", stderr=said, stdout=StringIO(), **options)
    assert raised.value.returncode == 1
    return said.getvalue()


def said() -> str:
    output = StringIO()
    call_command("verify", stdout=output)
    return output.getvalue()


def test_an_untouched_journal_verifies_against_database_and_file() -> None:
    sealed_journal()
    assert "12 条事实" in said()
    assert [c.size for c in queries.checkpoints()] == [4, 8, 12]
    assert queries.outside_checkpoints() == queries.checkpoints()


def test_an_empty_journal_verifies() -> None:
    assert jobs.seal() == 0
    assert "0 条事实" in said()


def test_no_checkpoint_is_made_where_nothing_is_new() -> None:
    sealed_journal()
    assert jobs.seal() == 0
    assert len(queries.checkpoints()) == 3


def test_a_checkpoint_is_signed_over_its_text_and_its_root_is_that_of_the_leaves() -> None:
    sealed_journal()
    last = queries.checkpoints()[-1]
    public = ports.signer().public_keys()[last.key_id]
    assert sm.verify(public, last.text(), last.signature)
    assert last.root == merkle.frontier(leaf.hash for leaf in queries.sealed_rows()).root()


def test_every_sealed_fact_has_an_inclusion_proof() -> None:
    sealed_journal()
    for leaf in queries.sealed_rows():
        found = queries.inclusion(leaf.entry_id)
        assert found is not None
        checkpoint, index, proof = found
        head = merkle.Head(checkpoint.size, checkpoint.root)
        assert merkle.verify_inclusion(leaf.hash, index, head, proof=proof)
    write(13)
    assert queries.inclusion(queries.stream("case:1")[-1].id) is None


def test_the_outside_file_catches_up_after_a_crash_between_commit_and_file() -> None:
    sealed_journal()
    whole = settings.CHECKPOINTS_FILE.read_text()
    settings.CHECKPOINTS_FILE.write_text(whole[: whole.index("\n") + 30])
    write(13)
    jobs.seal()
    assert queries.outside_checkpoints() == queries.checkpoints()
    assert "13 条事实" in said()


def in_parts() -> list[Path]:
    """Twelve facts under three checkpoints, each in a file of its own; the files put aside."""
    for first in (1, 5, 9):
        write(*range(first, first + 4))
        jobs.seal()
        commands.publish(settings.CHECKPOINTS_FILE, most=1)
    return sorted(settings.CHECKPOINTS_FILE.parent.glob("checkpoints.*.jsonl"))


def test_a_file_that_has_grown_is_put_aside_and_every_part_still_counts() -> None:
    assert [part.name for part in in_parts()] == [f"checkpoints.{size:012}.jsonl" for size in (4, 8, 12)]
    assert queries.outside_checkpoints() == queries.checkpoints()
    assert "6 个检查点" in said()
    settings.CHECKPOINTS_FILE.write_text('{"si')  # a crash in the first line of the next file
    write(13)
    jobs.seal()
    assert len(settings.CHECKPOINTS_FILE.read_text().splitlines()) == 1
    assert queries.outside_checkpoints() == queries.checkpoints()


def test_a_tail_cut_off_is_found_by_the_parts_that_were_put_aside() -> None:
    in_parts()
    sql(*CUT)
    assert "尾部被截断" in faults()


def test_a_part_that_is_gone_is_missed() -> None:
    in_parts()[1].unlink()
    assert "库外检查点不全：缺 1 个，第一个在第 8 条" in faults()


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'submitteD'",
        "body = jsonb_set(body, '{b}', '2')",
        "body = jsonb_set(body, '{b}', '1.0')",
        "body = jsonb_set(body, '{b}', '12345678901234567890')",
        "occurred_at = occurred_at + interval '1 microsecond'",
        "recorded_at = recorded_at + interval '1 microsecond'",
        "actor = 'system:tess'",
        "on_behalf_of = ''",
        "xid = '3'",
        "epoch = epoch + 1",
        "occurred_at = 'infinity'",
    ],
)
def test_one_changed_byte_is_found_and_its_row_named(change: str) -> None:
    sealed_journal()
    sql(f"UPDATE journal_entry SET {change} WHERE seq = 6")
    assert "条目 6（case:1 第 6 条）的内容与封存时不同" in faults()


def test_a_deleted_row_is_found_and_named() -> None:
    sealed_journal()
    sql("DELETE FROM journal_personal WHERE entry_id = 6", "DELETE FROM journal_entry WHERE id = 6")
    assert "条目 6 被删除" in faults()


def test_a_row_deleted_with_its_leaf_is_found() -> None:
    sealed_journal()
    sql("DELETE FROM journal_entry WHERE id = 6", "DELETE FROM journal_leaf WHERE entry_id = 6")
    assert "缺少第 5 号封存位（下一条是条目 7）" in faults()


def test_two_rows_that_change_places_are_found_and_named() -> None:
    sealed_journal()
    sql(
        "UPDATE journal_entry SET id = -1 WHERE id = 6",
        "UPDATE journal_entry SET id = 6 WHERE id = 7",
        "UPDATE journal_entry SET id = 7 WHERE id = -1",
    )
    message = faults()
    assert "条目 6（case:1 第 7 条）的内容与封存时不同" in message
    assert "条目 7（case:1 第 6 条）的内容与封存时不同" in message


def test_leaves_that_change_places_with_their_hashes_are_found_by_the_root() -> None:
    sealed_journal()
    sql(
        "UPDATE journal_leaf SET index = -1 WHERE entry_id = 6",
        "UPDATE journal_leaf SET index = 5 WHERE entry_id = 7",
        "UPDATE journal_leaf SET index = 6 WHERE entry_id = 6",
    )
    assert "检查点 8 的树根不符：条目 5 至 8 之间有改动、删除或换序" in faults()


def test_a_change_with_a_freshly_computed_leaf_is_found_by_the_root() -> None:
    sealed_journal()
    sql("UPDATE journal_entry SET kind = 'other' WHERE id = 6")
    row = next(leaf for leaf in queries.sealed_rows() if leaf.entry_id == 6).row
    assert row is not None
    forged = merkle.leaf_hash(queries_leaf(row))
    sql(f"UPDATE journal_leaf SET hash = '\\x{forged.hex()}' WHERE entry_id = 6")
    assert "检查点 8 的树根不符：条目 5 至 8" in faults()


def queries_leaf(row: Any) -> bytes:
    from onedoor.journal.rules import leaf_bytes

    return leaf_bytes(row)


def test_a_tail_cut_off_with_its_leaves_and_checkpoints_is_found_by_the_file_outside() -> None:
    sealed_journal()
    sql(*CUT)
    assert "尾部被截断：检查点证明有 12 条，现在只有 8 条（最后一条是条目 8）" in faults()


def test_a_journal_that_went_on_after_its_tail_was_cut_is_found() -> None:
    test_a_tail_cut_off_with_its_leaves_and_checkpoints_is_found_by_the_file_outside()
    write(9, 10, 11, 12, 13)
    jobs.seal()
    assert "检查点 12 的树根不符" in faults()


def test_leaves_without_a_checkpoint_are_found() -> None:
    sealed_journal()
    sql("DELETE FROM journal_checkpoint WHERE size = 12")
    settings.CHECKPOINTS_FILE.write_text("".join(settings.CHECKPOINTS_FILE.read_text().splitlines(True)[:2]))
    assert "第 8 号之后的封存位没有检查点" in faults()


def test_a_missing_or_unreadable_file_outside_is_a_fault() -> None:
    sealed_journal()
    kept = settings.CHECKPOINTS_FILE.read_text()
    settings.CHECKPOINTS_FILE.unlink()
    assert "不在" in faults()
    settings.CHECKPOINTS_FILE.write_text("{}\n" + kept)
    assert "读不懂" in faults()


def test_a_forged_signature_and_an_unknown_key_are_found() -> None:
    sealed_journal()
    sql("UPDATE journal_checkpoint SET sealed_at = sealed_at + interval '1 day' WHERE size = 8")
    assert "检查点 8 的签名不真实" in faults()
    sql("UPDATE journal_checkpoint SET key_id = 'other' WHERE size = 8")
    assert "检查点 8 由未知密钥 other 签名" in faults()


def test_a_row_slipped_in_among_sealed_ones_is_found() -> None:
    sealed_journal()
    sql(
        "INSERT INTO journal_entry (stream, seq, kind, occurred_at, actor, channel, entry_mode, body, xid)"
        " SELECT 'case:9', 1, kind, occurred_at, actor, channel, entry_mode, body, xid FROM journal_entry WHERE id = 6"
    )
    assert "条目 13 排在已封存的事实之间却没有封存" in faults()


def test_erasing_personal_values_breaks_no_seal() -> None:
    sealed_journal()
    commands.erase("case:1", by=system("test"), at=AT, reason="本人要求删除")
    jobs.seal()
    assert "13 条事实" in said()


def exported(tmp_path: Path) -> Path:
    path = tmp_path / "journal.jsonl"
    call_command("journal", "export", str(path), stdout=StringIO())
    return path


def test_an_export_verifies_without_the_database(tmp_path: Path) -> None:
    sealed_journal()
    write(13)  # not sealed: not exported
    path = exported(tmp_path)
    assert "李桂芬" not in path.read_text()
    sql("DROP TABLE journal_checkpoint", "DROP TABLE journal_leaf")
    output = StringIO()
    call_command("verify", file=path, stdout=output)
    assert "12 条事实" in output.getvalue()


def altered(change: Callable[[list[dict[str, Any]]], None], path: Path) -> Path:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def kind_of_the_sixth(lines: list[dict[str, Any]]) -> None:
    next(line for line in lines if line.get("entry") == 6)["row"]["kind"] = "other"


def without_the_sixth(lines: list[dict[str, Any]]) -> None:
    lines.remove(next(line for line in lines if line.get("entry") == 6))


def without_the_end(lines: list[dict[str, Any]]) -> None:
    lines.pop()


def with_a_checkpoint_of_another_key(lines: list[dict[str, Any]]) -> None:
    next(line for line in lines if "checkpoint" in line)["checkpoint"]["key_id"] = "0" * 16


def with_a_row_that_is_none(lines: list[dict[str, Any]]) -> None:
    next(line for line in lines if line.get("entry") == 6)["row"] = [1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (kind_of_the_sixth, "条目 6（case:1 第 6 条）的内容与封存时不同"),
        (without_the_sixth, "缺少第 5 号封存位（下一条是条目 7）"),
        (without_the_end, "导出文件不完整"),
        (with_a_checkpoint_of_another_key, "由未知密钥"),
        (with_a_row_that_is_none, "第 8 行读不懂"),
    ],
)
def test_an_altered_export_is_found(tmp_path: Path, change: Callable[[Any], None], message: str) -> None:
    sealed_journal()
    assert message in faults(file=altered(change, exported(tmp_path)))


def test_an_export_signed_by_another_key_than_expected_fails(tmp_path: Path) -> None:
    sealed_journal()
    assert "由未知密钥" in faults(file=exported(tmp_path), key="0" * 16)


def test_an_export_cut_at_a_checkpoint_is_found_by_checkpoints_kept_elsewhere(tmp_path: Path) -> None:
    sealed_journal()

    def cut(lines: list[dict[str, Any]]) -> None:
        del lines[11:]
        lines.append({"end": 8})

    path = altered(cut, exported(tmp_path))
    call_command("verify", file=path, stdout=StringIO())  # by itself it is a whole, older export
    assert "尾部被截断" in faults(file=path, checkpoints=settings.CHECKPOINTS_FILE)


def test_eight_writers_and_a_sealer_leave_no_row_unsealed_and_no_gap() -> None:
    stop = threading.Event()

    def sealer() -> None:
        while not stop.wait(0.01):
            jobs.seal()
        connection.close()

    def writer(number: int) -> None:
        for seq in range(1, 61):
            write(seq, stream=f"case:{number}")
            with transaction.atomic():  # a rolled-back act leaves an id that never comes
                commands.append([entry(seq, stream=f"lost:{number}")])
                transaction.set_rollback(True)
        connection.close()

    sealing = [threading.Thread(target=sealer) for _ in range(2)]
    writing = [threading.Thread(target=writer, args=(number,)) for number in range(8)]
    for thread in (*sealing, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    stop.set()
    for thread in sealing:
        thread.join()
    jobs.seal()
    leaves = list(queries.sealed_rows())
    assert [leaf.index for leaf in leaves] == list(range(480))
    assert len({leaf.entry_id for leaf in leaves}) == 480
    assert queries.seal_lag().waiting == 0
    assert "480 条事实" in said()


def test_a_fact_waits_while_an_older_transaction_is_open_and_the_lag_shows_it(committed_db: str) -> None:
    opened, close = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            commands.append([entry(1, stream="slow:1")])
            opened.set()
            close.wait(30)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    opened.wait(30)
    write(1)
    assert jobs.seal() == 0
    lag = queries.seal_lag()
    assert (lag.waiting, lag.oldest) == (1, queries.stream("case:1")[0].recorded_at)
    close.set()
    thread.join()
    assert jobs.seal() == 2
    assert queries.seal_lag().waiting == 0
