"""The encoding is found, and no byte is lost that can be read."""

from __future__ import annotations

import pytest
from made_tables import OpenText

FRENCH = "ville,montant\nMontpellier,élevé\nNîmes,modéré\nSète,à revoir\n"
CHINESE = "城市,天气\n" + "北京,晴天很好\n上海,多云转阴\n广州,大雨连绵\n" * 5
JAPANESE = "都市,天気\n" + "東京,とても晴れです\n大阪,くもりのち雨\n札幌,ゆきがふる\n" * 5
POLISH = "miasto,opis\nŁódź,śnieg i żółw\nKraków,mała wieś\nGdańsk,łąka\n"
TAIWAN = "城市,天氣\n" + "臺北,晴天很好的說\n高雄,多雲轉陰時晴\n臺中,大雨連綿不斷\n" * 5


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8-sig"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-16", "utf-16"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (POLISH, "cp1250", "cp1250"),
        (CHINESE, "gbk", "gb18030"),
        (TAIWAN, "big5", "big5hkscs"),
        (JAPANESE, "shift_jis", "cp932"),
    ],
)
def test_the_encoding_is_found(open_text: OpenText, text: str, encoding: str, named: str) -> None:
    table = open_text(text.encode(encoding))
    assert table.source.encoding == named
    lines = [tuple(line.split(",")) for line in text.splitlines()]
    assert table.page(0, len(lines)) == lines[1:]
    assert [c.name for c in table.columns] == list(lines[0])


def test_a_given_encoding_is_used(open_text: OpenText) -> None:
    table = open_text("a,b\né,ü\nö,x\n".encode("cp437"), encoding="cp437")
    assert table.page(0, 1) == [("é", "ü")]


def test_stray_bytes_in_utf8_are_read_as_windows_1252_and_told(open_text: OpenText) -> None:
    good = "name,word\n" + "Zoë,naïve\n" * 20
    table = open_text(good.encode() + b"caf\xe9,x\n")
    assert table.page(20, 1) == [("café", "x")]
    assert [note.kind for note in table.notes] == ["encoding"]


def test_bytes_far_into_a_file_decide_too(open_text: OpenText) -> None:
    plain = "city,word\n" + "Paris,nothing special\n" * 60_000
    table = open_text(plain.encode() + "Nîmes,café\n".encode("cp1252"))
    assert table.page(60_000, 1) == [("Nîmes", "café")]
    assert table.source.encoding == "cp1252"


def test_utf8_at_the_start_is_not_given_up_for_bytes_far_into_a_file(open_text: OpenText) -> None:
    start = "ville,mot\nNîmes,café\n" + "Paris,rien\n" * 120_000
    table = open_text(start.encode() + "Sète,été\n".encode("cp1252"))
    assert table.page(0, 1) == [("Nîmes", "café")]
    assert table.page(120_001, 1) == [("Sète", "été")]


def test_what_cannot_be_read_is_counted(open_text: OpenText) -> None:
    table = open_text(CHINESE.encode("gbk") + b"x,\xff\xff\n", encoding="gbk")
    assert "2 characters could not be read as gbk" in table.notes[0].message
