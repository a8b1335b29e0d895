"""Embeddings are made once, rounded alike whether kept or not, and outlive stops and damage."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Progress, Run
from pellucid.encoders import cache, store
from pellucid.encoders.cache import clear_embeddings, embed, embeddings_bytes
from pellucid.encoders.store import VectorStore, hash_of, store_dir
from pellucid.encoders.types import EncoderInfo, Vectors


class Letters:
    """An encoder that counts what it was asked: vectors made from a text's letters."""

    def __init__(self, key: str = "letters", is_language_model: bool = True) -> None:
        self.info = EncoderInfo("letters", key, 3, is_language_model)
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], run: Run) -> Vectors:
        run.check()
        self.asked += texts
        run.progress("Encoding texts", len(texts), len(texts))
        rows = [[len(t), 1 / (1 + len(t)), sum(map(ord, t[:50])) / 7] for t in texts]
        return np.array(rows, dtype=np.float32)


TEXTS = ["bb", "a", "bb", "", "ccc 電影", "\ud800", "a"]


def test_each_text_is_encoded_once_and_stands_where_it_was() -> None:
    encoder = Letters()
    vectors = embed(TEXTS, encoder, Run())
    assert sorted(encoder.asked) == sorted(set(TEXTS))
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, Letters().encode(TEXTS, Run()), rtol=1e-3)


def test_the_same_comes_out_of_the_cache_and_without_it() -> None:
    first = embed(TEXTS, Letters(), Run())
    again = Letters()
    np.testing.assert_array_equal(embed(TEXTS, again, Run()), first)
    assert again.asked == []
    without = Letters()
    np.testing.assert_array_equal(embed(TEXTS, without, Run(), use_cache=False), first)
    assert len(without.asked) == len(set(TEXTS))


def test_nothing_is_kept_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    embed(TEXTS, Letters(), Run(), use_cache=False)
    embed(TEXTS, Letters(is_language_model=False), Run())
    monkeypatch.setenv(cache.NO_CACHE_VARIABLE, "1")
    embed(TEXTS, Letters(), Run())
    assert embeddings_bytes() == 0


def test_no_texts_and_values_beyond_half_precision() -> None:
    assert embed([], Letters(), Run()).shape == (0, 3)
    assert np.isfinite(embed(["x" * 100_000], Letters(), Run())).all()


def test_the_folder_is_for_the_user_alone_and_can_be_cleared() -> None:
    embed(TEXTS, Letters(), Run())
    assert stat.S_IMODE(store_dir().stat().st_mode) == 0o700
    assert embeddings_bytes() > 0
    clear_embeddings()
    assert embeddings_bytes() == 0
    assert list(store_dir().iterdir()) == []


def test_stopped_work_goes_on_from_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_TEXTS", 4)
    texts = [f"text {i}" for i in range(20)]
    first, second = Letters(), Letters()
    with pytest.raises(StoppedError):
        embed(texts, first, Run(should_stop=lambda: len(first.asked) >= 8))
    embed(texts, second, Run())
    assert len(first.asked) == 8
    assert len(second.asked) == 12
    assert not set(first.asked) & set(second.asked)


def test_progress_counts_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_TEXTS", 4)
    embed(["text 1", "text 2"], Letters(), Run())
    seen: list[Progress] = []
    embed([f"text {i}" for i in range(10)], Letters(), Run(on_progress=seen.append))
    assert [(p.done, p.total) for p in seen] == [(6, 10), (10, 10)]


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"x" * 4096]
)
def test_a_damaged_file_is_begun_anew(content: bytes) -> None:
    wanted = embed(TEXTS, Letters(), Run())
    (store_dir() / "letters.sqlite").write_bytes(content)
    np.testing.assert_array_equal(embed(TEXTS, Letters(), Run()), wanted)
    again = Letters()
    embed(TEXTS, again, Run())
    assert again.asked == []


def test_damage_in_the_middle_of_a_file_is_survived() -> None:
    texts = [f"text {i}" for i in range(3_000)]
    wanted = embed(texts, Letters(), Run())
    file = store_dir() / "letters.sqlite"
    content = bytearray(file.read_bytes())
    content[8_192:] = b"\xff" * (len(content) - 8_192)
    file.write_bytes(content)
    np.testing.assert_array_equal(embed(texts, Letters(), Run()), wanted)


def test_vectors_of_another_length_are_thrown_away() -> None:
    embed(TEXTS, Letters(), Run())
    with sqlite3.connect(store_dir() / "letters.sqlite") as connection:
        connection.execute("UPDATE vectors SET vector = x'00'")
    connection.close()
    encoder = Letters()
    embed(TEXTS, encoder, Run())
    assert len(encoder.asked) == len(set(TEXTS))


def test_work_goes_on_where_nothing_can_be_kept() -> None:
    (store_dir() / "letters.sqlite").mkdir()
    np.testing.assert_array_equal(
        embed(TEXTS, Letters(), Run()), embed(TEXTS, Letters(), Run(), use_cache=False)
    )


def test_a_locked_file_does_not_hold_up_what_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    embed(["one"], Letters(), Run())
    monkeypatch.setattr(store, "PATIENCE_S", 0.05)
    other = sqlite3.connect(store_dir() / "letters.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    vectors = embed(["one", "two"], Letters(), Run())
    other.close()
    assert vectors.shape == (2, 3)
    assert (store_dir() / "letters.sqlite").is_file()


def test_stores_used_longest_ago_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    texts = [f"text {i}" for i in range(3_000)]
    for age, key in enumerate(("new", "middle", "old")):
        embed(texts, Letters(key), Run())
        os.utime(store_dir() / f"{key}.sqlite", (1e9 - age, 1e9 - age))
    size = embeddings_bytes() // 3
    monkeypatch.setattr(store, "MOST_BYTES", int(3.5 * size))
    embed(texts, Letters("newest"), Run())
    assert sorted(p.stem for p in store_dir().glob("*.sqlite")) == ["middle", "new", "newest"]


def test_the_oldest_rows_of_a_store_that_is_too_large_go(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = [f"old {i}" for i in range(2_000)], [f"new {i}" for i in range(2_000)]
    embed(old, Letters(), Run())
    with sqlite3.connect(store_dir() / "letters.sqlite") as connection:
        connection.execute("UPDATE vectors SET used = used - 9")
    connection.close()
    embed(old[:10], Letters(), Run())
    monkeypatch.setattr(store, "MOST_BYTES", int(1.6 * embeddings_bytes()))
    embed(new, Letters(), Run())
    assert embeddings_bytes() <= store.MOST_BYTES
    kept = Letters()
    embed([*new, *old[:10]], kept, Run())
    assert kept.asked == []


def _fill(home: str, first: int) -> None:
    import os

    os.environ["PELLUCID_HOME"] = home
    embed([f"text {i}" for i in range(first, first + 3_000)], Letters(), Run())


def test_two_processes_fill_one_store_at_once(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_fill, args=(str(home), n * 1_000)) for n in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    encoder = Letters()
    embed([f"text {i}" for i in range(4_000)], encoder, Run())
    assert encoder.asked == []


def test_a_store_that_was_closed_forgets() -> None:
    vectors = VectorStore("closed", 3)
    vectors.close()
    vectors.write([hash_of("a")], np.zeros((1, 3), dtype=np.float16))
    vectors.drop_oldest(0)
    assert list(vectors.read([hash_of("a")])) == []
