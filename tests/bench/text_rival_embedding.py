"""imodelsX's embedding of n-grams, timed. Runs under the rival's own interpreter.

Reads lines of JSON and answers each with a line. First `folder` (of the model), `texts`, `ngrams`
and `orders`, answered by the occurrences it embeds and its vectors of the first n-grams; then the
name of a way of embedding, answered by its seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

SMALL_BATCH, LARGE_BATCH = 8, 256
AT_ONCE = 512
"""N-grams that imodelsX embeds in one call where it embeds a list of them."""


def main() -> None:
    """Time the rival on the texts as its own fit does, then on the list of n-grams."""
    import imodelsx.util
    import transformers
    from imodelsx.auglinear.embed import embed_and_sum_function
    from spacy.lang.en import English

    asked = json.loads(sys.stdin.readline())
    folder, texts, orders = asked["folder"], asked["texts"], asked["orders"]
    words = English().tokenizer
    common: dict[str, Any] = {
        "model": transformers.AutoModel.from_pretrained(folder).eval(),
        "tokenizer_embeddings": transformers.AutoTokenizer.from_pretrained(folder),
        "tokenizer_ngrams": words,
        "checkpoint": folder,
    }

    def by_text(some: list[str]) -> list[int]:
        return [
            embed_and_sum_function(
                text, ngrams=orders, all_ngrams=True, batch_size=SMALL_BATCH, **common
            )["seq_len"]
            for text in some
        ]

    def by_list(batch: int) -> list[Any]:
        found = []
        for start in range(0, len(asked["ngrams"]), AT_ONCE):
            part = asked["ngrams"][start : start + AT_ONCE]
            found += embed_and_sum_function(
                part, ngrams=None, fit_with_ngram_decomposition=False, sum_embeddings=False,
                batch_size=batch, **common,
            )["embs"].tolist()  # fmt: skip
        return found

    by_text(texts[:2])
    occurrences = [
        ngram
        for text in texts
        for ngram in imodelsx.util.generate_ngrams_list(
            text, ngrams=orders, tokenizer_ngrams=words, all_ngrams=True
        )
    ]
    _answer({"occurrences": occurrences, "vectors": by_list(LARGE_BATCH)[:100]})
    ways: dict[str, Callable[[], object]] = {
        "by_text": lambda: by_text(texts),
        "by_list_small": lambda: by_list(SMALL_BATCH),
        "by_list_large": lambda: by_list(LARGE_BATCH),
    }
    for line in sys.stdin:
        work = ways[json.loads(line)]
        start = time.perf_counter()
        work()
        _answer(time.perf_counter() - start)


def _answer(value: object) -> None:
    print(json.dumps(value), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.stdout = sys.stderr  # what libraries print is no answer
    main()
