"""What is said of the texts in a leaf of a keyword tree."""

from __future__ import annotations

from pellucid.facts.sentences import leaf_words
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Node


def test_a_leaf_is_told_by_the_last_keywords_that_its_texts_hold() -> None:
    nodes = (
        Node(0, 9, (0.5, 0.5), ("bad", "awful", "worst"), 1, 2),
        Node(1, 4, (0.9, 0.1)),
        Node(2, 5, (0.2, 0.8), ("good",), 3, 4),
        Node(3, 3, (0.1, 0.9)),
        Node(4, 2, (0.4, 0.6)),
    )
    tree = KeywordTree("review", "binary", ("no", "yes"), nodes)
    told = [leaf_words(tree, label) for label in tree.labels]
    assert told == ["says “bad” or 2 more", "says “good”", "says none of the keywords"]
