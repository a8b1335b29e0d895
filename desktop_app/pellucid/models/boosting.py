"""Boosting through interpret-core: the one place that knows its inner functions (0.7.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.binned import Binned

Floats = NDArray[np.float64]
Pair = tuple[int, int]
OnRound = Callable[[int, float], bool]
"""Called often while boosting with rounds done and the validation loss; True stops the bag."""

FINE_BINS = 256
MIN_SAMPLES_LEAF = 4
_MAX_PAIR_CELLS = 1 << 20


@dataclass(frozen=True, slots=True)
class BagOptions:
    """How one bag is boosted: interpret's own names, and its defaults but for what is slow."""

    learning_rate: float
    smoothing_rounds: int
    pair_smoothing_rounds: int
    greedy_ratio: float = 10.0
    early_stopping_rounds: int = 100
    early_stopping_tolerance: float = 1e-5
    max_rounds: int = 50_000


@dataclass(frozen=True, slots=True)
class Bag:
    """One bag as boosted: `intercept` (C,), `mains` and `pairs` each (*cells, C).

    Scores are as interpret leaves them, neither centred nor purified; the intercept already
    carries interpret's last correction, which makes the mean prediction right on all rows.
    """

    intercept: Floats
    mains: tuple[Floats, ...]
    pairs: tuple[Floats, ...]
    loss: float
    """The validation loss at the last round: log loss, or squared error."""


def fit_bag(
    binned: Binned,
    members: NDArray[np.int8],
    pairs: Sequence[Pair],
    options: BagOptions,
    seed: int,
    on_round: OnRound,
    datasets: tuple[NDArray[np.ubyte], NDArray[np.ubyte] | None],
) -> Bag:
    """Boost one bag: all mains, then `pairs` on top of them.

    `members` has shape (rows,): 1 trains, -1 validates. `datasets` are `native_dataset` for mains
    and for pairs. The result is that of interpret's own estimator with one outer bag, this
    `members` as its bag and `seed` as its random state.
    """
    mains = [(i,) for i in range(len(binned.fine_sizes))]
    intercept = _start(binned, members)
    rng = _generator(seed)
    margin = binned.first_margin
    start = None if binned.start is None else margin
    scores, loss, rng = _boost(
        binned, datasets[0], members, mains, options, rng, intercept, start, on_round
    )
    for column, table in zip(binned.fine, scores, strict=True):
        margin += table[column]
    pair_scores: list[Floats] = []
    if pairs and datasets[1] is not None:
        options = replace(options, smoothing_rounds=options.pair_smoothing_rounds)
        pair_scores, loss, rng = _boost(
            binned, datasets[1], members, list(pairs), options, rng, intercept, margin, on_round
        )
        for (a, b), table in zip(pairs, pair_scores, strict=True):
            margin += table[binned.coarse[a], binned.coarse[b]]
    intercept = intercept + _correction(binned, datasets[0], margin + intercept, options, rng)
    return Bag(intercept, tuple(scores), tuple(pair_scores), loss)


def rank_pairs(
    binned: Binned,
    members: NDArray[np.int8],
    bag: Bag,
    candidates: Sequence[Pair],
    dataset: NDArray[np.ubyte],
) -> list[Pair]:
    """Return `candidates` by falling strength of what they add to `bag`'s mains (FAST).

    Source: Lou, Caruana, Gehrke and Hooker (2013), "Accurate intelligible models with pairwise
    interactions", KDD.
    """
    from interpret import develop
    from interpret.utils._native import InteractionDetector, Native

    margin = binned.first_margin
    for column, table in zip(binned.fine, bag.mains, strict=True):
        margin += table[column]
    strengths = []
    with InteractionDetector(
        dataset, _start(binned, members), members, _init_scores(binned, margin, members),
        Native.CreateInteractionFlags_Default, _objective(binned),
        develop.get_option("acceleration"), None,
    ) as detector:  # fmt: skip
        for a, b in candidates:
            strength = detector.calc_interaction_strength(
                (a, b), Native.CalcInteractionFlags_Default, _MAX_PAIR_CELLS, MIN_SAMPLES_LEAF,
                _min_hessian(binned), 0.0, 0.0, 0.0,
            )  # fmt: skip
            strengths.append((-strength, (a, b)))
    return [pair for _, pair in sorted(strengths)]


def _boost(
    binned: Binned,
    dataset: NDArray[np.ubyte],
    members: NDArray[np.int8] | None,
    terms: list[Any],
    options: BagOptions,
    rng: Any,
    intercept: Floats,
    margin: Floats | None,
    on_round: OnRound,
    *,
    intercept_rounds: int = 0,
) -> tuple[list[Floats], float, Any]:
    """Run interpret's boosting loop once; the scores come as (*cells, C). May move `intercept`."""
    from interpret import develop
    from interpret.glassbox._ebm._boost import boost
    from interpret.utils._native import Native

    last = [float("nan")]

    def callback(_bag: int, step: int, _has_progressed: bool, metric: float) -> bool:
        last[0] = metric
        return on_round(step // len(terms), metric)

    validates = members is not None and bool((members < 0).any())
    error, _, scores, _, rng = boost(
        shm_name=None, bag_idx=0, callback=callback if terms else None, dataset=dataset,
        intercept_rounds=intercept_rounds,
        intercept_learning_rate=develop.get_option("intercept_learning_rate"), intercept=intercept,
        bag=members,
        init_scores=None if margin is None else _init_scores(binned, margin, members),
        term_features=terms, n_inner_bags=0, term_boost_flags=Native.TermBoostFlags_Default,
        learning_rate=options.learning_rate, min_samples_leaf=MIN_SAMPLES_LEAF,
        min_hessian=_min_hessian(binned), reg_alpha=0.0, reg_lambda=0.0, max_delta_step=0.0,
        gain_scale=5.0, min_cat_samples=10, cat_smooth=10.0, missing="separate", max_leaves=2,
        monotone_constraints=None, greedy_ratio=options.greedy_ratio, cyclic_progress=0.0,
        smoothing_rounds=options.smoothing_rounds if terms else 0, nominal_smoothing=True,
        max_rounds=options.max_rounds,
        early_stopping_rounds=options.early_stopping_rounds if validates and terms else 0,
        early_stopping_tolerance=options.early_stopping_tolerance, noise_scale=None,
        bin_weights=None, rng=rng, create_booster_flags=Native.CreateBoosterFlags_Default,
        objective=_objective(binned),
        acceleration=(
            develop.get_option("acceleration") if terms else Native.AccelerationFlags_NONE
        ),
        experimental_params=None, develop_options=develop._develop_options,
    )  # fmt: skip
    if error is not None:
        raise error
    if binned.outputs == 1:
        scores = [table[..., None] for table in scores]
    return scores, last[0], rng


def _correction(
    binned: Binned, dataset: NDArray[np.ubyte], margin: Floats, options: BagOptions, rng: Any
) -> Floats:
    """Return what to add to the intercept so that the mean prediction is right on all rows."""
    if binned.kind == "regression":
        return np.asarray([np.mean(binned.target.astype(np.float64) - margin[:, 0])])
    from interpret import develop

    change = np.zeros(binned.outputs)
    _boost(
        binned, dataset, None, [], options, rng, change, margin, lambda _round, _loss: False,
        intercept_rounds=develop.get_option("n_intercept_rounds_final"),
    )  # fmt: skip
    return change


def _start(binned: Binned, members: NDArray[np.int8]) -> Floats:
    """Return the intercept that boosting starts from: the training rows' mean on the link scale."""
    target = binned.target[members > 0]
    if binned.kind == "regression":
        return np.asarray([target.mean()])
    from interpret.utils._link import link_func

    shares = np.bincount(target.astype(np.intp), minlength=binned.classes) / len(target)
    start = link_func(shares, "logit" if binned.kind == "binary" else "mlogit")
    return np.atleast_1d(np.asarray(start, dtype=np.float64))


def _generator(seed: int) -> Any:
    """Return interpret's random state as its estimator has it when the first bag starts."""
    from interpret.utils._native import Native

    native = Native.get_native_singleton()
    rng = native.branch_rng(native.branch_rng(native.create_rng(seed)))
    native.generate_seed(rng)
    return rng


def _init_scores(binned: Binned, margin: Floats, members: NDArray[np.int8] | None) -> Floats:
    kept = margin if members is None else margin[members != 0]
    return np.ascontiguousarray(kept[:, 0] if binned.outputs == 1 else kept)


def _objective(binned: Binned) -> str:
    return "rmse" if binned.kind == "regression" else "log_loss"


def _min_hessian(binned: Binned) -> float:
    return 0.0 if binned.kind == "regression" else 1e-4
