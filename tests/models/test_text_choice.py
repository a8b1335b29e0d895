"""Tuning is of use or of no effect: rows that the encoder did not see choose, and it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.data.table import Table
from pellucid.encoders.types import EncoderInfo
from pellucid.models import text_part
from pellucid.models.fitting import fit
from pellucid.models.ngrams.planning import Teaching
from pellucid.models.setup import Ground, read_ground
from pellucid.models.text_choice import TextChoice, choose_plan
from pellucid.models.tuned import TunedEncoder
from pellucid.models.types import FitOptions
from pellucid.models.workers import Workers

TableOf = Callable[[Mapping[str, Sequence[object]]], Table]
NAMES = tuple(f"name{i}" for i in range(120))


class NameEncoder:
    """Knows which names are liked, or, with a `seed`, nothing at all."""

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed
        self.info = EncoderInfo("names", f"names{seed}", 4, True)

    def encode(self, texts: Sequence[str], run: Run) -> np.ndarray:  # type: ignore[type-arg] # (n, 4)
        run.check()
        found = np.zeros((len(texts), 4), dtype=np.float32)
        random = np.random.default_rng(self.seed)
        for place, text in enumerate(texts):
            if self.seed is None:
                found[place, 0] = sum(is_liked(word) for word in text.split() if word in NAMES) / 2
            else:
                found[place] = random.normal(size=4)
        return found


def is_liked(name: str) -> float:
    """Return 1 or -1, in no order that letters would tell."""
    return 1.0 if (int(name.removeprefix("name")) * 7) % 11 < 5 else -1.0


def letters(rows: int = 300) -> dict[str, list[object]]:
    """Texts of two names each, most of them seen too rarely to learn what they mean."""
    random = np.random.default_rng(4)
    pairs = random.choice(NAMES, (rows, 2))
    rare = [f" once{i}" if i % 20 == 0 else "" for i in range(rows)]
    liked = [sum(map(is_liked, pair)) + random.normal(0, 0.5) > 0 for pair in pairs]
    return {
        "letter": [" ".join(pair) + more for pair, more in zip(pairs, rare, strict=True)],
        "liked": ["yes" if one else "no" for one in liked],
        "noise": random.normal(size=rows).tolist(),
    }


def tuned_on(ground: Ground, encoder: NameEncoder, judges: int = 50) -> TunedEncoder:
    """Return an encoder as if it was tuned on all training rows but the last `judges`."""
    rows = ground.rows.split.rows("train")
    codes = ground.rows.target[rows].astype(np.intp)
    chosen = rows[-judges:]
    lesson = 0.1 + 0.8 * np.eye(2)[codes]
    return TunedEncoder(ground, encoder, Teaching(lesson, np.isin(rows, chosen)), chosen)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as started:
        yield started


@pytest.mark.parametrize("seed", [None, 3])
def test_rows_that_were_not_seen_choose(
    table_of: TableOf, tmp_path: Path, workers: Workers, seed: int | None
) -> None:
    data = letters()
    table = table_of({name: data[name] for name in ("letter", "liked")})
    run = Run(seed=1)
    asked = FitOptions("liked", quality="preview", encoder="none", texts=("letter",))
    ground = read_ground(table.with_kinds({"letter": "text"}), asked, run)
    shown: list[object] = []
    chosen: TextChoice = choose_plan(
        ground, tuned_on(ground, NameEncoder(seed)), asked, tmp_path, workers, run,
        lambda *one: shown.append(one),
    )  # fmt: skip
    assert shown
    assert chosen.is_tuned == (seed is None)
    known = chosen.plan.readings[0].vocabulary.ngrams
    assert any(ngram.startswith("once") for ngram in known) == chosen.is_tuned
    if chosen.is_tuned:
        assert chosen.plan.plan.head_scale > 0
        assert chosen.warnings == ()
    else:
        assert [alert.kind for alert in chosen.warnings] == ["tuning"]
        assert "50 rows that it did not see" in chosen.warnings[0].message
        assert chosen.plan.job.teaching is None


@pytest.mark.parametrize("names", [("letter", "liked"), ("letter", "noise", "liked")])
def test_where_tuning_does_not_help_the_fit_is_the_one_without(
    table_of: TableOf, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    data = letters(160)
    table = table_of({name: data[name] for name in names})

    def useless(ground: Ground, *_: object) -> TunedEncoder:
        found = tuned_on(ground, NameEncoder(3), 30)
        random = np.random.default_rng(0)
        wrong = Teaching(random.dirichlet([1, 1], len(found.teaching.lesson)),
                         found.teaching.judges)  # fmt: skip
        return TunedEncoder(ground, found.encoder, wrong, found.judges)

    monkeypatch.setattr(text_part, "tune_encoder", useless)
    with_, without = (
        fit(
            table,
            FitOptions("liked", quality="preview", encoder="none", texts=("letter",), tune=tune),
            Run(seed=1, workers=1),
        )
        for tune in (True, False)
    )
    np.testing.assert_array_equal(with_.model.texts[0].scores, without.model.texts[0].scores)
    assert with_.summary.rows == without.summary.rows
    told = [alert.message for alert in with_.summary.warnings if alert.kind == "tuning"]
    assert len(told) == 1
    assert "was not used" in told[0]
