"""The bench of texts, on made texts: that it measures what it says, not what comes out."""

import json
from pathlib import Path

import numpy as np
import pytest
import text_results
from bench_text import figures
from text_checks import additivity, influence_ranks, typing_seconds
from text_corpora import Corpus, dealt, given
from text_mixed import MixedTable, compare, measure, same_rows
from text_quality import compare_tuned, measure_ngrams, measure_words
from text_results import kept, paired, told
from text_speed import measure_lookup

from pellucid.core.errors import UserError
from pellucid.models.files import load_fit
from run import asked_for

GOOD = ("a warm and funny film", "great fun from start to end", "the best film of the year")
BAD = ("dull and far too long", "the worst film of the year", "bad jokes and no story")


def made_corpus() -> Corpus:
    random = np.random.default_rng(0)
    rows = []
    for i in range(60):
        label, said = ("good", GOOD) if i % 2 else ("bad", BAD)
        rows.append((f"{random.choice(said)}, {random.choice(said)} no {i % 7}!", label))
    return dealt("Made", rows)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, dict[str, object], Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        corpus, place = made_corpus(), tmp_path_factory.mktemp("models") / "made.model"
        found = measure_ngrams(corpus, place, encoder="none", quality="preview")
    return corpus, dict(found), place


def test_the_splits_are_whole_and_do_not_overlap() -> None:
    corpus = made_corpus()
    assert (len(corpus.train), len(corpus.test), len(corpus.validation)) == (48, 12, 5)
    assert made_corpus() == corpus
    parts = given("Parts", corpus.train, corpus.test[:4], corpus.test[4:])
    assert [parts.train[i] for i in parts.validation] == corpus.test[:4]
    assert parts.test == corpus.test[4:]


def test_both_models_are_judged_on_the_same_test_texts(
    measured: tuple[Corpus, dict[str, object], Path],
) -> None:
    corpus, found, _ = measured
    rival = measure_words(corpus)
    assert len(found["ours"]) == len(rival["rival"]) == len(corpus.test)
    assert np.mean(found["ours"]) == pytest.approx(found["told"])
    assert np.mean(found["ours"]) == np.mean(rival["rival"]) == 1.0
    assert json.loads(json.dumps(found)) == found


def test_the_kept_model_gives_the_figures_of_speed_and_exactness(
    measured: tuple[Corpus, dict[str, object], Path],
) -> None:
    corpus, found, place = measured
    model = load_fit(place).model
    deviations = additivity(model, corpus.test_texts)
    assert deviations == found["added_up"]
    assert deviations["texts"] == 12
    assert max(deviations["sum"], deviations["occurrence"]) < 1e-9
    assert all(s > 0 for s in typing_seconds(model, corpus.test_texts))
    assert all(s > 0 for s in measure_lookup(model, corpus))


@pytest.mark.slow
def test_three_fits_of_a_mixed_table_share_their_test_rows(tmp_path: Path) -> None:
    corpus, random = made_corpus(), np.random.default_rng(1)
    lines = ["said,size,bought"]
    for text, label in corpus.train + corpus.test:
        lines.append(f'"{text}",{random.normal() + (label == "good"):.3f},{label}')
    place = tmp_path / "mixed.csv"
    place.write_text("\n".join(lines), encoding="utf-8")
    mixed = MixedTable("Mixed", place, "bought", ("said",))
    found = {part: measure(mixed, part, "preview", "none") for part in ("both", "texts", "columns")}
    assert same_rows(list(found.values()))
    assert found["texts"]["terms"] == ["said"]
    assert found["columns"]["terms"] == ["size"]
    made = list(compare("Mixed", found))
    assert [figure.limit for figure in made].count(0) == 2
    assert made[0].ours == pytest.approx(found["both"]["metrics"]["log_loss"])


def test_a_paired_interval_holds_the_difference() -> None:
    random = np.random.default_rng(2)
    rival = random.random(400) < 0.7
    ours = rival | (random.random(400) < 0.2)
    found = paired(ours, rival)
    assert 0 < found["low"] < found["difference"] < found["high"]
    assert found["difference"] == pytest.approx(ours.mean() - rival.mean())
    assert paired(ours, rival) == found
    assert told(found).startswith(f"{found['difference']:+.3f} [")
    squares = paired(np.full(9, 4.0), np.full(9, 1.0), root=True)
    assert squares == {"difference": 1.0, "low": 1.0, "high": 1.0}


def test_the_gap_to_a_tuned_encoder_is_shared_out() -> None:
    words, ngrams, encoder = (np.arange(100) < n for n in (70, 78, 80))
    made = list(compare_tuned("Made", list(words), list(ngrams), list(encoder)))
    assert made[-1].held == pytest.approx(0.8)
    assert made[-1].is_good


def test_influence_is_ranked_beside_refits() -> None:
    random = np.random.default_rng(3)
    features = random.normal(size=(60, 3))
    labels = np.where(features[:, 0] + random.normal(size=60) > 0, "yes", "no")
    ranks = influence_ranks(features, labels, random.normal(size=(4, 3)))
    assert len(ranks) == 4
    assert min(ranks) > 0.8


def test_a_measurement_is_kept_until_the_code_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def work() -> dict[str, int]:
        made.append(1)
        return {"value": len(made)}

    assert kept("one", work, tmp_path) == kept("one", work, tmp_path) == {"value": 1}
    monkeypatch.setattr(text_results, "_state", lambda: "other")
    assert kept("one", work, tmp_path) == {"value": 2}
    assert [file.name for file in tmp_path.iterdir()] == ["one.json"]


def test_parts_are_asked_for_behind_the_bench() -> None:
    assert asked_for(["fit", "text", "sms", "rt"]) == [("fit", []), ("text", ["sms", "rt"])]
    with pytest.raises(SystemExit, match="no bench called sms"):
        asked_for(["sms"])
    with pytest.raises(UserError, match="no poems"):
        next(figures("poems"))
