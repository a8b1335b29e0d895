"""Random transformers of a few thousand weights, saved as real ones are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

WORDS = (
    "good", "bad", "film", "book", "very", "not", "a", "the", "plot", "is", "was", "great", "dull",
    "long", "short", "and", "of", "it",
)  # fmt: skip
STRANGE = (
    "你好世界 good",
    "fine 👩‍👩‍👧 👍🏽 day",
    "שלום good עולם",
    "cafe\u0301 nai\u0308ve",
    "  tabs\tand\nlines  ",
    "",
    "lone \ud800 surrogate",
)


def sentences(count: int, seed: int = 0) -> list[str]:
    """Return sentences of two to nine words."""
    random = np.random.default_rng([seed, 1])
    return [" ".join(random.choice(WORDS, random.integers(2, 10))) for _ in range(count)]


def word_pieces(most: int = 64) -> Any:
    """Return a fast tokenizer like BERT's, that knows a few words and letters."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *letters[1:],
              *(f"##{letter}" for letter in letters), "你", "世"]  # fmt: skip
    core = Tokenizer(
        models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]")
    )
    core.normalizer = normalizers.BertNormalizer(lowercase=True)
    core.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    core.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=core, model_max_length=most, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip


def byte_pieces(most: int = 64) -> Any:
    """Return a fast tokenizer like GPT-2's: bytes, so that an emoji is several tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    core.train_from_iterator([" ".join(WORDS)] * 3, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=core, model_max_length=most, pad_token="<s>")


def save_bert(
    folder: Path,
    labels: Sequence[str] | int = 2,
    seed: int = 0,
    backbone: bool = False,
    **more: Any,
) -> Path:
    """Write a random BERT: a classifier with `labels`, or with that many unnamed, or a backbone."""
    from transformers import BertConfig, BertForSequenceClassification, BertModel

    tokenizer = word_pieces()
    named = labels if not isinstance(labels, int) else [f"LABEL_{i}" for i in range(labels)]
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=24, max_position_embeddings=66, initializer_range=0.3,
        id2label=dict(enumerate(named)), label2id={n: i for i, n in enumerate(named)}, **more,
    )  # fmt: skip
    return _save((BertModel if backbone else BertForSequenceClassification), config, tokenizer,
                 folder, seed)  # fmt: skip


def save_roberta(folder: Path, seed: int = 0) -> Path:
    """Write a random RoBERTa classifier of three labels, which reads bytes."""
    from transformers import RobertaConfig, RobertaForSequenceClassification

    tokenizer = byte_pieces()
    pad = tokenizer.pad_token_id
    config = RobertaConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=24, max_position_embeddings=66, pad_token_id=pad, initializer_range=0.3,
        num_labels=3,
    )  # fmt: skip
    return _save(RobertaForSequenceClassification, config, tokenizer, folder, seed)


def save_gpt2(folder: Path, seed: int = 0) -> Path:
    """Write a random GPT-2 classifier of two labels, which has no padding of its own."""
    from transformers import GPT2Config, GPT2ForSequenceClassification

    tokenizer = byte_pieces()
    config = GPT2Config(
        vocab_size=len(tokenizer), n_embd=16, n_layer=2, n_head=2, n_positions=66,
        initializer_range=0.3, num_labels=2, bos_token_id=None, eos_token_id=None,
    )  # fmt: skip
    return _save(GPT2ForSequenceClassification, config, tokenizer, folder, seed)


def save_distilbert(folder: Path, seed: int = 0) -> Path:
    """Write a random DistilBERT that predicts a number."""
    from transformers import DistilBertConfig, DistilBertForSequenceClassification

    tokenizer = word_pieces()
    config = DistilBertConfig(
        vocab_size=len(tokenizer), dim=16, n_layers=2, n_heads=2, hidden_dim=24,
        max_position_embeddings=66, num_labels=1, initializer_range=0.3,
    )  # fmt: skip
    return _save(DistilBertForSequenceClassification, config, tokenizer, folder, seed)


def save_tuned(folder: Path, classes: Sequence[str], mean: float = 0.0, scale: float = 1.0) -> Path:
    """Write what tuning would: a backbone with a random head over its mean-pooled tokens."""
    import json

    from safetensors.numpy import save_file

    save_bert(folder, backbone=True)
    random = np.random.default_rng(5)
    outputs = len(classes) or 1
    head = {
        "weight": random.normal(size=(16, outputs)).astype(np.float32),
        "bias": random.normal(size=outputs).astype(np.float32),
    }
    save_file(head, folder / "head.safetensors")
    about = {
        "classes": list(classes), "pooling": "mean", "target_mean": mean, "target_scale": scale,
        "validation": 0.5, "epochs": 1, "texts": 10, "texts_given": 10, "held_out": 2,
        "most_tokens": 32, "was_stopped": False, "base": "tiny",
    }  # fmt: skip
    (folder / "pellucid.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def _save(kind: Any, config: Any, tokenizer: Any, folder: Path, seed: int) -> Path:
    import torch
    from transformers.utils import logging

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = kind(config)
    logging.disable_progress_bar()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
