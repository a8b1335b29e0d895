"""A keyword tree in use: prediction, editing, scores and drawing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.core.values import from_json, to_json
from pellucid.data.tokens import words_of
from pellucid.models.keyword_tree.drawing import tree_layout, tree_lines
from pellucid.models.keyword_tree.editing import with_keyword, without_keyword, without_node
from pellucid.models.keyword_tree.scores import leaf_scores, rescore
from pellucid.models.keyword_tree.tree import NO_LEAF, KeywordTree
from pellucid.models.keyword_tree.types import Condition, Edit, Expansion, Node

TEXTS = ["Refund, please", "my money back", "thanks for the money back", "THANKS", "", None, "hm"]
WORDS = [words_of(text or "") for text in TEXTS]
TARGET = np.array([1, 1, 0, 0, 0, 1, 1])
REFUNDED, KINDLY_REFUNDED, REST = (
    '"refund" or 2 more → not "thanks"', '"refund" or 2 more → "thanks"', 'not "refund" nor 2 more',
)  # fmt: skip


def made_tree() -> KeywordTree:
    nodes = (
        Node(0, 5, (0.4, 0.6), ("refund", "money back", "repay"), 1, 2,
             Expansion("refund", 0.1, 0.2, 0.01, 3)),
        Node(1, 3, (1 / 3, 2 / 3), ("thanks",), 3, 4),
        Node(2, 2, (0.5, 0.5)),
        Node(3, 1, (1.0, 0.0)),
        Node(4, 2, (0.0, 1.0)),
    )  # fmt: skip
    return KeywordTree("mail", "binary", ("no", "yes"), nodes, orders=2)


def test_each_text_falls_into_the_leaf_of_its_keywords() -> None:
    tree = made_tree()
    assert tree.labels == (KINDLY_REFUNDED, REFUNDED, REST)
    expected = [REFUNDED, REFUNDED, KINDLY_REFUNDED, REST, None, None, REST]
    assert tree.leaf_labels(TEXTS).tolist() == expected
    assert tree.leaf_labels(np.array(TEXTS, dtype=object)).tolist() == expected
    assert tree.leaf_positions(TEXTS).tolist() == [1, 1, 0, 2, NO_LEAF, NO_LEAF, 2]
    assert [tree.leaf_of(words) for words in WORDS] == [4, 4, 3, 2, None, None, 2]


def test_a_path_names_the_keyword_that_was_found() -> None:
    tree = made_tree()
    assert [(step.node.id, step.found) for step in tree.path_of(WORDS[2])] == [
        (0, "money back"),
        (1, "thanks"),
    ]
    assert [step.found for step in tree.path_of(WORDS[3])] == [None]
    assert tree.path_of([]) == ()


def test_a_leaf_knows_all_its_conditions() -> None:
    assert made_tree().conditions(4) == (
        Condition(("refund", "money back", "repay"), True),
        Condition(("thanks",), False),
    )
    for ask in (made_tree().conditions, made_tree().node):
        with pytest.raises(KeyError):
            ask(9)


def test_a_keyword_is_added_and_remembered() -> None:
    tree = with_keyword(made_tree(), 1, "  Thank YOU so ")
    assert tree.node(1).keywords == ("thanks", "thank you so")
    assert tree.orders == 3
    assert tree.edits == (Edit("keyword added", 1, "thank you so"),)
    assert tree.leaf_of(words_of("Refund? Thank you so much")) == 3
    tree = with_keyword(tree, 0, "退款")
    expansion = tree.root.expansion
    assert expansion is not None
    assert [(c.keyword, c.source, c.kept) for c in expansion.candidates] == [("退款", "user", True)]
    assert made_tree().edits == ()
    assert from_json(KeywordTree, to_json(tree)) == tree


def test_a_keyword_is_taken_out() -> None:
    tree = without_keyword(made_tree(), 0, "Money Back")
    assert tree.root.keywords == ("refund", "repay")
    assert tree.leaf_of(WORDS[1]) == 2
    assert tree.edits == (Edit("keyword removed", 0, "money back"),)


def test_a_question_is_pruned() -> None:
    tree = without_node(made_tree(), 1)
    assert [node.id for node in tree.nodes] == [0, 1, 2]
    assert tree.labels == ('"refund" or 2 more', REST)
    assert tree.edits == (Edit("node removed", 1),)
    assert without_node(tree, 0).labels == ("all texts",)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda tree: with_keyword(tree, 0, "repay"), "already"),
        (lambda tree: with_keyword(tree, 0, "much more than three words"), "1 to 3 words"),
        (lambda tree: with_keyword(tree, 0, " ... "), "1 to 3 words"),
        (lambda tree: with_keyword(tree, 2, "word"), "asks for no keywords"),
        (lambda tree: without_keyword(tree, 0, "..."), "not one of"),
        (lambda tree: without_keyword(tree, 1, "thanks"), "only keyword"),
        (lambda tree: without_node(tree, 4), "asks for no keywords"),
        (lambda tree: without_node(tree, 17), "no node 17"),
    ],
)
def test_an_edit_that_makes_no_sense_is_explained(edit, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError, match=message) as raised:
        edit(made_tree())
    assert raised.value.hint


def test_counts_are_taken_anew_after_an_edit() -> None:
    tree = rescore(made_tree(), WORDS, TARGET)
    assert tree == made_tree()
    tree = rescore(with_keyword(tree, 1, "please"), WORDS, TARGET)
    assert {node.id: node.texts for node in tree.nodes} == {0: 5, 1: 3, 2: 2, 3: 2, 4: 1}
    assert tree.node(3).mean == (0.5, 0.5)
    deserted = rescore(with_keyword(tree, 1, "my"), WORDS, TARGET)
    assert deserted.node(4).texts == 0
    assert deserted.node(4).mean == deserted.node(1).mean


def test_scores_of_two_classes_are_log_odds_drawn_to_the_parent() -> None:
    tree = made_tree()
    scores = leaf_scores(tree, tree.leaf_positions(TEXTS), TARGET)
    root = (3 + 2 * 0.5) / 7
    refunded = (2 + 2 * root) / 5
    shares = [2 * refunded / 3, (2 + 2 * refunded) / 4, (1 + 2 * root) / 4]
    np.testing.assert_allclose(scores[:, 0], [np.log(p / (1 - p)) for p in shares])


def test_scores_of_a_bag_look_at_its_members_alone() -> None:
    tree, members = made_tree(), np.array([1, -1, 1, 1, 1, 1, 0], dtype=np.int8)
    positions = tree.leaf_positions(TEXTS)
    kept = members > 0
    expected = leaf_scores(tree, positions[kept], TARGET[kept])
    np.testing.assert_array_equal(leaf_scores(tree, positions, TARGET, members), expected)
    nobody = leaf_scores(tree, positions, TARGET, np.zeros(7, dtype=np.int8))
    np.testing.assert_allclose(nobody, 0.0, atol=1e-12)


def test_scores_of_several_classes_sum_to_zero() -> None:
    tree = replace(made_tree(), kind="multiclass", classes=("a", "b", "c"))
    scores = leaf_scores(tree, tree.leaf_positions(TEXTS), np.array([2, 1, 0, 0, 0, 1, 1]))
    assert scores.shape == (3, 3)
    np.testing.assert_allclose(scores.sum(axis=1), 0.0, atol=1e-12)
    assert scores[0].argmax() == 0


def test_scores_of_numbers_are_means() -> None:
    tree = replace(made_tree(), kind="regression", classes=())
    numbers = np.array([10.0, 10.0, 0.0, -5.0, 99.0, 99.0, -5.0])
    scores = leaf_scores(tree, tree.leaf_positions(TEXTS), numbers)
    root = 2.0
    refunded = (20 + 2 * root) / 5
    expected = [2 * refunded / 3, (20 + 2 * refunded) / 4, (-10 + 2 * root) / 4]
    np.testing.assert_allclose(scores[:, 0], expected)
    rescored = rescore(tree, WORDS, numbers)
    assert [leaf.mean for leaf in rescored.leaves] == [(0.0,), (10.0,), (-5.0,)]


def test_the_tree_as_lines() -> None:
    assert tree_lines(made_tree()) == (
        '5 texts, 60% yes; holds "refund", "money back" or "repay"?',
        '├─ yes: 3 texts, 66.7% yes; holds "thanks"?',
        "│  ├─ yes: 1 text, 0% yes",
        "│  └─ no: 2 texts, 100% yes",
        "└─ no: 2 texts, 50% yes",
    )
    root = replace(made_tree().root, keywords=tuple("abcdefghij"))
    many = replace(made_tree(), nodes=(root, *made_tree().nodes[1:]))
    assert tree_lines(many)[0].endswith('"g", "h" or 2 more?')


def test_the_tree_as_places() -> None:
    places = {place.node: place for place in tree_layout(made_tree())}
    assert {n: (p.column, p.row) for n, p in places.items()} == {
        0: (1.25, 0), 1: (0.5, 1), 2: (2.0, 1), 3: (0.0, 2), 4: (1.0, 2),
    }  # fmt: skip
    assert (places[0].parent, places[0].branch, places[0].label) == (None, None, "all texts")
    assert (places[4].parent, places[4].branch, places[4].label) == (1, False, 'not "thanks"')
    assert (places[1].colour, places[1].colour_class) == (pytest.approx(2 / 3), None)


def test_colours_and_means_of_other_targets() -> None:
    several = replace(made_tree(), kind="multiclass")
    place = tree_layout(several)[0]
    assert (place.colour, place.colour_class, place.text) == (0.6, 1, "60% yes")
    number = replace(made_tree(), kind="regression", classes=())
    places = {place.node: place for place in tree_layout(number)}
    assert (places[4].colour, places[3].colour, places[3].text) == (0.0, 1.0, "mean 1")
    alone = replace(number, nodes=(Node(0, 3, (2.5,)),))
    assert tree_layout(alone)[0].colour == 0.5
