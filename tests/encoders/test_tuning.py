"""Tuning: it learns, keeps the best epoch, can be stopped, and writes a folder like any other."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.paths import cache_dir
from pellucid.core.run import Progress, Run
from pellucid.encoders.folders import check_folder
from pellucid.encoders.transformer import load_encoder
from pellucid.encoders.tuning import TuneOptions, is_tuned, learned_from, load_tuned, tune

QUICK = TuneOptions(learning_rate=5e-3)


def made_texts(count: int) -> tuple[list[str], np.ndarray]:
    generator = np.random.default_rng(5)
    codes = generator.integers(0, 2, count)
    fill = ["the film was", "a very plot and", "not the", "film a was very the plot"]
    texts = [f"{generator.choice(fill)} {('bad', 'good')[c]}" for c in codes]
    return texts, codes


TEXTS, CODES = made_texts(240)


def test_it_learns_and_what_it_wrote_loads_as_an_encoder(tiny: Path) -> None:
    base = check_folder(tiny)
    seen: list[Progress] = []
    tuned = tune(base, TEXTS, CODES, ("bad", "good"), Run(on_progress=seen.append), QUICK)
    assert tuned.validation < 0.5
    assert (tuned.texts, tuned.texts_given, tuned.held_out) == (240, 240, 50)
    assert tuned.folder.parent == cache_dir() / "tuned"
    encoder = load_encoder(tuned.folder, Run())
    assert encoder.info.name == "tiny, tuned"
    assert encoder.info.key != load_encoder(base, Run()).info.key
    outputs = encoder.encode(TEXTS, Run()) @ tuned.weight + tuned.bias
    assert (outputs.argmax(axis=1) == CODES).mean() > 0.9
    numbers = [p.numbers for p in seen if "validation" in p.numbers]
    assert set(numbers[-1]) == {"epoch", "loss", "validation"}


def test_the_folder_reads_back_as_it_was_written(tiny: Path, tmp_path: Path) -> None:
    options = TuneOptions(epochs=1, place=tmp_path / "mine")
    tuned = tune(check_folder(tiny), TEXTS, CODES, ("bad", "good"), Run(), options)
    assert tuned.folder == tmp_path / "mine"
    assert is_tuned(tuned.folder)
    again = load_tuned(tuned.folder)
    np.testing.assert_array_equal(again.weight, tuned.weight)
    assert again.weight.shape == (16, 2)
    assert (again.classes, again.base, again.epochs) == (("bad", "good"), "tiny", 1)
    names = {p.name for p in tuned.folder.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "head.safetensors"} <= names
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_the_same_seed_gives_the_same_encoder(tiny: Path) -> None:
    import torch

    base, options = check_folder(tiny), TuneOptions(epochs=1)
    before = torch.random.get_rng_state()
    first = tune(base, TEXTS, CODES, ("bad", "good"), Run(seed=3), options)
    again = tune(base, TEXTS, CODES, ("bad", "good"), Run(seed=3), options)
    other = tune(base, TEXTS, CODES, ("bad", "good"), Run(seed=4), options)
    assert torch.equal(before, torch.random.get_rng_state())
    assert first.folder == again.folder
    assert first.validation == again.validation
    assert other.validation != first.validation


def test_word_embeddings_stay_as_they_were(tiny: Path) -> None:
    from safetensors.numpy import load_file

    tuned = tune(check_folder(tiny), TEXTS, CODES, ("bad", "good"), Run(), QUICK)
    old, new = (load_file(f / "model.safetensors") for f in (tiny, tuned.folder))
    name = "embeddings.word_embeddings.weight"
    np.testing.assert_array_equal(old[name], new[name])
    assert any(not np.array_equal(old[key], new[key]) for key in old)


def test_numbers_are_tuned_on_their_own_scale(tiny: Path) -> None:
    target = 1_000.0 + 50.0 * CODES
    tuned = tune(check_folder(tiny), TEXTS, target, (), Run(), QUICK)
    assert tuned.classes == ()
    assert tuned.weight.shape == (16, 1)
    vectors = load_encoder(tuned.folder, Run()).encode(TEXTS, Run())
    outputs = (vectors @ tuned.weight + tuned.bias)[:, 0] * tuned.target_scale + tuned.target_mean
    assert np.corrcoef(outputs, target)[0, 1] > 0.6
    assert abs(outputs.mean() - target.mean()) < 25


def test_many_texts_are_sampled_by_class_and_it_says_so(tiny: Path) -> None:
    options = TuneOptions(epochs=1, most_texts=60)
    tuned = tune(check_folder(tiny), TEXTS, CODES, ("bad", "good"), Run(), options)
    assert (tuned.texts, tuned.texts_given, tuned.held_out) == (60, 240, 30)


def test_it_says_which_rows_are_learned_from() -> None:
    classes = ("bad", "good")
    rows = learned_from(CODES, classes, 0)
    assert len(rows) == len(set(rows.tolist())) == 240 - 50
    few = learned_from(CODES, classes, 0, TuneOptions(most_texts=60))
    assert len(few) == 60 - 30
    assert not np.array_equal(rows, learned_from(CODES, classes, 1))
    assert len(learned_from(np.arange(9.0), (), 0)) == 9 - 4


def test_a_stop_after_an_epoch_keeps_it_and_before_one_keeps_nothing(tiny: Path) -> None:
    seen: list[Progress] = []
    run = Run(
        on_progress=seen.append, should_stop=lambda: bool(seen and "validation" in seen[-1].numbers)
    )
    tuned = tune(check_folder(tiny), TEXTS, CODES, ("bad", "good"), run)
    assert tuned.was_stopped
    assert tuned.epochs == 1
    with pytest.raises(StoppedError):
        tune(check_folder(tiny), TEXTS, CODES, ("bad", "good"), Run(should_stop=lambda: True))


def test_tuning_ends_when_the_held_out_loss_rises(tiny: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 2, len(TEXTS))
    options = TuneOptions(epochs=40, learning_rate=2e-2)
    seen: list[Progress] = []
    tuned = tune(
        check_folder(tiny), TEXTS, noise, ("a", "b"), Run(on_progress=seen.append), options
    )
    last = [p for p in seen if p.total][-1]
    assert last.done is not None
    assert last.total is not None
    assert last.done < last.total
    assert tuned.epochs == last.numbers["epoch"] - 1
    assert tuned.validation < last.numbers["validation"]


@pytest.mark.parametrize(
    ("texts", "codes", "classes"),
    [(["a"], [0], ("a", "b")), (["a", "b"], [1, 1], ("a", "b")), (["a", "b"], [0, 0], ("a",))],
)
def test_too_little_to_learn_from_is_refused(
    tiny: Path, texts: list[str], codes: list[int], classes: tuple[str, ...]
) -> None:
    with pytest.raises(UserError, match="needs two"):
        tune(check_folder(tiny), texts, np.array(codes), classes, Run())


def test_two_texts_empty_ones_and_a_class_of_one_are_enough(tiny: Path) -> None:
    options = TuneOptions(epochs=1)
    base = check_folder(tiny)
    assert tune(base, ["good", ""], np.array([0, 1]), ("a", "b"), Run(), options).held_out == 1
    codes = np.array([0] * 9 + [1, 2])
    tuned = tune(base, TEXTS[:11], codes, ("a", "b", "c"), Run(), options)
    assert tuned.weight.shape == (16, 3)
    constant = tune(base, TEXTS[:11], np.ones(11), (), Run(), options)
    assert (constant.target_mean, constant.target_scale) == (1.0, 1.0)


def test_losses_that_are_no_numbers_are_refused(tiny: Path) -> None:
    options = TuneOptions(epochs=1, learning_rate=float("nan"))
    with pytest.raises(UserError, match="went nowhere"):
        tune(check_folder(tiny), TEXTS[:40], CODES[:40], ("bad", "good"), Run(), options)


def test_a_model_that_writes_is_not_tuned(own_tiny: Path) -> None:
    import transformers

    from pellucid.encoders.quiet import quiet

    config = transformers.T5Config(
        vocab_size=14, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2
    )
    with quiet():
        transformers.T5Model(config).save_pretrained(own_tiny)
    with pytest.raises(UserError, match="not tuned"):
        tune(check_folder(own_tiny), TEXTS, CODES, ("bad", "good"), Run())


def test_only_a_tuned_folder_is_written_over(tiny: Path, tmp_path: Path) -> None:
    base = check_folder(tiny)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("dear")
    for place in (taken, tmp_path / "no" / "where"):
        with pytest.raises(UserError, match="cannot be written"):
            tune(base, TEXTS, CODES, ("bad", "good"), Run(), TuneOptions(epochs=1, place=place))
    mine = TuneOptions(epochs=1, place=tmp_path / "mine")
    tune(base, TEXTS, CODES, ("bad", "good"), Run(), mine)
    tune(base, TEXTS, 1.0 * CODES, (), Run(), mine)
    assert load_tuned(tmp_path / "mine").classes == ()


def test_a_folder_that_was_never_tuned_or_is_damaged_is_refused(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no encoder that was tuned"):
        load_tuned(tiny)
    options = TuneOptions(epochs=1, place=tmp_path / "mine")
    tuned = tune(check_folder(tiny), TEXTS, CODES, ("bad", "good"), Run(), options)
    about = tuned.folder / "pellucid.json"
    whole = about.read_text()
    for wrong in ("{}", json.dumps({**json.loads(whole), "classes": ["only"]}), "["):
        about.write_text(wrong)
        with pytest.raises(UserError, match="is damaged"):
            load_tuned(tuned.folder)
    about.write_text(whole)
    (tuned.folder / "head.safetensors").write_bytes(b"nothing")
    with pytest.raises(UserError, match="is damaged"):
        load_tuned(tuned.folder)


def test_what_was_tuned_just_so_is_not_tuned_again(tiny: Path) -> None:
    folder = check_folder(tiny)
    texts = ["the plot is good", "not very good"] * 20
    first = tune(folder, texts, np.array([0, 1] * 20), ["a", "b"], Run(seed=1))
    stages: list[str] = []
    again = tune(
        folder, texts, np.array([0, 1] * 20), ["a", "b"],
        Run(seed=1, on_progress=lambda progress: stages.append(progress.stage)),
    )  # fmt: skip
    assert again.folder == first.folder
    assert stages == []
    other = tune(folder, texts, np.array([1, 0] * 20), ["a", "b"], Run(seed=1))
    assert other.folder != first.folder
