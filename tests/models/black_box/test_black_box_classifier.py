"""A loaded transformer turns texts into margins, whoever trained it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.models.additive import inverse_link
from pellucid.models.black_box.box import from_folder
from pellucid.models.black_box.classifier import SequenceClassifier
from pellucid.models.black_box.opening import match_labels
from pellucid.models.black_box.randomise import randomised
from pellucid.models.types import Task
from tiny_networks import (
    STRANGE,
    save_bert,
    save_distilbert,
    save_gpt2,
    save_roberta,
    save_tuned,
    sentences,
)

FOLDERS: dict[str, Callable[[Path], Path]] = {
    "bert": save_bert,
    "roberta": save_roberta,
    "gpt2": save_gpt2,
    "distilbert": save_distilbert,
    "tuned": lambda folder: save_tuned(folder, ["a", "b", "c"]),
}


def direct_logits(folder: Path, text: str) -> Any:
    """Return a text's logits as transformers itself gives them."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    coded = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    with torch.inference_mode():
        return model(**coded).logits[0].double().numpy()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_text_gets_the_same_margins_alone_and_in_a_batch(name: str, tmp_path: Path) -> None:
    network = from_folder(FOLDERS[name](tmp_path / name), "text").network
    texts = [*sentences(20), *STRANGE]
    together = network.margins(texts)
    alone = np.concatenate([network.margins([text]) for text in texts])
    assert together.shape == (27, len(network.outputs))
    assert np.isfinite(together).all()
    np.testing.assert_allclose(together, alone, atol=2e-5)


def test_margins_are_those_of_the_library(tmp_path: Path) -> None:
    two = save_bert(tmp_path / "two", ["pos", "neg"])
    network = from_folder(two, "text").network
    logits = direct_logits(two, "good film")
    assert network.outputs == ("pos",)
    assert network.classes == ("neg", "pos")
    assert network.margins(["good film"])[0, 0] == pytest.approx(logits[0] - logits[1], abs=1e-5)
    three = save_roberta(tmp_path / "three")
    network, logits = from_folder(three, "text").network, direct_logits(three, "good film")
    margins = network.margins(["good film"])
    np.testing.assert_allclose(margins[0], logits - logits.mean(), atol=1e-5)
    expected = inverse_link(logits[None], "softmax")
    np.testing.assert_allclose(network.mean(margins), expected, atol=1e-6)
    number = save_distilbert(tmp_path / "number")
    found = from_folder(number, "text").network.margins(["good film"])
    np.testing.assert_allclose(found[0], direct_logits(number, "good film"), atol=1e-5)


def test_a_tuned_number_comes_in_the_units_of_the_target(tmp_path: Path) -> None:
    plain = from_folder(save_tuned(tmp_path / "plain", []), "text").network
    scaled = from_folder(save_tuned(tmp_path / "scaled", [], 50.0, 10.0), "text").network
    texts = sentences(5)
    np.testing.assert_allclose(scaled.margins(texts), 50 + 10 * plain.margins(texts), rtol=1e-5)


def test_the_positive_class_may_be_either(tmp_path: Path) -> None:
    folder = save_tuned(tmp_path / "tuned", ["no", "yes"])
    yes = from_folder(folder, "text", Task("y", "binary", ("no", "yes"), "yes")).network
    no = from_folder(folder, "text", Task("y", "binary", ("no", "yes"), "no")).network
    texts = sentences(4)
    np.testing.assert_allclose(yes.margins(texts), -no.margins(texts), atol=1e-6)
    np.testing.assert_allclose(yes.mean(yes.margins(texts)), no.mean(no.margins(texts)), atol=1e-6)


def test_long_texts_are_counted_as_cut_and_short_ones_are_not(tmp_path: Path) -> None:
    network = from_folder(save_bert(tmp_path / "bert"), "text").network
    _, cut = network.read(["good", "very " * 500, "x" * 1_000_000], Run())
    assert cut == 2


def test_reading_stops_between_batches(tmp_path: Path) -> None:
    network = from_folder(save_bert(tmp_path / "bert"), "text").network
    with pytest.raises(StoppedError):
        network.read(["good"], Run(should_stop=lambda: True))


class _Cramped:
    """A model with room for four texts at a time, or for none."""

    def __init__(self, model: Any, room: int) -> None:
        self.model, self.room = model, room

    def __call__(self, input_ids: Any, attention_mask: Any) -> Any:
        if len(input_ids) > self.room:
            raise RuntimeError("DefaultCPUAllocator: not enough memory")
        return self.model(input_ids=input_ids, attention_mask=attention_mask)


def test_batches_shrink_where_memory_runs_out(tmp_path: Path) -> None:
    from dataclasses import replace

    network = from_folder(save_bert(tmp_path / "bert"), "text").network
    texts = sentences(30)
    cramped = replace(network, model=_Cramped(network.model, 4))
    np.testing.assert_allclose(cramped.margins(texts), network.margins(texts), atol=2e-5)
    with pytest.raises(UserError, match="Memory ran out"):
        replace(network, model=_Cramped(network.model, 0)).margins(texts)


TASK = Task("mood", "binary", ("Bad", "Good"), "Good")


def test_labels_match_but_for_case_and_order() -> None:
    assert match_labels(("GOOD ", "bad"), TASK, "m") == (1, 0)
    assert match_labels(("LABEL_0", "LABEL_1"), TASK, "m") == (0, 1)
    many = tuple(f"LABEL_{i}" for i in range(12))
    own = Task("y", "multiclass", tuple(sorted(many)))
    assert [many[place] for place in match_labels(many, own, "m")] == sorted(many)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (("positive", "negative"), "tells apart"),
        (("bad", "good", "so so"), "tells apart"),
        (("good", "GOOD"), "tells apart"),
        ((), "predicts a number"),
    ],
)
def test_labels_that_do_not_match_are_refused(labels: tuple[str, ...], message: str) -> None:
    with pytest.raises(UserError, match=message):
        match_labels(labels, TASK, "m")


def test_classifiers_of_another_sort_are_refused(tmp_path: Path) -> None:
    several = save_bert(tmp_path / "a", 3, problem_type="multi_label_classification")
    with pytest.raises(UserError, match="several labels at once"):
        from_folder(several, "text")
    numbers = save_bert(tmp_path / "b", 3, problem_type="regression")
    with pytest.raises(UserError, match="3 numbers at once"):
        from_folder(numbers, "text")
    with pytest.raises(UserError, match="no classifier"):
        from_folder(save_bert(tmp_path / "c", backbone=True), "text")
    with pytest.raises(UserError, match="which mood is not"):
        from_folder(save_distilbert(tmp_path / "d"), "text", TASK)


def changed(before: SequenceClassifier, after: SequenceClassifier) -> set[str]:
    other = dict(after.model.named_parameters())
    return {
        name
        for name, tensor in before.model.named_parameters()
        if not np.array_equal(tensor.cpu().numpy(), other[name].cpu().numpy())
    }


def test_randomised_weights_go_down_from_the_head(tmp_path: Path) -> None:
    network = from_folder(save_bert(tmp_path / "bert"), "text").network
    text = ["good film"]
    head, one, whole = (changed(network, randomised(network, 0, k)) for k in (0, 1, None))
    assert "classifier.weight" in head
    assert not any("encoder.layer" in name or "embeddings" in name for name in head)
    assert any("encoder.layer.1" in name for name in one)
    assert not any("encoder.layer.0" in name for name in one)
    assert head < one < whole
    again = randomised(network, 0).margins(text)
    assert np.array_equal(again, randomised(network, 0).margins(text))
    assert not np.array_equal(again, network.margins(text))
    assert not np.array_equal(again, randomised(network, 1).margins(text))


def test_the_head_of_a_tuned_network_is_randomised_too(tmp_path: Path) -> None:
    network = from_folder(save_tuned(tmp_path / "tuned", ["a", "b"]), "text").network
    other = randomised(network, 3, layers=0)
    assert network.head is not None
    assert other.head is not None
    first, second = (one.head.weight.cpu().numpy() for one in (network, other))
    assert not np.array_equal(first, second)
    assert not any("layer" in name for name in changed(network, other))
