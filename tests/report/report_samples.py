"""Small results made by hand, for tests of what is drawn and written from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pellucid.data.types import (
    Alert,
    Association,
    ColumnProfile,
    Histogram,
    Kind,
    Profile,
    Source,
    TopValue,
)
from pellucid.explain.group_types import Calibration, CalibrationBin
from pellucid.explain.types import (
    Contribution,
    LocalExplanation,
    ModelExplanation,
    TermExplanation,
)
from pellucid.facts.types import Fact, Origin
from pellucid.models.additive import Axis, TermKind
from pellucid.models.types import (
    Estimate,
    FitOptions,
    FitSummary,
    LeftOut,
    Scores,
    Seconds,
    Task,
    TermEvidence,
)
from pellucid.writing.types import Claim, Words

HOSTILE = '=cmd() <b>"Q&A"</b> | `x` [y](z)'
CLASSES = ("<=50K", ">50K")


def make_source(name: str = "census.csv") -> Source:
    return Source(Path(f"/data/{name}"), "csv", "utf-8", ",", '"', 1, ".", "", 4096, "ab" * 32)


def make_term(
    name: str,
    axes: tuple[Axis, ...],
    scores: np.ndarray,
    counts: np.ndarray,
    *,
    kind: TermKind = "bins",
    half: float = 0.1,
    matters: bool = True,
) -> TermExplanation:
    """Make a term with equal intervals of +-`half`; `scores` without outputs get one."""
    shaped = np.asarray(scores, dtype=np.float64)
    if shaped.ndim == len(axes):
        shaped = shaped[..., None]
    weights = np.asarray(counts, dtype=np.float64)
    importance = float((np.abs(shaped).mean(axis=-1) * weights).sum() / weights.sum())
    rise = importance / 10 if matters else 0.0
    return TermExplanation(
        name=name,
        kind=kind,
        columns=tuple(axis.column for axis in axes),
        axes=axes,
        importance=importance,
        evidence=TermEvidence(name, rise, rise / 2 - 1e-4, rise * 2 + 1e-4, matters),
        scores=shaped,
        variation=np.full_like(shaped, half / 4),
        low=shaped - half,
        high=shaped + half,
        counts=weights,
    )


def age_axis() -> Axis:
    return Axis("Age", "Age", edges=np.arange(20.0, 80.0, 2.0), low=17.0, high=90.0,
                is_integer=True)  # fmt: skip


def age_term(classes: int = 1) -> TermExplanation:
    """Make a curve that rises until 50 and then falls, with missing values set apart."""
    axis = age_axis()
    places = np.linspace(17, 90, axis.size - 2)
    curve = np.concatenate([[0.2], 1.5 - ((places - 50) / 20) ** 2, [0.0]])
    counts = np.concatenate([[40], np.full(axis.size - 2, 200), [0]])
    scores = np.stack([curve * (1 - k) / (k + 1) for k in range(classes)], axis=-1)
    return make_term("Age", (axis,), scores, counts)


def levels_term(name: str = "Work", levels: tuple[str, ...] = ("Clerk", "Smith", HOSTILE),
                classes: int = 1) -> TermExplanation:  # fmt: skip
    axis = Axis(name, name, levels=levels)
    steps = np.linspace(-1, 1, len(levels))
    flat = np.concatenate([[0.0], steps, [0.0]])
    counts = np.concatenate([[0], np.full(len(levels), 300), [0]])
    scores = np.stack([flat * (1 - k) for k in range(classes)], axis=-1)
    return make_term(name, (axis,), scores, counts, kind="levels")


def pair_term() -> TermExplanation:
    hours = Axis("Hours", "Hours", edges=np.array([20.0, 40.0, 60.0]), low=1.0, high=99.0)
    work = Axis("Work", "Work", levels=("Clerk", "Smith"))
    scores = np.zeros((6, 4))
    scores[1:5, 1], scores[1:5, 2] = [-0.4, -0.1, 0.1, 0.4], [0.4, 0.1, -0.1, -0.4]
    counts = np.zeros((6, 4))
    counts[1:5, 1:3] = 100
    counts[1, 1] = 0
    return make_term("Hours & Work", (hours, work), scores, counts, kind="pair", half=0.05)


def gains_term() -> TermExplanation:
    """Make a curve over a column that is crowded at its low end."""
    axis = Axis("Gain", "Gain", edges=np.geomspace(50, 50_000, 20), low=0.0, high=99_999.0)
    scores = np.concatenate([[0.0], np.linspace(-0.2, 3.0, axis.size - 2), [0.0]])
    counts = np.concatenate([[0, 3000], np.geomspace(400, 4, axis.size - 3).round(), [0]])
    return make_term("Gain", (axis,), scores, counts)


def make_task(kind: str = "binary") -> Task:
    features: tuple[tuple[str, Kind], ...] = (("Age", "number"), ("Work", "category"))
    if kind == "binary":
        return Task("Income", "binary", CLASSES, CLASSES[1], features)
    if kind == "multiclass":
        return Task("Island", "multiclass", ("A", "B", "C"), "", features)
    return Task("Price", "regression", (), "", features)


def make_explanation(kind: str = "binary") -> ModelExplanation:
    task = make_task(kind)
    outputs = 3 if kind == "multiclass" else 1
    terms = [age_term(outputs), levels_term(classes=outputs)]
    if outputs == 1:
        axis = age_axis()
        idle = make_term("Noise", (axis,), np.zeros(axis.size), np.ones(axis.size), matters=False)
        terms += [gains_term(), pair_term(), idle]
    names = {"binary": CLASSES[1:], "multiclass": task.classes, "regression": ("Price",)}[kind]
    link = {"binary": "logit", "multiclass": "softmax", "regression": "identity"}[kind]
    return ModelExplanation(task, link, np.full(outputs, -1.0), tuple(names), tuple(terms))


def make_summary(kind: str = "binary") -> FitSummary:
    metric = {"binary": "auc", "multiclass": "accuracy", "regression": "r2"}[kind]

    def scores(name: str, value: float) -> Scores:
        found = {metric: Estimate(value, value - 0.01, value + 0.01)}
        return Scores(name, found, "bootstrap over rows, 1,000 resamples")

    explanation = make_explanation(kind)
    return FitSummary(
        task=make_task(kind),
        options=FitOptions(explanation.task.target, seed=7),
        rows={"train": 6000, "validation": 1000, "test": 2000},
        left_out=(LeftOut("Code", "it numbers the rows"),),
        bags=8,
        bags_asked=8,
        seconds=Seconds(0.5, 9.0),
        test=scores("additive", 0.92),
        baselines=(scores("linear", 0.85), scores("boosted trees", 0.925)),
        evidence=tuple(t.evidence for t in explanation.terms if t.evidence is not None),
        warnings=(Alert("leak", ("Work",), "Work almost gives Income away"),),
    )


def make_profile(columns: int = 4) -> Profile:
    counts = (2, 30, 60, 20, 1)
    age = ColumnProfile("Age", "number", 9000, 40, 73, 0, 17.0, 90.0, 38.6, 13.1,
                        {"0.25": 28.0, "0.5": 37.0, "0.75": 48.0},
                        histogram=Histogram((10, 30, 50, 70, 90, 110), counts))  # fmt: skip
    work = ColumnProfile("Work", "category", 9000, 0, 3, 0,
                         top=(TopValue("Clerk", 5000), TopValue(HOSTILE, 2500)))  # fmt: skip
    born = ColumnProfile("Born", "datetime", 9000, 9, 400, 2, 0.0, 86_400.0 * 700,
                         histogram=Histogram((0.0, 3e7, 6e7), (4, 9)))  # fmt: skip
    target = ColumnProfile("Income", "category", 9000, 0, 2, 0, top=(TopValue("<=50K", 7000),))
    extra = tuple(
        ColumnProfile(f"x{i}", "number", 9000, 0, 900, 0, 0.0, 1.0,
                      quantiles={"0.25": 0.2, "0.5": 0.5, "0.75": 0.8},
                      histogram=Histogram((0.0, 0.5, 1.0), (4, 5)))
        for i in range(columns - 4)
    )  # fmt: skip
    links = (Association("Age", "Work", "correlation ratio", 0.61),
             Association("Age", "Born", "spearman", -0.8))  # fmt: skip
    alerts = (Alert("duplicates", (), "12 rows repeat an earlier one"),)
    return Profile(9000, (age, work, born, target, *extra), alerts, links)


def make_fact(name: str, text: str, *, part: str = "", result: str = "profile",
              value: float | str | None = 0.5, interest: float = 0.5) -> Fact:  # fmt: skip
    return Fact(name, "effect_at", (part,) if part else (), value, "share", 9000, 0.4, 0.6,
                Origin(result, part), text, interest)  # fmt: skip


def make_words(kind: str = "binary") -> Words:
    facts = (
        make_fact("count-1", "The file has 9,000 rows.", value=9000),
        make_fact("count-2", f"Work says {HOSTILE} often."),
        make_fact("turn-1", "Income is highest near Age 50.", part="Age", result="explanation",
                  interest=0.9),
    )  # fmt: skip
    claims = [
        Claim("census.csv holds 9,000 rows.", ("count-1",), "What the data are"),
        Claim(f"Work says {HOSTILE} often.", ("count-2", "count-1"), "What the data are"),
    ]
    if kind != "none":
        claims.append(Claim("Odds peak near 50.", ("turn-1",), "Where the curves turn"))
    cited = {name for claim in claims for name in claim.facts}
    return Words("builtin", "", "What census.csv says", tuple(claims),
                 {fact.id: fact for fact in facts if fact.id in cited})  # fmt: skip


def make_local(explanation: ModelExplanation) -> LocalExplanation:
    """Explain a row of which each term's score is known."""
    names = ("Age", "Work", "Gain")
    scores = (1.2, -0.5, 0.1)
    contributions = tuple(
        Contribution(n, v, (s,), (0.01,), v)
        for n, v, s in zip(names, ("39", "Clerk", "0"), scores, strict=True)
    )
    total = float(explanation.intercept[0]) + sum(scores)
    chance = 1 / (1 + np.exp(-total))
    return LocalExplanation(
        row=4, intercept=(float(explanation.intercept[0]),), contributions=contributions,
        total=(total,), output=0, label=CLASSES[int(chance > 0.5)],
        probabilities={CLASSES[0]: 1 - chance, CLASSES[1]: chance}, base_probability=0.27,
    )  # fmt: skip


def make_calibration() -> Calibration:
    """Return probabilities over 2,000 test rows that are right but for the last of three bins."""
    bins = tuple(
        CalibrationBin(said - 0.1, said + 0.1, said, came, came - 0.05, came + 0.05, 600)
        for said, came in ((0.2, 0.21), (0.5, 0.48), (0.8, 0.7))
    )
    return Calibration("positive", 0.5, 0.46, 0.43, 0.52, 1800, "Wilson's interval", bins)
