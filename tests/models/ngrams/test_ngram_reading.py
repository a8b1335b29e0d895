"""Texts as numbers: what rows that judge may know of themselves."""

from __future__ import annotations

import numpy as np

from pellucid.models.ngrams.reading import known_elsewhere, read_columns
from pellucid.models.ngrams.vocabulary import choose_together


def test_rows_that_judge_hold_nothing_that_they_alone_hold() -> None:
    words = [["good", "plot"], ["good", "good"], ["dull", "plot"], ["dull", "end"]]
    vocabularies = choose_together([words], 1, 10, min_texts_of_word=1)
    column = read_columns({"review": words}, vocabularies)[0].column
    cells = vocabularies[0].index
    found = known_elsewhere(column, np.array([False, False, True, True]))
    counts = found.counts.toarray()
    assert counts[2, cells["plot"]] == 1
    assert counts[1, cells["good"]] == 2
    assert not counts[:, [cells["dull"], cells["end"]]].any()
    np.testing.assert_array_equal(counts[:2], column.counts.toarray()[:2])
    np.testing.assert_array_equal(found.words, column.words)
