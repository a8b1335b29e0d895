"""A text explained by the way it takes through a keyword tree: exact, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pellucid.data.tokens import Token, ngram_spans, ngrams_of, tokens_of
from pellucid.explain.tokens.scorer import Floats
from pellucid.explain.tokens.sharing import explain_by_shares, floats
from pellucid.explain.tokens.types import (
    NgramScore,
    TokenExplanation,
    TreeWay,
    WayStep,
)
from pellucid.models.additive import MISSING_CELL, AdditiveModel, Term
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Node

SHARED = (
    "Any one keyword of a question sends a text on, so where it holds several they share what the "
    "answer adds."
)


def leaf_term(model: AdditiveModel, column: str | None = None) -> Term:
    """Return the term whose tree reads `column`, by default the first; `KeyError` where none."""
    for term in model.terms:
        if term.kind == "leaves" and column in (None, term.axes[0].column):
            return term
    raise KeyError(column)


def tree_columns(model: AdditiveModel) -> tuple[str, ...]:
    """Return the columns that keyword trees of the model read."""
    return tuple(term.axes[0].column for term in model.terms if term.kind == "leaves")


def tree_of(term: Term) -> KeywordTree:
    """Return the tree of a term over leaves."""
    tree = term.axes[0].tree
    assert tree is not None, f"{term.name} has no tree"
    return tree


def node_scores(term: Term) -> dict[int, Floats]:
    """Return every node's score (C,): a leaf's own, a question's the mean over its texts."""
    tree = tree_of(term)
    scores = {leaf.id: term.scores[cell] for cell, leaf in enumerate(tree.leaves, start=1)}
    texts = {leaf.id: float(term.weights[cell]) for cell, leaf in enumerate(tree.leaves, start=1)}
    for node, _ in reversed(list(tree.walk())):
        if node.yes is None or node.no is None:
            continue
        weights = np.array([texts[node.yes], texts[node.no]])
        texts[node.id] = float(weights.sum())
        shares = weights / weights.sum() if weights.sum() else np.full(2, 0.5)
        scores[node.id] = shares[0] * scores[node.yes] + shares[1] * scores[node.no]
    return scores


def explain_leaf_exactly(
    model: AdditiveModel, term: Term, text: str, rest: Floats, output: int | None = None
) -> TokenExplanation:
    """Explain `text` by its way through a tree, on top of `rest` (C,), the margin without the tree.

    What a question adds is the score of the node that the answer leads to minus its own, so that
    the start and all steps add up to the leaf's score. A step that keywords answer with yes is
    shared equally by the occurrences of the question's keywords, and by the tokens of each;
    what the absence of keywords adds is in the `intercept`, beside where every text starts.
    """
    tokens = tokens_of(text)
    walked = _walk(term, text, tokens, rest)
    told = explain_by_shares(model, text, tokens, walked.shares, walked.base, output)
    return replace(
        told,
        ngrams=tuple(sorted(walked.found, key=lambda item: -abs(item.score[told.output]))),
        note=SHARED if walked.is_shared else "",
        way=walked.way,
    )


@dataclass(frozen=True, slots=True)
class _Walked:
    """A text's way: each token's share (tokens, C), what else adds up, and the keywords met."""

    way: TreeWay
    shares: Floats
    base: Floats
    found: tuple[NgramScore, ...]
    is_shared: bool


def _walk(term: Term, text: str, tokens: Sequence[Token], rest: Floats) -> _Walked:
    tree, words = tree_of(term), [token.text for token in tokens]
    scores, nodes = node_scores(term), {node.id: node for node in tree.nodes}
    spans, names = ngram_spans(words, tree.orders), ngrams_of(words, tree.orders)
    shares = np.zeros((len(tokens), len(rest)))
    start = np.asarray(rest + (scores[tree.root.id] if words else term.scores[MISSING_CELL]))
    base, is_shared = start.copy(), False
    steps: list[WayStep] = []
    found: list[NgramScore] = []
    for step in tree.path_of(words):
        child = nodes[_next(step.node, is_there=step.found is not None)]
        change = scores[child.id] - scores[step.node.id]
        met = [i for i, name in enumerate(names) if name in step.node.keywords]
        is_shared |= len(met) > 1
        base += 0.0 if met else change
        for i in met:
            (first, end), part = spans[i], change / len(met)
            shares[first:end] += part / (end - first)
            span = tokens[first].start, tokens[end - 1].end
            found.append(NgramScore(text[slice(*span)], *span, floats(part), child.texts))
        said = tuple(dict.fromkeys(names[i] for i in met))
        steps.append(WayStep(step.node.id, step.node.keywords, said, child.texts, floats(change)))
    leaf = tree.leaf_of(words)
    labels = dict(zip((node.id for node in tree.leaves), tree.labels, strict=True))
    score = scores[leaf] if leaf is not None else term.scores[MISSING_CELL]
    label = labels[leaf] if leaf is not None else ""
    way = TreeWay(leaf, label, floats(score), floats(start), tuple(steps))
    return _Walked(way, shares, base, tuple(found), is_shared)


def _next(node: Node, *, is_there: bool) -> int:
    found = node.yes if is_there else node.no
    assert found is not None
    return found
