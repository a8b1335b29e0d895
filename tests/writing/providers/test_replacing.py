"""Replacing gives the same wherever the pieces are cut."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pellucid.writing.providers.replacing import Replacer

LETTERS = st.text(alphabet="abc", max_size=12)


@given(
    text=LETTERS,
    cuts=st.lists(st.integers(0, 12), max_size=6),
    pairs=st.dictionaries(
        st.text(alphabet="abc", min_size=1, max_size=4), st.just("X"), max_size=4
    ),
)
def test_pieces_give_what_the_whole_gives(
    text: str, cuts: list[int], pairs: dict[str, str]
) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[a:b] for a, b in itertools.pairwise(edges)]
    replacer = Replacer(pairs)

    assert "".join(replacer.stream(pieces)) == replacer.whole(text)


def test_a_piece_is_not_held_back_longer_than_it_has_to_be() -> None:
    streamed = Replacer({"secret": "[hidden]"}).stream(["one se", "ven secret", " end"])
    assert list(streamed) == ["one ", "seven [hidden]", " end"]
