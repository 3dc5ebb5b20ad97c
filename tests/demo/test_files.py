"""The files of the sample county are what they say they are."""

from onedoor.demo import files
from onedoor.vault.rules import recognise


def test_the_page_is_a_pdf_whose_table_leads_to_its_objects() -> None:
    made = files.pdf("示例材料", "杨𡊄")
    assert recognise(made[:4096]).key == "pdf"
    start = int(made.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    places = [int(line[:10]) for line in made[start:].split(b"\n")[3:10]]
    assert [made[place : place + 7] for place in places] == [b"%d 0 obj" % number for number in range(1, 8)]


def test_the_picture_is_a_png_of_the_size_asked_for() -> None:
    made = files.png(10, width=3, height=4)
    assert recognise(made).key == "png"
    assert made[16:24] == bytes([0, 0, 0, 3, 0, 0, 0, 4])
