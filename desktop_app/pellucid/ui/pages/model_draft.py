"""The decisions of a fit as they stand in the page: target, features, texts, quality. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pellucid.core.numbers import count, listing
from pellucid.data.types import Column, ColumnProfile, Kind, Profile
from pellucid.models.types import FitOptions, FitSummary, ModelKind, Quality


@dataclass(frozen=True, slots=True)
class QualityChoice:
    key: Quality
    title: str
    bags: int
    means: str

    @property
    def cost(self) -> str:
        """What the choice gives and takes, in a line."""
        return f"{self.bags} bags, {self.means}"


QUALITIES = (
    QualityChoice("preview", "Preview", 4, "the least time, wide intervals."),
    QualityChoice("standard", "Standard", 8, "steady curves, about twice the time."),
    QualityChoice("best", "Best", 16, "smaller steps, several times as long."),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The decisions as they stand in the page, before they are fitted."""

    target: str | None = None
    drop: frozenset[str] = frozenset()
    quality: Quality = "standard"
    positive: str | None = None
    kind: ModelKind = "additive"
    texts: frozenset[str] = frozenset()
    """Columns to read as text that were not seen to be."""
    encoder: str | None = None
    tune: bool = False

    @classmethod
    def of(cls, options: FitOptions) -> Draft:
        """Return the decisions of a fit."""
        return cls(
            target=options.target,
            drop=frozenset(options.drop),
            quality=options.quality,
            positive=options.positive,
            kind=options.kind,
            texts=frozenset(options.texts),
            encoder=options.encoder,
            tune=options.tune,
        )

    def with_target(self, target: str | None) -> Draft:
        """Choose another target; a positive class belongs to the old one, and goes."""
        return self if target == self.target else replace(self, target=target, positive=None)

    def without(self, dropped: frozenset[str]) -> Draft:
        return replace(self, drop=dropped)

    def with_quality(self, quality: str) -> Draft:
        known = next(choice.key for choice in QUALITIES if choice.key == quality)
        return replace(self, quality=known)

    def with_kind(self, kind: str) -> Draft:
        known: tuple[ModelKind, ...] = ("additive", "tree", "transformer")
        return replace(self, kind=next(one for one in known if one == kind))

    def with_text(self, name: str, read: bool) -> Draft:
        """Read a column as text, or not; a column of running text is left out instead."""
        texts = self.texts | {name} if read else self.texts - {name}
        return replace(self, texts=texts)

    def with_encoder(self, encoder: str | None) -> Draft:
        """Choose what knows the words; without a language model there is nothing to tune."""
        return replace(self, encoder=encoder, tune=self.tune and encoder != "none")

    def with_tuning(self, tune: bool) -> Draft:
        return replace(self, tune=tune)

    def with_positive(self, name: str) -> Draft:
        return replace(self, positive=name)

    def options(self, columns: Sequence[Column], seed: int = 0) -> FitOptions:
        """Return what to fit; columns are dropped in the table's order. Needs a target."""
        if self.target is None:
            raise ValueError("a fit needs a target")
        drop = tuple(c.name for c in columns if c.name in self.drop and c.name != self.target)
        return FitOptions(
            target=self.target,
            positive=self.positive,
            drop=drop,
            quality=self.quality,
            seed=seed,
            kind=self.kind,
            texts=tuple(c.name for c in columns if c.name in self.texts and c.name not in drop),
            encoder=self.encoder,
            tune=self.tune,
        )


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A column as a candidate: `why` says why it cannot take part, where it cannot."""

    name: str
    kind: Kind
    is_used: bool
    why: str = ""

    @property
    def can_be_used(self) -> bool:
        return not self.why


_LEFT_OUT: Mapping[Kind, str] = {
    "identifier": "names rows, says nothing about others",
    "constant": "the same value in every row",
}


def feature_rows(
    columns: Sequence[Column], draft: Draft, summary: FitSummary | None = None
) -> tuple[FeatureRow, ...]:
    """Return every column but the target; those that cannot take part come last.

    What the last fit for this target left out of itself (`summary`) cannot take part either.
    """
    found: dict[str, str] = {}
    if summary is not None and summary.task.target == draft.target:
        found = {i.column: i.why for i in summary.left_out if i.column not in summary.options.drop}
    whys = {
        c.name: "" if c.name in draft.texts else _LEFT_OUT.get(c.kind) or found.get(c.name, "")
        for c in columns
    }
    rows = [
        FeatureRow(c.name, c.kind, not whys[c.name] and c.name not in draft.drop, whys[c.name])
        for c in columns
        if c.name != draft.target
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: not row.can_be_used))


def features_line(rows: Sequence[FeatureRow]) -> str:
    """Say how many columns take part and how many do not."""
    used = sum(row.is_used for row in rows)
    off = sum(row.can_be_used and not row.is_used for row in rows)
    barred = sum(not row.can_be_used for row in rows)
    parts = [f"{count(used)} of {count(len(rows))} take part"]
    if off:
        parts.append(f"{count(off)} switched off")
    if barred:
        parts.append(f"{count(barred)} left out")
    return ", ".join(parts)


def target_line(column: Column | None, profile: ColumnProfile | None) -> str:
    """Say what kind of prediction the target makes, and what is missing in it."""
    if column is None:
        return "Choose the column to predict."
    labels = class_labels(column, profile)
    if len(labels) == 2:
        said = f"Two classes: {labels[0]} and {labels[1]}"
    elif column.kind == "number":
        said = "A number: the model predicts its expected value"
    else:
        said = f"{count(column.distinct)} classes"
        if labels and len(labels) <= 5:
            said += f": {listing(list(labels))}"
    if column.missing:
        said += f". {count(column.missing)} rows have no value there and are left out"
    return f"{said}."


def class_labels(column: Column | None, profile: ColumnProfile | None) -> tuple[str, ...]:
    """Return the sorted classes of a target that will be one, as far as the profile lists all."""
    if column is None or profile is None or column.kind not in ("category", "boolean", "number"):
        return ()
    if column.kind == "number" and column.distinct != 2:
        return ()
    labels = tuple(sorted(top.value for top in profile.top))
    return labels if len(labels) == column.distinct else ()


def suggestion_why(suggestions: Sequence[tuple[str, str]], target: str | None) -> str:
    """Return a sentence on why `target` was suggested, "" where it was not."""
    why = next((why for name, why in suggestions if name == target), "")
    return f"Suggested because {why}." if why else ""


def column_profile(profile: Profile | None, name: str | None) -> ColumnProfile | None:
    """Return a column's profile, None where there is none yet."""
    if profile is None:
        return None
    return next((column for column in profile.columns if column.name == name), None)
