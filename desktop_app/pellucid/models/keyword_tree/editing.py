"""Changing a tree by hand: each edit gives a new tree that remembers it."""

from __future__ import annotations

from dataclasses import replace

from pellucid.core.errors import UserError
from pellucid.data.tokens import MOST_ORDERS
from pellucid.models.keyword_tree.presence import ngram_of
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Action, Candidate, Edit, Node


def with_keyword(tree: KeywordTree, node_id: int, keyword: str) -> KeywordTree:
    """Return the tree with one more keyword in a node; counts and means wait for `rescore`.

    Raises `UserError` for a leaf, and for a keyword that is no n-gram or is there already.
    """
    node = _question(tree, node_id)
    known = ngram_of(keyword)
    if known is None:
        raise UserError(
            f"“{keyword}” is not 1 to {MOST_ORDERS} words", "Give fewer words, or other ones."
        )
    ngram, length = known
    if ngram in node.keywords:
        raise UserError(f"“{ngram}” is already one of the keywords", "Choose another word.")
    expansion = node.expansion
    if expansion is not None:
        tried = (*expansion.candidates, Candidate(ngram, "user", kept=True))
        expansion = replace(expansion, candidates=tried)
    changed = replace(node, keywords=(*node.keywords, ngram), expansion=expansion)
    tree = replace(tree, orders=max(tree.orders, length))
    return _edited(tree, changed, "keyword added", ngram)


def without_keyword(tree: KeywordTree, node_id: int, keyword: str) -> KeywordTree:
    """Return the tree without one keyword of a node; counts and means wait for `rescore`.

    Raises `UserError` where the keyword is not there, or is the only one.
    """
    node = _question(tree, node_id)
    known = ngram_of(keyword)
    ngram = known[0] if known is not None else keyword
    if ngram not in node.keywords:
        raise UserError(f"“{keyword}” is not one of the keywords", "Choose one that is listed.")
    rest = tuple(word for word in node.keywords if word != ngram)
    if not rest:
        raise UserError(
            f"“{ngram}” is the only keyword here", "Remove the whole question, or add a word first."
        )
    return _edited(tree, replace(node, keywords=rest), "keyword removed", ngram)


def without_node(tree: KeywordTree, node_id: int) -> KeywordTree:
    """Return the tree with a question, and all below it, turned into one leaf.

    Raises `UserError` for a leaf.
    """
    node = _question(tree, node_id)
    changed = Node(node.id, node.texts, node.mean)
    return _edited(tree, changed, "node removed")


def _question(tree: KeywordTree, node_id: int) -> Node:
    try:
        node = tree.node(node_id)
    except KeyError as error:
        raise UserError(
            f"The tree has no node {node_id}", "It may have gone with an earlier edit."
        ) from error
    if node.is_leaf:
        raise UserError(f"Node {node_id} asks for no keywords", "Choose the question above it.")
    return node


def _edited(tree: KeywordTree, changed: Node, action: Action, keyword: str = "") -> KeywordTree:
    nodes = tuple(changed if node.id == changed.id else node for node in tree.nodes)
    tree = replace(tree, nodes=nodes, edits=(*tree.edits, Edit(action, changed.id, keyword)))
    reached = {node.id for node, _ in tree.walk()}
    return replace(tree, nodes=tuple(node for node in nodes if node.id in reached))
