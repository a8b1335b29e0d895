"""Transformers as encoders: what a vector is, which texts are cut, and what is refused."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Progress, Run
from pellucid.encoders.devices import Device, choose_device, is_out_of_memory
from pellucid.encoders.transformer import (
    TransformerEncoder,
    load_backbone,
    load_classifier,
    load_encoder,
    mean_over_tokens,
    padded,
    token_ids,
)

TEXTS = [
    "a good film",
    "",
    "the plot was not very good and the film was bad",
    "bad",
    "film 🎬 電影",
]


@pytest.fixture(scope="module")
def encoder(tiny: Path) -> TransformerEncoder:
    return load_encoder(tiny, Run())


def test_vectors_are_means_over_the_tokens_of_each_text(
    encoder: TransformerEncoder, tiny: Path
) -> None:
    import torch

    model, tokenizer = load_backbone(tiny)
    vectors = encoder.encode(TEXTS, Run())
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), 16)
    for text, vector in zip(TEXTS, vectors, strict=True):
        ids, mask = padded([tokenizer(text)["input_ids"]], tokenizer.pad_token_id)
        with torch.inference_mode():
            alone = model(input_ids=ids, attention_mask=mask).last_hidden_state[0].mean(0)
        np.testing.assert_allclose(vector, alone.numpy(), atol=0.05)  # bfloat16 where it is fast


def test_an_empty_text_has_a_vector_like_any_other(encoder: TransformerEncoder) -> None:
    vectors = encoder.encode(["", "  ", ""], Run())
    assert np.isfinite(vectors).all()
    assert np.abs(vectors).max() > 0
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_no_texts_give_no_vectors(encoder: TransformerEncoder) -> None:
    assert encoder.encode([], Run()).shape == (0, 16)


def test_long_texts_are_cut_and_counted(encoder: TransformerEncoder) -> None:
    seen: list[Progress] = []
    texts = ["good " * 200_000, "good film", "bad " * 50, "x" * 1_000_000]
    vectors = encoder.encode(texts, Run(on_progress=seen.append))
    assert seen[-1].numbers == {"cut_short": 3}
    assert seen[-1].done == seen[-1].total == 4
    encoder.encode(["good film"], Run(on_progress=seen.append))
    assert not seen[-1].numbers
    np.testing.assert_allclose(vectors[0], encoder.encode(["good " * 36], Run())[0], atol=0.05)


def test_text_that_no_encoding_knows_is_read_all_the_same(encoder: TransformerEncoder) -> None:
    assert np.isfinite(encoder.encode(["good \ud800 film\x00"], Run())).all()


def test_a_stop_is_heard_between_batches(encoder: TransformerEncoder) -> None:
    with pytest.raises(StoppedError):
        encoder.encode(TEXTS, Run(should_stop=lambda: True))


def test_the_encoder_tells_what_it_is(encoder: TransformerEncoder, tiny: Path) -> None:
    info = encoder.info
    assert (info.name, info.dimensions, info.is_language_model) == ("tiny", 16, True)
    assert info.folder == tiny.resolve()
    assert info.bytes > 0
    assert encoder.device == choose_device()
    assert encoder.most_tokens == 38


class _Narrow:
    """Wraps a model that has memory for so many texts at once."""

    def __init__(self, model: Any, texts: int) -> None:
        self.model, self.texts = model, texts

    def __call__(self, **inputs: Any) -> Any:
        if len(inputs["input_ids"]) > self.texts:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes")
        return self.model(**inputs)


def test_batches_are_halved_where_memory_runs_out(encoder: TransformerEncoder) -> None:
    import dataclasses

    texts = TEXTS * 5
    wanted = encoder.encode(texts, Run())
    narrow = dataclasses.replace(encoder, model=_Narrow(encoder.model, 2))
    np.testing.assert_allclose(narrow.encode(texts, Run()), wanted, atol=0.05)
    none = dataclasses.replace(encoder, model=_Narrow(encoder.model, 0))
    with pytest.raises(UserError, match="Memory ran out"):
        none.encode(texts, Run())


def test_what_counts_as_out_of_memory() -> None:
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(RuntimeError("CUDA out of memory. Tried to allocate"))
    assert not is_out_of_memory(RuntimeError("shapes do not fit"))
    assert not is_out_of_memory(ValueError("out of memory"))


def test_devices_differ_in_precision_and_batches() -> None:
    import torch

    assert Device("cpu", True).dtype is torch.bfloat16
    assert Device("mps", False).dtype is torch.float32
    assert Device("cuda", True).batch_tokens > Device("cpu", True).batch_tokens


def test_padding_does_not_reach_the_mean() -> None:
    import torch

    hidden = torch.tensor([[[1.0], [3.0], [float("nan")]]])
    assert mean_over_tokens(hidden, torch.tensor([[1, 1, 0]])).item() == 2.0


@pytest.mark.usefixtures("no_network")
def test_loading_says_nothing_asks_no_network_and_leaves_settings_alone(
    tiny: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from transformers.utils import logging as talk

    has_bars = talk.is_progress_bar_enabled()
    talk.set_verbosity(logging.INFO)
    try:
        load_encoder(tiny, Run())
        assert talk.get_verbosity() == logging.INFO
        assert talk.is_progress_bar_enabled() == has_bars
    finally:
        talk.set_verbosity(logging.WARNING)
    assert capfd.readouterr() == ("", "")


def test_a_classifier_loads_with_its_labels(tiny_classifier: Path, tiny: Path) -> None:
    import torch

    model, tokenizer, labels = load_classifier(tiny_classifier)
    rows, cut = token_ids(tokenizer, ["good film"], 38)
    ids, mask = padded(rows, tokenizer.pad_token_id)
    with torch.inference_mode():
        assert model(input_ids=ids, attention_mask=mask).logits.shape == (1, 3)
    assert (labels, cut) == (("no", "maybe", "yes"), 0)
    with pytest.raises(UserError, match="is no classifier"):
        load_classifier(tiny)


def test_weights_of_another_architecture_are_refused(own_tiny: Path) -> None:
    from safetensors.numpy import load_file, save_file

    tensors = load_file(own_tiny / "model.safetensors")
    kept = {n: t for n, t in tensors.items() if "layer.1" not in n}
    save_file(kept, own_tiny / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(UserError, match="are not those of its architecture"):
        load_encoder(own_tiny, Run())


def test_weights_of_another_size_are_refused(own_tiny: Path) -> None:
    config = json.loads((own_tiny / "config.json").read_text())
    (own_tiny / "config.json").write_text(json.dumps({**config, "hidden_size": 32}))
    with pytest.raises(UserError, match="cannot be loaded"):
        load_encoder(own_tiny, Run())


def test_a_tokenizer_that_is_damaged_is_refused(own_tiny: Path) -> None:
    (own_tiny / "tokenizer.json").write_text("{}")
    with pytest.raises(UserError, match="cannot be loaded"):
        load_encoder(own_tiny, Run())


def test_a_model_of_pictures_is_refused(own_tiny: Path) -> None:
    import transformers

    from pellucid.encoders.quiet import quiet

    config = transformers.ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        image_size=16, patch_size=8,
    )  # fmt: skip
    with quiet():
        transformers.ViTModel(config).save_pretrained(own_tiny)
    with pytest.raises(UserError, match="does not turn texts into vectors"):
        load_encoder(own_tiny, Run())


@pytest.mark.parametrize("kind", ["GPT2LMHeadModel", "T5Model"])
def test_models_that_write_are_read_with_a_note(own_tiny: Path, kind: str) -> None:
    import transformers

    from pellucid.encoders.quiet import quiet

    (own_tiny / "model.safetensors").unlink()
    config: Any = (
        transformers.GPT2Config(vocab_size=14, n_embd=16, n_layer=1, n_head=2, n_positions=64)
        if kind == "GPT2LMHeadModel"
        else transformers.T5Config(
            vocab_size=14, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2
        )
    )
    with quiet():
        getattr(transformers, kind)(config).save_pretrained(own_tiny)
    encoder = load_encoder(own_tiny, Run())
    assert encoder.info.note
    assert np.isfinite(encoder.encode(TEXTS, Run())).all()


def test_a_tokenizer_without_padding_pads_with_what_it_has(own_tiny: Path) -> None:
    file = own_tiny / "tokenizer_config.json"
    config = json.loads(file.read_text())
    del config["pad_token"]
    file.write_text(json.dumps(config))
    encoder = load_encoder(own_tiny, Run())
    assert encoder.tokenizer.pad_token == "[UNK]"
    assert np.isfinite(encoder.encode(TEXTS, Run())).all()


def test_the_real_encoder_knows_what_is_alike(offline_encoder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(offline_encoder, tmp_path / "real"))
    encoder = load_encoder(folder, Run())
    vectors = encoder.encode(["a wonderful movie", "a great film", "the invoice is due"], Run())
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert unit[0] @ unit[1] > 0.6 > 0.4 > unit[0] @ unit[2]
