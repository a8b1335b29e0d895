"""What the page says of a keyword tree and of edits to it, and which edits can be undone. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pellucid.core.numbers import interval, plural, signed
from pellucid.data.tokens import words_of
from pellucid.explain.edit_effects import EditEffect
from pellucid.explain.tokens.types import WayStep
from pellucid.facts.fits import METRIC_NAMES, metric_text
from pellucid.models.keyword_tree.drawing import edits_words
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Node, Step
from pellucid.ui.readers import KnownFit

NOT_CHOSEN = "Choose a question in the tree to change its keywords or to take it out."
_SHOWN = ("accuracy", "rmse", "log_loss")


@dataclass(frozen=True, slots=True)
class TreeEdit:
    """An edit that is wanted: `action` as `models.keyword_tree.types` names it."""

    column: str
    action: str
    node: int
    keyword: str = ""


@dataclass(slots=True)
class History:
    """The fits that edits were made from, the first of them first, each with what was said of it.

    `shown` is the fit that came of the last edit; another fit than that has no history.
    """

    shown: Path | None = None
    before: list[tuple[KnownFit, EditEffect | None]] = field(default_factory=list)
    effect: EditEffect | None = None

    def follow(self, path: Path | None) -> None:
        """Forget everything where another fit is shown than the last edit's."""
        if path != self.shown:
            self.shown, self.before, self.effect = path, [], None

    def take(self, before: KnownFit, after: KnownFit, effect: EditEffect | None) -> Path | None:
        """Note an edit; returns the edited fit that it replaces, None for the first edit."""
        replaced = self.shown if self.before else None
        self.before.append((before, self.effect))
        self.shown, self.effect = after.path, effect
        return replaced

    def undo(self) -> KnownFit:
        """Return the fit before the last edit, which is then the one that is shown."""
        fit, self.effect = self.before.pop()
        self.shown = fit.path
        return fit


def question(tree: KeywordTree, node_id: int | None) -> Node | None:
    """Return the question with an id; None for a leaf, or where there is no such node."""
    if node_id is None:
        return None
    node = next((one for one in tree.nodes if one.id == node_id), None)
    return None if node is None or node.is_leaf else node


def question_title(node: Node) -> str:
    """Name a question by what it asks."""
    more = len(node.keywords) - 1
    said = f"Does the text hold “{node.keywords[0]}”"
    return f"{said} or one of {more} more?" if more else f"{said}?"


def edited_line(tree: KeywordTree) -> str:
    """Say that the tree was edited, empty where it was not."""
    if not tree.edits:
        return ""
    return f"Edited by hand: {edits_words(tree.edits)}."


def effect_sentence(effect: EditEffect | None) -> str:
    """Say what the last edit does on validation rows, before and after, with its interval."""
    if effect is None:
        return "There are no validation rows, so what this edit does is not known."
    rows = plural(effect.rows, "validation row")
    if not effect.moved and not effect.loss.value:
        return f"The edit moves none of {rows}, so nothing is known against it or for it."
    before, after = effect.before.metrics, effect.after.metrics
    parts = [
        f"{METRIC_NAMES[key]} {metric_text(key, before[key].value)} → "
        f"{metric_text(key, after[key].value)}"
        for key in _SHOWN
        if key in before and key in after
    ]
    low, high = effect.loss.low, effect.loss.high
    verdict = "makes no clear difference"
    if effect.is_clear:
        verdict = "helps" if high < 0 else "costs something"
    what = "predicted class" if "log_loss" in after else "prediction"
    return (
        f"On {rows} the edit {verdict}: {', '.join(parts)} ({signed(effect.loss.value, 2)}, "
        f"{interval(low, high, 2)} with 95% confidence). The {what} changes in "
        f"{plural(effect.moved, 'row')}; test rows took no part."
    )


def way_sentence(tree: KeywordTree, text: str) -> str:
    """Say the way that a text takes through the tree."""
    return told_way(tree.path_of(words_of(text)))


def told_way(steps: Sequence[Step | WayStep]) -> str:
    """Say a way in a sentence, question by question."""
    if not steps:
        return "There are no words in this text, so it falls into no leaf."
    parts = []
    for step in steps:
        keywords = step.keywords if isinstance(step, WayStep) else step.node.keywords
        found = step.found[0] if isinstance(step, WayStep) and step.found else step.found
        more = len(keywords) - 1
        asked = f"“{keywords[0]}”" + (f" nor any of {more} more" if more else "")
        parts.append(f"it holds “{found}”" if found else f"it does not hold {asked}")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."
