"""The small words beside colours and sizes."""

import pytest

from onedoor.ui.parts import Tone, phase_tag, size_text


@pytest.mark.parametrize(
    ("phase", "tone"),
    [
        ("办理中", Tone.WAIT),
        ("等您补正", Tone.TODO),
        ("已办结", Tone.GO),
        ("不予受理", Tone.STOP),
        ("没听说过", Tone.NONE),
    ],
)
def test_a_phase_keeps_its_words_and_has_a_tone(phase: str, tone: Tone) -> None:
    assert (phase_tag(phase).text, phase_tag(phase).tone) == (phase, tone)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 字节"), (1023, "1023 字节"), (320_000, "312 KB"), (10 * 2**20, "10 MB"), (3_400_000, "3.2 MB")],
)
def test_sizes_are_in_words_a_reader_knows(size: int, text: str) -> None:
    assert size_text(size) == text
