"""Scores of a transformer's pieces: what they add up to, what they agree with, where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.explain.tokens.encoded import encode
from pellucid.explain.tokens.gradients import (
    attention_rollout,
    gradient_x_input,
    integrated_gradients,
    rollout,
)
from pellucid.explain.tokens.recording import attentions_of, gradients_along
from pellucid.models.black_box.box import from_folder
from pellucid.models.black_box.classifier import SequenceClassifier
from pellucid.models.black_box.randomise import randomised
from tiny_networks import (
    STRANGE,
    save_bert,
    save_distilbert,
    save_gpt2,
    save_roberta,
    save_tuned,
)

TEXT = "the plot is not very good"
FOLDERS: dict[str, Callable[[Path], Path]] = {
    "bert": save_bert,
    "roberta": save_roberta,
    "gpt2": save_gpt2,
    "distilbert": save_distilbert,
    "tuned": lambda folder: save_tuned(folder, ["a", "b", "c"]),
}


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SequenceClassifier]:
    place = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(place / "home"))
        return {
            name: from_folder(save(place / name), "text").network for name, save in FOLDERS.items()
        }


def captum_scores(network: SequenceClassifier, text: str, output: int, steps: int) -> Any:
    """Return the integrated gradients of captum, from every piece masked, one a token."""
    import torch
    from captum.attr import LayerIntegratedGradients

    coded = encode(network, text)
    where = network.device.name
    ids = torch.tensor([coded.ids], device=where)
    masked = torch.tensor(
        [np.where(coded.owners >= 0, network.tokenizer.mask_token_id, coded.ids).tolist()],
        device=where,
    )

    def forward(rows: Any) -> Any:
        return network.margins_of(rows, torch.ones_like(rows))[:, output]

    method = LayerIntegratedGradients(forward, network.model.get_input_embeddings())
    found = method.attribute(ids, baselines=masked, n_steps=steps, method="gausslegendre")
    return found[0].sum(-1).double().detach().cpu().numpy()


@pytest.mark.parametrize(("name", "output"), [("bert", 0), ("tuned", 1), ("distilbert", 0)])
def test_integrated_gradients_are_those_of_captum(
    name: str, output: int, networks: dict[str, SequenceClassifier]
) -> None:
    network = networks[name]
    found = integrated_gradients(network, TEXT, steps=48)
    expected = captum_scores(network, TEXT, output, 48)
    owners = encode(network, TEXT).owners
    np.testing.assert_allclose(found.scores[:, output], expected[owners >= 0], atol=1e-4)
    np.testing.assert_allclose(expected[owners < 0], 0, atol=1e-6)


@pytest.mark.parametrize("name", FOLDERS)
def test_integrated_gradients_add_up(name: str, networks: dict[str, SequenceClassifier]) -> None:
    network = networks[name]
    found = integrated_gradients(network, TEXT)
    way = found.full - found.base
    assert found.gap is not None
    assert np.all(np.abs(found.gap) <= np.maximum(0.01 * np.abs(way), 1e-3))
    np.testing.assert_allclose(found.scores.sum(axis=0) + found.gap, way, atol=1e-12)
    np.testing.assert_allclose(found.full, network.margins([TEXT])[0], atol=2e-5)
    assert np.all(found.frame == 0)
    assert found.note == ""


def test_a_gap_that_stays_is_said(networks: dict[str, SequenceClassifier]) -> None:
    found = integrated_gradients(networks["bert"], TEXT, steps=1)
    assert found.gap is not None
    assert abs(found.gap[0]) > 0.01 * abs(found.full[0] - found.base[0])
    assert "above 1% after 1 steps" in found.note


def test_gradients_are_those_of_finite_differences(
    networks: dict[str, SequenceClassifier],
) -> None:
    network = networks["tuned"]
    coded = encode(network, "good film")
    layer = network.model.get_input_embeddings()
    embedded = layer.weight[list(coded.ids)].detach().double().cpu().numpy()
    _, gradients = gradients_along(network, coded.ids, embedded[None], (0, 2))
    step = np.random.default_rng(0).normal(size=embedded.shape) * 1e-3
    ends = np.stack([embedded + step, embedded - step])
    margins, none = gradients_along(network, coded.ids, ends, ())
    slopes = (margins[0] - margins[1])[[0, 2]] / 2
    np.testing.assert_allclose((gradients[0] * step).sum(axis=(1, 2)), slopes, rtol=0.02)
    assert none.shape[1] == 0


def linear(network: SequenceClassifier) -> SequenceClassifier:
    """Put the embeddings straight under the head, so that margins are linear in them."""
    from types import SimpleNamespace

    class Plain:
        config = network.model.config

        def get_input_embeddings(self) -> Any:
            return network.model.get_input_embeddings()

        def __call__(self, input_ids: Any, attention_mask: Any) -> Any:
            del attention_mask
            return SimpleNamespace(last_hidden_state=self.get_input_embeddings()(input_ids))

    return replace(network, model=Plain())


def test_both_are_exact_for_a_linear_network(networks: dict[str, SequenceClassifier]) -> None:
    network = linear(networks["tuned"])
    found = gradient_x_input(network, TEXT)
    assert network.head is not None
    weight, bias = (t.double().cpu().numpy() for t in (network.head.weight, network.head.bias))
    words = network.model.get_input_embeddings().weight.detach().double().cpu().numpy()
    coded = encode(network, TEXT)
    each = words[list(coded.ids)] / len(coded.ids) @ weight @ network.mixing
    np.testing.assert_allclose(found.scores, each[coded.owners >= 0], atol=1e-6)
    np.testing.assert_allclose(found.frame, each[coded.owners < 0].sum(axis=0), atol=1e-6)
    np.testing.assert_allclose(found.base, bias @ network.mixing, atol=1e-6)
    assert found.gap is None
    whole = integrated_gradients(network, TEXT, steps=1)
    assert whole.gap is not None
    np.testing.assert_allclose(whole.gap, 0, atol=1e-6)


def test_only_the_outputs_asked_for_are_scored(networks: dict[str, SequenceClassifier]) -> None:
    network = networks["roberta"]
    all_of, one = gradient_x_input(network, TEXT), gradient_x_input(network, TEXT, [1])
    np.testing.assert_allclose(one.scores[:, 1], all_of.scores[:, 1], atol=1e-6)
    assert np.isnan(one.scores[:, [0, 2]]).all()
    some = integrated_gradients(network, TEXT, outputs=[0, 2])
    assert np.isnan(some.scores[:, 1]).all()
    assert np.isfinite(some.scores[:, [0, 2]]).all()
    np.testing.assert_allclose(all_of.scores.sum(axis=1), 0, atol=1e-5)


def test_rollout_multiplies_layers() -> None:
    random = np.random.default_rng(3)
    layers = random.random((3, 2, 5, 5))
    layers /= layers.sum(axis=-1, keepdims=True)
    by_hand = np.eye(5)
    for layer in layers:
        by_hand = (0.5 * layer.mean(axis=0) + 0.5 * np.eye(5)) @ by_hand
    np.testing.assert_allclose(rollout(layers), by_hand)
    np.testing.assert_allclose(rollout(layers).sum(axis=1), 1)


@pytest.mark.parametrize("name", FOLDERS)
def test_rollout_shares_sum_to_one_and_leave_the_model_as_it_was(
    name: str, networks: dict[str, SequenceClassifier]
) -> None:
    network = networks[name]
    before = network.model.config._attn_implementation
    found = attention_rollout(network, TEXT)
    np.testing.assert_allclose(found.scores.sum(axis=0) + found.frame, 1, atol=1e-6)
    assert np.all(found.scores >= 0)
    assert found.gap is None
    assert network.model.config._attn_implementation == before


def test_rollout_is_read_where_the_classifier_reads(
    networks: dict[str, SequenceClassifier],
) -> None:
    for name, place in (("bert", 0), ("gpt2", -1)):
        network = networks[name]
        coded = encode(network, TEXT)
        flow = rollout(attentions_of(network, coded.ids))
        found = attention_rollout(network, TEXT)
        np.testing.assert_allclose(found.scores[:, 0], flow[place][coded.owners >= 0])
    network = networks["tuned"]
    coded = encode(network, TEXT)
    flow = rollout(attentions_of(network, coded.ids)).mean(axis=0)
    np.testing.assert_allclose(
        attention_rollout(network, TEXT).scores[:, 2], flow[coded.owners >= 0]
    )


def test_a_model_that_tells_no_attention_is_refused(
    networks: dict[str, SequenceClassifier], monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    network = networks["bert"]
    monkeypatch.setattr(type(network.model), "forward", lambda *_, **__: SimpleNamespace())
    with pytest.raises(UserError, match="does not tell where its attention goes"):
        attentions_of(network, [2, 3])


@pytest.mark.parametrize("name", ["bert", "roberta", "gpt2"])
@pytest.mark.parametrize("text", STRANGE)
def test_pieces_stand_where_the_text_has_them(
    name: str, text: str, networks: dict[str, SequenceClassifier]
) -> None:
    network = networks[name]
    found = gradient_x_input(network, text)
    end = 0
    for piece, start, stop in found.pieces:
        assert piece == text[start:stop]
        assert end <= start < stop
        end = stop
    assert found.scores.shape == (len(found.pieces), len(network.outputs))
    total = found.base + found.frame + found.scores.sum(axis=0)
    np.testing.assert_allclose(total, found.full, atol=1e-9)
    covered = "".join(piece for piece, _, _ in found.pieces)
    if name != "bert":
        assert covered.replace(" ", "") == "".join(text.split(" ")) or text.isspace()


def test_the_bytes_of_one_character_are_one_piece(
    networks: dict[str, SequenceClassifier],
) -> None:
    coded = encode(networks["gpt2"], "a 👍 b")
    assert [piece for piece, _, _ in coded.pieces if piece.strip()] == ["a", "👍", "b"]
    assert len(coded.ids) > len(coded.pieces)


def test_a_long_text_is_cut_and_says_so(networks: dict[str, SequenceClassifier]) -> None:
    found = attention_rollout(networks["bert"], "very good " * 200)
    assert found.note.startswith("The model read the first ")
    assert found.pieces[-1][2] < 400
    assert networks["bert"].read(["very good " * 200], Run())[1] == 1


def test_words_that_look_like_special_tokens_are_words(
    networks: dict[str, SequenceClassifier],
) -> None:
    coded = encode(networks["bert"], "good [SEP] bad")
    assert [piece for piece, _, _ in coded.pieces] == ["good", "[SEP]", "bad"]


def test_scores_follow_the_weights(networks: dict[str, SequenceClassifier]) -> None:
    network = networks["bert"]
    other = randomised(network, 5)
    one, two = (integrated_gradients(n, TEXT, steps=16).scores[:, 0] for n in (network, other))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.95


def test_the_same_text_always_gets_the_same_scores(
    networks: dict[str, SequenceClassifier],
) -> None:
    one, two = (integrated_gradients(networks["bert"], TEXT) for _ in range(2))
    assert np.array_equal(one.scores, two.scores)
    assert not any(p.requires_grad for p in networks["bert"].model.parameters())


def test_integrating_stops_when_asked(networks: dict[str, SequenceClassifier]) -> None:
    with pytest.raises(StoppedError):
        integrated_gradients(networks["bert"], TEXT, Run(should_stop=lambda: True))


def test_integrating_makes_do_with_little_memory(
    networks: dict[str, SequenceClassifier], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = networks["bert"]
    whole = integrated_gradients(network, TEXT)
    forward = type(network.model).forward
    room = 5

    def cramped(self: Any, input_ids: Any, attention_mask: Any) -> Any:
        if len(input_ids) > room:
            raise RuntimeError("not enough memory")
        return forward(self, input_ids=input_ids, attention_mask=attention_mask)

    monkeypatch.setattr(type(network.model), "forward", cramped)
    found = integrated_gradients(network, TEXT)
    np.testing.assert_allclose(found.scores, whole.scores, atol=1e-5)


def test_models_that_cannot_be_followed_are_refused(
    networks: dict[str, SequenceClassifier], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = networks["bert"]
    slow = replace(network, tokenizer=type("Slow", (), {"is_fast": False})())
    with pytest.raises(UserError, match="which characters"):
        encode(slow, TEXT)
    monkeypatch.setattr(network.model.config, "is_encoder_decoder", True)
    with pytest.raises(UserError, match="reads and writes"):
        gradient_x_input(network, TEXT)
