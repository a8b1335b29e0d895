"""Transformers that turn texts into vectors by the mean over their tokens, and how they load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.encoders.devices import (
    Device,
    choose_device,
    free_memory,
    is_out_of_memory,
    too_small,
)
from pellucid.encoders.folders import AGAIN, ModelFolder, check_folder
from pellucid.encoders.hashes import digest_of
from pellucid.encoders.quiet import quiet
from pellucid.encoders.types import EncoderInfo, Vectors

MOST_TOKENS = 256
MOST_CHARACTERS = 40 * MOST_TOKENS
_WINDOW = 4_096
_LEFT_TO_RIGHT = "a model that reads from left to right; its tokens know only what stands before"
_ENCODER_HALF = "the encoding half of a model that reads and writes"


@dataclass(frozen=True, slots=True)
class TransformerEncoder:
    """A transformer whose vector of a text is the mean of its last layer over the text's tokens.

    Source: Reimers and Gurevych 2019, Sentence-BERT, arXiv:1908.10084 (mean pooling).
    """

    info: EncoderInfo
    model: Any
    tokenizer: Any
    device: Device
    most_tokens: int

    def encode(self, texts: Sequence[str], run: Run) -> Vectors:
        """Return a vector a text, float32 of shape (texts, dimensions), in the order given.

        Texts are cut after `most_tokens` tokens; how many were is reported as `cut_short`.
        Where memory runs out batches are halved; raises `UserError` if one text is too much.
        """
        vectors = np.zeros((len(texts), self.info.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        budget, done, cut = self.device.batch_tokens, 0, 0
        for start in range(0, len(order), _WINDOW):
            window = order[start : start + _WINDOW]
            rows, was_cut = token_ids(self.tokenizer, [texts[i] for i in window], self.most_tokens)
            cut += was_cut
            waiting = sorted((i for i, row in enumerate(rows) if row), key=lambda i: -len(rows[i]))
            done += len(rows) - len(waiting)
            while waiting:
                run.check()
                batch = next(batches([rows[i] for i in waiting], budget))
                pooled = self._try_pooling([rows[i] for i in waiting[:batch]])
                if pooled is None:
                    if batch == 1:
                        raise too_small(f"encoding texts with {self.info.name}")
                    budget = max(1, batch * len(rows[waiting[0]]) // 2)
                    continue
                vectors[[window[i] for i in waiting[:batch]]] = pooled
                done += batch
                waiting = waiting[batch:]
                run.progress("Encoding texts", done, len(texts), **cut_short(cut))
        return vectors

    def _try_pooling(self, rows: list[list[int]]) -> Vectors | None:
        """Return the vectors of one batch, None where memory ran out."""
        try:
            return self._pooled(rows)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
        free_memory(self.device)
        return None

    def _pooled(self, rows: list[list[int]]) -> Vectors:
        import torch

        ids, mask = padded(rows, self.tokenizer.pad_token_id)
        with torch.inference_mode():
            ids, mask = ids.to(self.device.name), mask.to(self.device.name)
            hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
            vectors: Vectors = mean_over_tokens(hidden, mask).cpu().numpy()
        return vectors


def load_encoder(folder: ModelFolder | Path, run: Run) -> TransformerEncoder:
    """Load a folder's model as an encoder, on the best device and in its precision.

    Raises `UserError` for a folder that `check_folder` refuses or whose model gives no vector a
    token (one of pictures or sounds, say).
    """
    folder = checked(folder)
    run.check()
    run.progress(f"Loading {folder.name}")
    device = choose_device()
    model, tokenizer = _loaded(folder, "AutoModel", device.dtype)
    note = _note(model.config)
    if getattr(model.config, "is_encoder_decoder", False):
        model = model.get_encoder()
    model = model.to(device.name).eval()
    key = digest_of([folder.key, "mean", str(MOST_TOKENS)])[:32]
    limit = most_tokens_of(model, tokenizer, MOST_TOKENS)
    dimensions = int(getattr(model.config, "hidden_size", 0) or model.config.d_model)
    info = EncoderInfo(folder.name, key, dimensions, True, folder.path, folder.bytes, note)
    encoder = TransformerEncoder(info, model, tokenizer, device, limit)
    try:
        encoder.encode(["text"], Run(seed=run.seed))
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise UserError(
            f"The model {folder.name} ({folder.model_type}) does not turn texts into vectors",
            "Choose a model of texts, such as one made for sentence embeddings.",
        ) from error
    return encoder


def load_backbone(folder: ModelFolder | Path) -> tuple[Any, Any]:
    """Load a folder's transformer without any head, in float32 on the CPU: (model, tokenizer)."""
    return _loaded(checked(folder), "AutoModel", None)


def load_classifier(folder: ModelFolder | Path) -> tuple[Any, Any, tuple[str, ...]]:
    """Load a sequence classifier in float32 on the CPU: (model, tokenizer, labels).

    Raises `UserError` where the folder holds none.
    """
    folder = checked(folder)
    if not folder.has_classifier:
        raise UserError(
            f"The model {folder.name} is no classifier of texts",
            "Give a folder that was saved as a sequence classifier, or tune this one on your data.",
        )
    model, tokenizer = _loaded(folder, "AutoModelForSequenceClassification", None)
    return model, tokenizer, folder.labels


def load_causal(folder: ModelFolder, dtype: Any) -> tuple[Any, Any]:
    """Load a model that goes on writing a text, in `dtype` on the CPU: (model, tokenizer)."""
    return _loaded(folder, "AutoModelForCausalLM", dtype)


def checked(folder: ModelFolder | Path) -> ModelFolder:
    """Return a checked folder, checking it where that has not been done."""
    return folder if isinstance(folder, ModelFolder) else check_folder(folder)


def token_ids(
    tokenizer: Any, texts: Sequence[str], most_tokens: int
) -> tuple[list[list[int]], int]:
    """Return the token ids of each text, at most `most_tokens`, and how many texts were cut.

    Very long texts are cut by characters first, so that reading them costs no time; characters
    that no encoding knows (lone surrogates) become question marks.
    """
    short = [text[:MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8") for text in texts]
    with quiet():
        read = tokenizer(
            short, truncation=True, max_length=most_tokens, return_attention_mask=False
        )
    rows: list[list[int]] = read["input_ids"]
    if read.encodings is None:
        is_cut = [len(row) >= most_tokens for row in rows]
    else:
        is_cut = [bool(encoding.overflowing) for encoding in read.encodings]
    cut = sum(c or len(t) > MOST_CHARACTERS for c, t in zip(is_cut, texts, strict=True))
    return rows, cut


def cut_short(texts: int) -> dict[str, float]:
    """Return, for a report of progress, how many texts were cut; nothing where none was."""
    return {"cut_short": texts} if texts else {}


def batches(rows: Sequence[Sequence[int]], budget: int) -> Iterator[int]:
    """Yield the sizes of the batches of rows that come longest first, within `budget` tokens."""
    start = 0
    while start < len(rows):
        size = min(max(1, budget // len(rows[start])), len(rows) - start)
        yield size
        start += size


def padded(rows: Sequence[Sequence[int]], pad: int) -> tuple[Any, Any]:
    """Return token ids and attention mask as int64 tensors, shape (rows, longest row)."""
    import torch

    width = max(len(row) for row in rows)
    ids = torch.full((len(rows), width), pad, dtype=torch.long)
    mask = torch.zeros((len(rows), width), dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        mask[i, : len(row)] = 1
    return ids, mask


def mean_over_tokens(hidden: Any, mask: Any) -> Any:
    """Return the float32 mean of `hidden` (n, t, d) over the tokens in `mask` (n, t)."""
    inside = mask.bool()[:, :, None]
    total = hidden.float().masked_fill(~inside, 0.0).sum(1)
    return total / inside.sum(1).clamp(min=1)


def most_tokens_of(model: Any, tokenizer: Any, most: int) -> int:
    """Return how many tokens of a text the model can read, at most `most`.

    Two places are left free for models that number their positions from beyond the padding.
    """
    positions = getattr(model.config, "max_position_embeddings", None) or most + 2
    return int(max(4, min(most, tokenizer.model_max_length, positions - 2)))


def _loaded(folder: ModelFolder, kind: str, dtype: Any) -> tuple[Any, Any]:
    import torch
    import transformers
    from huggingface_hub import errors
    from safetensors import SafetensorError

    auto = getattr(transformers, kind)
    local = {"local_files_only": True, "trust_remote_code": False}
    failures = (
        OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, ImportError,
        SafetensorError, getattr(errors, "StrictDataclassError", OSError),
    )  # fmt: skip
    try:
        with quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder.path), **local)
            model, loading = auto.from_pretrained(
                str(folder.path),
                use_safetensors=True,
                dtype=dtype or torch.float32,
                output_loading_info=True,
                **local,
            )
    except failures as error:
        if is_out_of_memory(error):
            raise too_small(f"loading {folder.name}") from error
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if "mismatched" in why:
            why = "its weights have other sizes than its config.json says"
        if isinstance(error, KeyError):
            why = f"it lacks {why}"
        raise UserError(
            f"The model in {folder.path} cannot be loaded: {why.rstrip('.:')}", AGAIN
        ) from error
    missing = sorted(k for k in loading["missing_keys"] if "pooler" not in k or kind != "AutoModel")
    if missing:
        raise UserError(
            f"The weights in {folder.path} are not those of its architecture: "
            f"{len(missing)} are missing, {missing[0]} first",
            AGAIN,
        )
    _set_padding(tokenizer, folder)
    return model.eval(), tokenizer


def _set_padding(tokenizer: Any, folder: ModelFolder) -> None:
    """Make sure there is a token to pad with; it is masked, so any will do."""
    if tokenizer.pad_token_id is not None:
        return
    for token in (tokenizer.eos_token, tokenizer.unk_token, tokenizer.bos_token):
        if token is not None:
            tokenizer.pad_token = token
            return
    raise UserError(
        f"The tokenizer in {folder.path} is not whole: it names no special tokens", AGAIN
    )


def _note(config: Any) -> str:
    if getattr(config, "is_encoder_decoder", False):
        return _ENCODER_HALF
    names = getattr(config, "architectures", None) or ()
    is_causal = any(str(name).endswith(("ForCausalLM", "LMHeadModel")) for name in names)
    is_masked = config.model_type in ("bert", "roberta", "xlm-roberta", "electra", "camembert")
    return _LEFT_TO_RIGHT if is_causal and not is_masked else ""
