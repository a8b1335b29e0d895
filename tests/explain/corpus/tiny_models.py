"""A tiny random transformer with a tokenizer, for tests of what reads its inside."""

from __future__ import annotations

from typing import Any

WORDS = ("the", "film", "is", "good", "bad", "not", "very", "a", "plot", "he", "she", "好", "很")
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tiny_bert(layers: int = 2, classifier: bool = False) -> tuple[Any, Any]:
    """Return (model, tokenizer): random weights, a few words, and single letters as pieces."""
    import torch
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertModel,
        BertTokenizerFast,
    )

    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = [*SPECIAL, *WORDS, *letters[1:], *(f"##{letter}" for letter in letters), ".", "'"]
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    tokenizer = BertTokenizerFast(vocab={word: i for i, word in enumerate(vocabulary)})
    model = (BertForSequenceClassification if classifier else BertModel)(config)
    return model.eval(), tokenizer
