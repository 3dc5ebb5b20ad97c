"""What is sealed, byte for byte."""

import json
from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from onedoor.journal.rules import Checkpoint, leaf_bytes, read_body
from onedoor.journal.rules.positions import START, Position, from_token
from onedoor.journal.rules.sealing import checkpoint_from_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, JSON, max_size=6))
def test_leaf_bytes_are_rfc_8785(row: dict[str, Any]) -> None:
    assert leaf_bytes(row) == rfc8785.dumps(row)


def test_keys_sort_by_their_utf_16_halves() -> None:
    assert leaf_bytes({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_numbers_that_cannot_be_held_exactly_keep_their_spelling() -> None:
    spellings = ["1", "1.0", "1e0", "10000000000000000000000", "10000000000000000000001", '"1.0"', "true"]
    assert len({leaf_bytes(read_body(f'{{"a": {text}}}')) for text in spellings}) == len(spellings)


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_a_position_survives_its_token(epoch: int, xid: int, entry: int) -> None:
    position = Position(epoch, xid, entry)
    assert from_token(position.token()) == position
    assert from_token("") == START


@given(st.integers(0, 2**53), st.binary(min_size=32, max_size=32), st.binary(max_size=72))
def test_a_checkpoint_survives_its_line(size: int, root: bytes, signature: bytes) -> None:
    checkpoint = Checkpoint(size, root, "2026-02-13T01:02:03.000004Z", "0011223344556677", signature)
    assert checkpoint_from_json(json.loads(json.dumps(checkpoint.to_json()))) == checkpoint


def test_the_text_of_a_checkpoint_says_everything_but_its_signature() -> None:
    checkpoint = Checkpoint(7, bytes(32), "2026-02-13T01:02:03.000004Z", "0011223344556677", b"x")
    assert checkpoint.text().decode().splitlines() == [
        "onedoor journal",
        "SM3 0011223344556677",
        "7",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "2026-02-13T01:02:03.000004Z",
    ]
