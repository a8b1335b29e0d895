"""The slots of every kind of fact, over all facts of real fits: phrases that say what it says."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.numbers import count, number, percent
from pellucid.core.paths import resource
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.engine.pipeline import study
from pellucid.engine.predictions import explain_row_of, row_columns
from pellucid.explain.counterfactual import find_turns
from pellucid.explain.model import explain_model
from pellucid.facts.rows import facts_of_row
from pellucid.facts.slots import SLOTS, slots_of
from pellucid.facts.types import Fact, FactKind
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions
from pellucid.writing.templates import fill

pytestmark = pytest.mark.slow
_NUMBER = re.compile(r"[−-]?\d(?:[\d,]*\d)?(?:\.\d+)?(?:e[−-]?\d+)?%?")
_CELLS = ("level", "ngram", "token", "label", "word", "example", "after", "before")


def labels_file(folder: Path) -> Path:
    """Write a table whose rows have any number of labels, that go with its columns."""
    random = np.random.default_rng(0)
    lines = ["size,colour,tags"]
    for _ in range(400):
        size, colour = random.integers(1, 100), random.choice(["red", "blue"])
        tags = [name for name, is_on in (("big", size > 50), ("warm", colour == "red"),
                                         ("odd", random.random() < 0.3)) if is_on]  # fmt: skip
        lines.append(f'{size},{colour},"{"|".join(tags)}"')
    path = folder / "labels.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def shortened(sample: str, folder: Path) -> Path:
    """Write every sixth row of a sample, which is enough and quicker to fit."""
    lines = resource(f"samples/{sample}").read_text(encoding="utf-8").splitlines()
    path = folder / sample
    path.write_text("\n".join([lines[0], *lines[1::6]]), encoding="utf-8")
    return path


def facts_about(path: Path, target: str) -> Iterator[Fact]:
    """Yield every fact of a table, a preview fit and one of its rows."""
    options = FitOptions(target, quality="preview", encoder="none")
    with open_table(path) as table, pytest.MonkeyPatch.context() as patch:
        told: list[Fact] = []
        import pellucid.facts.catalogue as catalogue

        whole = catalogue.facts_of
        patch.setattr(catalogue, "facts_of", lambda *a, **k: told.extend(whole(*a, **k)) or told)
        run = Run(workers=1)
        fitted = fit(table, options, run)
        study(table, fitted, run)
        yield from told
        local, _ = explain_row_of(fitted.model, table, 3)
        columns, _ = row_columns(fitted.model, table)
        turns = find_turns(fitted.model, columns, 2, local.output)
        yield from facts_of_row(local, explain_model(fitted), turns)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[Fact]:
    home = tmp_path_factory.mktemp("facts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(home))
        found = [*facts_about(resource("samples/penguins.csv"), "species")]
        found += facts_about(shortened("bicycles_synthetic.csv", home), "riders")
        found += facts_about(shortened("helpdesk_synthetic.csv", home), "satisfied")
        found += facts_about(labels_file(home), "tags")
    return found


def test_nearly_all_kinds_are_met(facts: list[Fact]) -> None:
    rare = {"jump", "missingness", "duplicates", "pair_effect", "slice", "turning_point", "ngram",
            "distinctive", "monotone"}  # fmt: skip
    answers = {"statistic", "group_contrast"}  # made by questions and by comparing two groups
    assert set(typing.get_args(FactKind)) - {fact.kind for fact in facts} <= rare | answers


def test_every_slot_is_a_phrase_in_one_line(facts: list[Fact]) -> None:
    for fact in facts:
        slots = slots_of(fact)
        assert list(slots) == [name for name in SLOTS if name in slots]
        for name, phrase in slots.items():
            assert phrase == " ".join(phrase.split()), (fact.id, name)
            assert phrase.isprintable(), (fact.id, name)


def test_facts_of_most_kinds_have_more_than_their_sentence(facts: list[Fact]) -> None:
    bare = {fact.kind for fact in facts if len(slots_of(fact)) < 3}
    assert bare <= {"caveat", "definition", "count", "missingness", "text", "share"}


def figures_of(fact: Fact) -> set[str]:
    """Return the numbers that a fact carries, in each form that a reader may see."""
    known = [fact.value, fact.low, fact.high, fact.n, *fact.details.values()]
    found = set(_NUMBER.findall(fact.text))
    for value in known:
        if isinstance(value, str):
            found |= set(_NUMBER.findall(value))
        elif value is not None:
            found |= {number(abs(value)), number(value), percent(value)}
            found |= {count(round(value))} if abs(value) < 1e15 else set()
    return found | set(_NUMBER.findall(" ".join(fact.subject))) | {"95%"}


def test_numbers_in_slots_are_the_facts_own(facts: list[Fact]) -> None:
    for fact in facts:
        known = figures_of(fact)
        for name, phrase in slots_of(fact).items():
            assert set(_NUMBER.findall(phrase)) <= known, (fact.text, name, phrase)


def test_cells_stand_in_quotation_marks(facts: list[Fact]) -> None:
    for fact in facts:
        cells = {str(fact.details[name]) for name in _CELLS if name in fact.details}
        if fact.details.get("cut") not in (None, "levels") or fact.kind == "duplicates":
            continue
        for name, phrase in slots_of(fact).items():
            if name in ("group", "other", "where"):
                bare = re.sub("“[^”]*”", "", phrase)
                words = set(re.findall(r"[\w.>]+", bare)) - set(" ".join(fact.subject).split())
                assert not words & (cells - {""}), (fact.text, name, phrase)


def test_a_direction_and_a_verdict_begin_with_a_verb(facts: list[Fact]) -> None:
    verbs = (
        "rise", "fall", "go", "is ", "are ", "stay", "take", "say", "make", "multipl", "divide",
        "lower", "raise", "act", "rank", "level", "agree", "differ", "would", "adds", "leaves",
        "the ", "change",
    )  # fmt: skip
    for fact in facts:
        for name in ("direction", "verdict"):
            phrase = slots_of(fact).get(name, "is ")
            assert phrase.startswith(verbs), (fact.kind, name, phrase)


def test_slots_fill_a_sentence(facts: list[Fact]) -> None:
    for fact in facts:
        for name in slots_of(fact):
            assert fill(f"{{{{F1.{name}}}}}.", {"F1": fact})


def test_a_direction_does_not_contradict_the_sentence(facts: list[Fact]) -> None:
    opposite = {"rises": "falls", "falls": "rises", "multiplies": "divides", "raises": "lowers"}
    for fact in facts:
        first = slots_of(fact).get("direction", "").split(" ")[0]
        if first in opposite and opposite[first] in fact.text:
            assert first in fact.text, fact.text


def test_an_interval_is_that_of_the_sentence(facts: list[Fact]) -> None:
    for fact in facts:
        phrase = slots_of(fact).get("interval", "")
        assert set(_NUMBER.findall(phrase)) <= {*_NUMBER.findall(fact.text), "95%"}, fact.text
