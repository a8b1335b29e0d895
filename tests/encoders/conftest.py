"""Tiny transformers with random weights, in folders as transformers writes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORDS = ["good", "bad", "film", "the", "a", "was", "and", "not", "very", "plot"]


def save_tiny(folder: Path, kind: str = "BertModel", **settings: Any) -> Path:
    """Write a random BERT of 2 layers and 16 dimensions with a tokenizer of a few words."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    from pellucid.encoders.quiet import quiet

    vocabulary = {w: i for i, w in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    words = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    words.normalizer = normalizers.Lowercase()
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=40, **settings,
    )  # fmt: skip
    with quiet(), torch.random.fork_rng():
        torch.manual_seed(0)
        getattr(transformers, kind)(config).save_pretrained(folder)
        transformers.PreTrainedTokenizerFast(
            tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]", model_max_length=38
        ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny encoder; not to be changed."""
    return save_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def own_tiny(tiny: Path, tmp_path: Path) -> Path:
    """Return a copy of the tiny encoder that a test may damage."""
    return Path(shutil.copytree(tiny, tmp_path / "own"))


@pytest.fixture(scope="session")
def tiny_classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny classifier with the labels "no", "maybe" and "yes"."""
    return save_tiny(
        tmp_path_factory.mktemp("models") / "classifier",
        "BertForSequenceClassification",
        id2label={0: "no", 1: "maybe", 2: "yes"},
        label2id={"no": 0, "maybe": 1, "yes": 2},
    )


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to connect to anything a failure of the test."""
    import socket

    def refuse(*arguments: object) -> None:
        raise AssertionError(f"the network was asked for: {arguments[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


Editor = Callable[..., None]


@pytest.fixture
def edit_json() -> Editor:
    """Return a function that changes entries of a JSON file."""
    import json

    def edit(file: Path, **entries: object) -> None:
        whole = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**whole, **entries}), encoding="utf-8")

    return edit
