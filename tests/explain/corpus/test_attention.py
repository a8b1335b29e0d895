"""Attention heads on one text: what each looks at, by piece and by word."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tiny_models import tiny_bert

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.attention import attend, summarise_heads, word_maps
from pellucid.explain.corpus.network_types import Piece, TextAttention
from pellucid.explain.corpus.probes import layer_features

TEXT = "The plots, not good 🙂 good 很好"


def hand_made_pieces() -> tuple[Piece, ...]:
    words = (-1, 0, 1, 1, 2, -1)
    return tuple(Piece(str(i), i, i + 1, word, word < 0) for i, word in enumerate(words))


def hand_made_maps(targets: list[list[int]]) -> np.ndarray:
    """Return one layer whose heads put all attention of piece i on targets[head][i]."""
    return np.asarray([[np.eye(6)[t] for t in targets]], dtype=np.float32)


def test_pieces_and_maps_fit_the_text() -> None:
    found = attend(*tiny_bert(), TEXT, Run())
    assert found.maps.shape == (2, 2, len(found.pieces), len(found.pieces))
    assert np.allclose(found.maps.sum(axis=-1), 1, atol=1e-5)
    assert len(found.heads) == 4
    assert "not why" in found.note
    assert not found.is_cut
    assert [piece.is_special for piece in found.pieces][:: len(found.pieces) - 1] == [True, True]
    for piece in found.pieces:
        if piece.is_special:
            assert piece.word == -1
        else:
            assert TEXT[piece.start : piece.end] == piece.text
    owned = [piece for piece in found.pieces if piece.word == 1]
    assert "".join(piece.text for piece in owned) == "plots"


def test_the_model_is_left_as_it_was() -> None:
    model, tokenizer = tiny_bert()
    before = model.config._attn_implementation
    model.train()
    attend(model, tokenizer, TEXT, Run())
    assert model.config._attn_implementation == before
    assert model.training


def test_a_classifier_shows_its_heads_too() -> None:
    found = attend(*tiny_bert(classifier=True), TEXT, Run())
    assert found.maps.shape[:2] == (2, 2)


def test_a_long_text_is_cut_and_says_so() -> None:
    found = attend(*tiny_bert(), "good " * 5000, Run(), most_pieces=20)
    assert len(found.pieces) == 20
    assert found.is_cut


def test_a_text_without_words_can_be_read() -> None:
    found = attend(*tiny_bert(), "\ud800", Run())
    assert word_maps(attend(*tiny_bert(), "", Run()))[1].shape == (2, 2, 0, 0)
    assert found.text == "\ud800"


def test_words_get_the_sum_and_give_the_mean_of_their_pieces() -> None:
    found = attend(*tiny_bert(), TEXT, Run())
    words, maps = word_maps(found)
    owners = np.asarray([piece.word for piece in found.pieces])
    a, b = words[1], words[2]
    block = found.maps[1, 0][np.ix_(owners == a, owners == b)]
    assert maps[1, 0, 1, 2] == pytest.approx(block.sum(axis=1).mean(), rel=1e-5)
    assert (maps.sum(axis=-1) <= 1 + 1e-5).all()


def test_heads_with_a_habit_are_named() -> None:
    targets = [
        [0, 0, 1, 2, 3, 4],
        [1, 2, 3, 4, 5, 5],
        [0, 1, 2, 3, 4, 5],
        [0] * 6,
        [5] * 6,
        [0, 4, 4, 1, 1, 5],
    ]
    heads = summarise_heads(hand_made_maps(targets), hand_made_pieces(), ["so", "well", "so"])
    assert [head.pattern for head in heads] == [
        "previous piece", "next piece", "own word", "first piece", "special pieces", "mixed",
    ]  # fmt: skip
    assert heads[0].previous == 1.0
    assert heads[0].distance == pytest.approx(1.0)
    assert heads[2].entropy == pytest.approx(0.0)
    assert heads[5].same_word == pytest.approx(0.5)
    assert heads[4].special == 1.0


def test_a_head_that_looks_everywhere_is_broad() -> None:
    maps = np.full((1, 1, 6, 6), 1 / 6, dtype=np.float32)
    (head,) = summarise_heads(maps, hand_made_pieces(), ["so", "well", "so"])
    assert head.pattern == "broad"
    assert head.entropy == pytest.approx(np.log(6))
    assert head.own_word == pytest.approx((1 + 2 + 2 + 1) / 4 / 6)


def test_the_value_survives_being_saved() -> None:
    found = attend(*tiny_bert(), TEXT, Run())
    back = from_json(TextAttention, json.loads(json.dumps(to_json(found))))
    assert np.array_equal(back.maps, found.maps)
    assert back.pieces == found.pieces
    assert back.heads == found.heads


def test_it_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        attend(*tiny_bert(), TEXT, Run(should_stop=lambda: True))


def test_models_that_cannot_be_shown_are_refused() -> None:
    from transformers import BertTokenizerFast, FNetConfig, FNetModel

    _, tokenizer = tiny_bert()
    mixing = FNetModel(
        FNetConfig(vocab_size=70, hidden_size=16, num_hidden_layers=1, intermediate_size=16)
    )
    with pytest.raises(UserError, match="no attention heads"):
        attend(mixing, tokenizer, TEXT, Run())

    class WithoutPlaces(BertTokenizerFast):
        is_fast = False

    slow = WithoutPlaces(vocab=tokenizer.get_vocab())
    with pytest.raises(UserError, match="where its pieces stand"):
        attend(*tiny_bert()[:1], slow, TEXT, Run())


def test_the_encoding_half_of_a_model_that_writes_is_shown() -> None:
    from transformers import BartConfig, BartModel

    _, tokenizer = tiny_bert()
    model = BartModel(
        BartConfig(
            vocab_size=70, d_model=16, encoder_layers=1, decoder_layers=1, encoder_ffn_dim=16,
            decoder_ffn_dim=16, encoder_attention_heads=2, decoder_attention_heads=2,
            max_position_embeddings=64,
        )
    )  # fmt: skip
    assert attend(model, tokenizer, TEXT, Run()).maps.shape[:2] == (1, 2)
    assert layer_features((model, tokenizer), ["good", "bad"], Run()).shape == (2, 2, 16)
