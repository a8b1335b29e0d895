"""What cannot be opened or fitted gets one clear message in the window, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pellucid.models.types import FitOptions
from pellucid.ui.session import Session
from pellucid.ui.window import Window

Until = Callable[[Callable[[], bool]], None]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def bad_files(folder: Path) -> list[Path]:
    """Make files that are no tables."""
    (folder / "empty.csv").write_bytes(b"")
    (folder / "picture.csv").write_bytes(PNG)
    (folder / "only a heading.csv").write_text("a,b,c\n")
    (folder / "folder.csv").mkdir()
    names = ("empty.csv", "picture.csv", "only a heading.csv", "folder.csv", "missing.csv")
    return [folder / name for name in names]


def test_what_is_no_table_is_said_in_the_banner_and_the_open_table_stays(
    window: Window, opened: Session, until: Until, tmp_path: Path
) -> None:
    kept = opened.path
    for path in bad_files(tmp_path):
        opened.open_file(path)
        until(lambda: opened.error is not None and opened.opening is None)
        assert window.banner.isVisible(), path
        assert window.banner.text.count(".") >= 2, path
        assert "Traceback" not in window.banner.text
        assert opened.error is not None
        assert opened.error.hint, path
        assert not opened.error.is_crash
        assert opened.path == kept
        opened.clear_error()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one column.csv", "a\n" + "".join(f"{i}\n" for i in range(40))),
        ("one row.csv", "a,b\n1,2\n"),
        ("same names.csv", "a,a,\n" + "1,2,3\n4,5,6\n" * 20),
        ('<b>"=cmd()".csv', '"<b>x</b>","=cmd()"\n' + "1,2\n3,4\n" * 20),
        ("not utf-8.csv", b"name,n\n" + b"caf\xe9,1\nna\xefve,2\n" * 20),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith("csv") else "",
)
def test_what_is_odd_but_a_table_opens(
    window: Window, until: Until, tmp_path: Path, name: str, content: str | bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    session = window.session
    session.open_file(path)
    until(lambda: session.profile is not None)
    for page in ("data", "explore", "model", "words"):
        window.show_page(page)
    until(lambda: session.words is not None)
    assert session.error is None


@pytest.mark.parametrize(
    "lines",
    [
        [f"{i},same" for i in range(60)],
        [f"{i},class {i % 2500}" for i in range(5000)],
        ["1,yes", "1,no"] * 40,
        [f"{i},{'yes' if i % 2 else ''}" if i < 8 else f"{i}," for i in range(80)],
    ],
    ids=["constant target", "thousands of classes", "constant features", "target nearly missing"],
)
def test_a_target_that_cannot_be_predicted_says_so_and_keeps_the_table(
    window: Window, until: Until, tmp_path: Path, lines: list[str]
) -> None:
    path = tmp_path / "target.csv"
    path.write_text("x,target\n" + "\n".join(lines) + "\n")
    session = window.session
    session.open_file(path)
    until(lambda: session.profile is not None)
    window.show_page("model")
    session.fit(FitOptions("target", quality="preview"))
    until(lambda: session.error is not None)
    assert session.error is not None
    assert not session.error.is_crash
    assert session.error.hint
    assert session.opened is not None
    assert session.opened.rows == len(lines)
    assert session.summary is None
