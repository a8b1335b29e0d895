"""Growing a keyword tree: its seeds, its keywords, and what stops it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from planted import GROUPS, NOISE, REFUND, THANKS, ToyEncoder, planted

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.data.tokens import words_of
from pellucid.models.keyword_tree.expansion import without_superseded
from pellucid.models.keyword_tree.growth import TreeOptions, grow_tree
from pellucid.models.keyword_tree.outcome import gains, outcome_of
from pellucid.models.keyword_tree.presence import ngram_of, presence_of
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.types import TaskKind

RUN = Run(seed=0)
CLASSES = ("no", "yes")


def grown(seed: int, encoder: ToyEncoder | None = None, run: Run = RUN) -> KeywordTree:
    word_lists, target = planted(seed)
    return grow_tree(word_lists, target, "binary", CLASSES, run, encoder=encoder)


def test_planted_synonyms_are_taken_in_and_noise_is_left_out() -> None:
    synonyms_found, noise_found = [], []
    for seed in range(6):
        tree = grown(seed, ToyEncoder())
        asked = {word for node in tree.nodes for word in node.keywords}
        assert set(tree.root.keywords) & {*REFUND, *THANKS}
        synonyms_found.append(asked >= {*REFUND, *THANKS})
        noise_found.append(len(asked & {*NOISE}))
    assert sum(synonyms_found) >= 5
    assert sum(noise_found) <= 1


def test_the_first_two_questions_are_the_two_groups() -> None:
    tree = grown(1, ToyEncoder())
    single = [{w for w in node.keywords if " " not in w} for node in tree.nodes if node.keywords]
    assert single == [{*REFUND}, {*THANKS}]
    assert max(leaf.mean[1] for leaf in tree.leaves) > 0.9
    assert sum(leaf.texts for leaf in tree.leaves) == 900


def test_every_try_is_recorded_with_what_it_was_worth() -> None:
    tree = grown(2, ToyEncoder())
    expansion = tree.root.expansion
    assert expansion is not None
    assert expansion.seed == tree.root.keywords[0]
    kept = [one.keyword for one in expansion.candidates if one.kept]
    assert without_superseded([expansion.seed, *kept]) == tree.root.keywords
    similarities = [one.similarity for one in expansion.candidates if one.similarity is not None]
    assert len(similarities) == len(expansion.candidates)
    assert similarities == sorted(similarities, reverse=True)
    gain = expansion.seed_gain
    for one in expansion.candidates:
        assert one.texts > 0
        assert one.gain_without == pytest.approx(gain)
        assert one.gain_with is not None
        assert one.spared is not None
        assert one.error is not None
        assert one.kept == (one.gain_with > gain and one.spared > 1.5 * one.error)
        if one.kept:
            gain = one.gain_with
    assert expansion.gain == pytest.approx(gain)
    assert tree.encoder is not None
    assert tree.encoder.name == "toy"


def test_synonyms_help_on_texts_that_were_never_seen() -> None:
    word_lists, target = planted(77)
    hits = []
    for encoder in (None, ToyEncoder()):
        tree = grown(3, encoder)
        guesses = np.asarray([leaf.mean[1] > 0.5 for leaf in tree.leaves])
        hits.append(np.mean(guesses[tree.positions_of_words(word_lists)] == target))
    assert hits[1] > hits[0] + 0.02
    assert hits[1] > 0.92


def test_suggestions_are_tried_and_recorded() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def suggest(seed: str, found: tuple[str, ...]) -> list[str]:
        asked.append((seed, tuple(found)))
        group = REFUND if seed in REFUND else THANKS
        return [
            *(word.upper() for word in group),
            NOISE[0],
            "unheard of",
            "far too many words",
        ]

    word_lists, target = planted(4)
    tree = grow_tree(word_lists, target, "binary", CLASSES, RUN, suggest=suggest)
    expansion = tree.root.expansion
    assert expansion is not None
    assert set(tree.root.keywords) in ({*REFUND}, {*THANKS})
    assert asked[0] == (tree.root.keywords[0], ())
    assert {one.source for one in expansion.candidates} == {"language model"}
    rejected = {one.keyword: one.texts for one in expansion.candidates if not one.kept}
    assert rejected["unheard of"] == 0
    assert rejected[NOISE[0]] > 0
    assert "far too many words" not in rejected
    assert tree.encoder is None


def test_a_keyword_that_holds_a_shorter_one_is_left_out() -> None:
    found = ["call now", "not good", "call", "good", "很好", "好", "callous"]
    assert without_superseded(found) == ("call now", "call", "good", "好", "callous")


def test_the_same_seed_gives_the_same_tree() -> None:
    assert grown(5, ToyEncoder()) == grown(5, ToyEncoder())
    assert grown(5, ToyEncoder(), Run(seed=9)) != grown(5, ToyEncoder())


def test_a_tree_survives_json() -> None:
    tree = grown(6, ToyEncoder())
    assert from_json(KeywordTree, json.loads(json.dumps(to_json(tree)))) == tree


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_gains_and_the_first_split_agree_with_scikit_learn(kind: TaskKind) -> None:
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    word_lists, target = planted(7, 400)
    random = np.random.default_rng(7)
    if kind == "multiclass":
        target = target + 2 * np.asarray(["lamp" in words for words in word_lists])
    if kind == "regression":
        target = 1e3 + 3.0 * target + random.normal(size=400)
    presence = presence_of(word_lists, 2, 5, RUN)
    spared = gains(presence.matrix, outcome_of(target, kind, 4), 5)
    dense = presence.matrix.toarray()
    made = DecisionTreeRegressor if kind == "regression" else DecisionTreeClassifier
    criterion = "squared_error" if kind == "regression" else "entropy"
    unit = 1.0 if kind == "regression" else np.log(2)
    for column in range(0, dense.shape[1], 5):
        stump = made(criterion=criterion, max_depth=1).fit(dense[:, [column]], target).tree_
        sides = (stump.impurity * stump.n_node_samples)[1:].sum() / 400
        assert spared[column] == pytest.approx((stump.impurity[0] - sides) * unit, abs=1e-9)
    whole = made(criterion=criterion, max_depth=1, min_samples_leaf=5).fit(dense, target).tree_
    best = whole.feature[0]
    assert spared[best] == pytest.approx(spared.max(), abs=1e-12)


def test_a_side_with_too_few_texts_is_no_split() -> None:
    word_lists = [["all", "rare"] if row < 3 else ["all"] for row in range(20)]
    presence = presence_of(word_lists, 1, 1, RUN)
    spared = gains(presence.matrix, outcome_of(np.arange(20.0), "regression", 0), 5)
    assert presence.ngrams == ("all", "rare")
    assert np.isneginf(spared).all()


def test_ngrams_are_those_held_by_enough_texts() -> None:
    word_lists = [words_of(text) for text in ["a b c", "a b c", "a b", "b a", "c", ""]]
    presence = presence_of(word_lists, 3, 2, RUN)
    assert presence.ngrams == ("a", "b", "c", "a b", "b c", "a b c")
    assert presence.lengths == (1, 1, 1, 2, 2, 3)
    counts = np.asarray(presence.matrix.sum(axis=0)).ravel()
    assert counts.tolist() == [4, 4, 3, 3, 2, 2]
    assert presence_of([["x"]], 3, 2, RUN).ngrams == ()


def test_what_a_person_types_becomes_an_ngram() -> None:
    assert ngram_of(" Not  Good!") == ("not good !", 3)
    assert ngram_of("很好") == ("很好", 2)
    assert ngram_of("...") is None
    assert ngram_of("one two three four") is None


def test_regression_finds_the_words_that_move_the_mean() -> None:
    word_lists, target = planted(8)
    numbers = 10.0 * target + np.random.default_rng(8).normal(size=len(target))
    tree = grow_tree(word_lists, numbers, "regression", (), RUN, encoder=ToyEncoder())
    assert set(tree.root.keywords) in ({*REFUND}, {*THANKS})
    assert max(leaf.mean[0] for leaf in tree.leaves) > 9.0


def test_fifty_classes() -> None:
    random = np.random.default_rng(9)
    target = random.integers(50, size=1_500)
    word_lists = [[f"topic{code // 5}", *random.choice(["x", "y", "z"], 2)] for code in target]
    classes = tuple(f"class {code:02}" for code in range(50))
    tree = grow_tree(word_lists, target, "multiclass", classes, RUN)
    assert len(tree.leaves) > 4
    assert tree.root.keywords[0].startswith("topic")
    assert len(tree.root.mean) == 50


def test_chinese_texts() -> None:
    random = np.random.default_rng(10)
    target = random.integers(2, size=300)
    texts = [f"{random.choice(['房间', '早餐'])}{'很好' if good else '不好'}。" for good in target]
    tree = grow_tree([words_of(text) for text in texts], target, "binary", CLASSES, RUN)
    assert tree.leaf_labels(texts[:1])[0] in tree.labels
    assert [leaf.mean[1] for leaf in tree.leaves] in ([1.0, 0.0], [0.0, 1.0])


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize(
    "texts",
    [[""] * 12, ["same"] * 12, ["a", "b"], ["one two"], [], [f"word{i}" for i in range(12)]],
    ids=["empty", "one n-gram", "two texts", "one text", "none", "all different"],
)
def test_texts_that_say_nothing_give_one_leaf(kind: TaskKind, texts: list[str]) -> None:
    target = np.arange(len(texts)) % 2
    classes = () if kind == "regression" else ("a", "b", "c")[: 2 + (kind == "multiclass")]
    word_lists = [words_of(text) for text in texts]
    tree = grow_tree(word_lists, target, kind, classes, RUN, encoder=ToyEncoder())
    assert tree.labels == ("all texts",)
    assert np.isfinite(tree.root.mean).all()
    expected = ["all texts" if text else None for text in texts]
    assert tree.leaf_labels(texts).tolist() == expected


def test_one_class_is_not_split() -> None:
    word_lists, _ = planted(11)
    target = np.zeros(len(word_lists), dtype=np.intp)
    assert len(grow_tree(word_lists, target, "binary", CLASSES, RUN).nodes) == 1


def test_noise_alone_is_hardly_split() -> None:
    word_lists, _ = planted(12)
    target = np.random.default_rng(12).integers(2, size=len(word_lists))
    tree = grow_tree(word_lists, target, "binary", CLASSES, RUN, encoder=ToyEncoder())
    assert len(tree.leaves) <= 3


def test_the_depth_is_a_limit() -> None:
    word_lists, target = planted(13)
    options = TreeOptions(depth=1)
    tree = grow_tree(word_lists, target, "binary", CLASSES, RUN, options, ToyEncoder(GROUPS))
    assert len(tree.nodes) == 3


def test_a_stop_keeps_the_tree_grown_so_far() -> None:
    word_lists, target = planted(14)
    whole = grow_tree(word_lists, target, "binary", CLASSES, RUN)
    stages: list[str] = []
    run = Run(
        on_progress=lambda progress: stages.append(progress.stage),
        should_stop=lambda: stages.count("growing the keyword tree") > 1,
    )
    tree = grow_tree(word_lists, target, "binary", CLASSES, run)
    assert not tree.is_whole
    assert len(tree.nodes) == 3
    assert tree.root.keywords == whole.root.keywords
    assert whole.is_whole
    with pytest.raises(StoppedError):
        grow_tree(word_lists, target, "binary", CLASSES, Run(should_stop=lambda: bool(stages)))


def test_a_stop_before_the_first_question_keeps_nothing() -> None:
    word_lists, target = planted(15)
    stages: list[str] = []
    run = Run(
        on_progress=lambda progress: stages.append(progress.stage),
        should_stop=lambda: "growing the keyword tree" in stages,
    )
    with pytest.raises(StoppedError):
        grow_tree(word_lists, target, "binary", CLASSES, run)
