"""A tiny model that was really trained, turned from llama2.c's format into a Hugging Face folder.

The format: seven int32 (width, inner width, layers, heads, key heads, vocabulary, length), then
float32 weights in a fixed order; the tokenizer: an int32, then a float32 score, an int32 length
and the bytes of each token. Its queries and keys turn neighbouring pairs of numbers, those of
Hugging Face's Llama the two halves, hence the change of order.
"""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.encoders.quiet import quiet

BEGIN, END = 1, 2
_BYTES_FROM = 3
_PIECES_FROM = 259
Array = NDArray[np.float32]


def save_story_model(folder: Path, weights: Path, tokens: Path) -> Path:
    """Write config.json, model.safetensors and the tokenizer into `folder`."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    width, inner, layers, heads, key_heads, vocabulary, length = struct.unpack(
        "7i", weights.read_bytes()[:28]
    )
    config = LlamaConfig(
        vocab_size=vocabulary, hidden_size=width, intermediate_size=inner,
        num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=key_heads,
        max_position_embeddings=length, rms_norm_eps=1e-5, tie_word_embeddings=True,
        bos_token_id=BEGIN, eos_token_id=[BEGIN, END],
    )  # fmt: skip
    model = LlamaForCausalLM(config)
    state = {name: torch.from_numpy(a) for name, a in _state(weights, config).items()}
    model.load_state_dict(state, strict=False)
    model.tie_weights()
    with quiet():
        model.save_pretrained(folder)
    story_tokenizer(tokens, vocabulary, length).save_pretrained(folder)
    return folder


def with_context(model: Path, folder: Path, length: int = 8_192) -> Path:
    """Copy the model into `folder` as one that reads prompts of `length` tokens, if not well."""
    shutil.copytree(model, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["max_position_embeddings"] = length
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def _state(weights: Path, config: Any) -> dict[str, Array]:
    """Return the weights under their names in Hugging Face's Llama."""
    numbers = np.fromfile(weights, dtype="<f4", offset=28)
    width, inner, layers = config.hidden_size, config.intermediate_size, config.num_hidden_layers
    heads, key_heads = config.num_attention_heads, config.num_key_value_heads
    narrow = width // heads * key_heads
    place = 0

    def take(*shape: int) -> Array:
        nonlocal place
        size = int(np.prod(shape))
        place += size
        return numbers[place - size : place].reshape(shape).copy()

    state = {"model.embed_tokens.weight": take(config.vocab_size, width)}
    stacks = {
        "input_layernorm": take(layers, width),
        "self_attn.q_proj": _turned(take(layers, width, width), heads),
        "self_attn.k_proj": _turned(take(layers, narrow, width), key_heads),
        "self_attn.v_proj": take(layers, narrow, width),
        "self_attn.o_proj": take(layers, width, width),
        "post_attention_layernorm": take(layers, width),
        "mlp.gate_proj": take(layers, inner, width),
        "mlp.down_proj": take(layers, width, inner),
        "mlp.up_proj": take(layers, inner, width),
    }
    for name, stack in stacks.items():
        for layer in range(layers):
            state[f"model.layers.{layer}.{name}.weight"] = stack[layer]
    state["model.norm.weight"] = take(width)
    return state


def _turned(stack: Array, heads: int) -> Array:
    layers, out, width = stack.shape
    pairs = stack.reshape(layers, heads, out // heads // 2, 2, width)
    return np.ascontiguousarray(pairs.swapaxes(2, 3).reshape(layers, out, width))


def story_tokenizer(tokens: Path, vocabulary: int, length: int) -> Any:
    """Return the tokenizer: pairs are joined in the order of their scores, else bytes stand in."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces = _pieces(tokens, vocabulary)
    ids = {piece: i for i, (piece, _) in enumerate(pieces)}
    joined = sorted(pieces[_PIECES_FROM:], key=lambda entry: -entry[1])
    pairs = [
        (piece[:cut], piece[cut:])
        for piece, _ in joined
        for cut in range(1, len(piece))
        if piece[:cut] in ids and piece[cut:] in ids
    ]
    core = Tokenizer(models.BPE(ids, pairs, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    core.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    core.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
         decoders.Strip(" ", 1, 0)]
    )  # fmt: skip
    core.add_special_tokens([AddedToken(name, special=True) for name in ("<unk>", "<s>", "</s>")])
    core.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", BEGIN)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=core, bos_token="<s>", eos_token="</s>", unk_token="<unk>",
        model_max_length=length,
    )  # fmt: skip


def _pieces(tokens: Path, vocabulary: int) -> list[tuple[str, float]]:
    data, place = tokens.read_bytes(), 4
    pieces: list[tuple[str, float]] = []
    for number in range(vocabulary):
        score, size = struct.unpack_from("<fi", data, place)
        text = data[place + 8 : place + 8 + size].decode("utf-8")
        place += 8 + size
        if _BYTES_FROM <= number < _PIECES_FROM:
            text = f"<0x{number - _BYTES_FROM:02X}>"
        pieces.append((text.strip("\n") if number < _BYTES_FROM else text.replace(" ", "▁"), score))
    return pieces
