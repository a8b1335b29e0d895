"""A language model states what tells groups apart, and is measured as a judge of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from pellucid.core.errors import UserError
from pellucid.core.paths import resource
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.engine.comparing import GroupsView, compare_table
from pellucid.facts.contrasts import GroupNames
from pellucid.writing.providers.types import Request

NAMES = GroupNames("species", "Gentoo", "Adelie")
HEAVY = "The bird weighs more than four and a half kilograms"


def is_heavy(row: dict[str, str]) -> bool:
    return float(row.get("body_mass_g", "0")) > 4500


@dataclass
class Reads:
    """A provider that states `statements` and judges rows by `judges`, by the statement's text."""

    statements: list[Any]
    judges: dict[str, Callable[[dict[str, str]], Any]]
    wrong: bool = False
    asked: list[Request] = field(default_factory=list)
    name: str = "test"
    model: str = "reader-1"
    destination: str = ""

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        run.check()
        self.asked.append(request)
        told = json.loads(request.messages[-1].content)
        if "statement" not in told:
            yield json.dumps({"statements": self.statements})
            return
        column, _, value = told["statement"].partition(" is ")
        judge = self.judges.get(told["statement"], lambda row: row.get(column) == value)
        yield json.dumps({"fits": [judge(row) != self.wrong for row in told["rows"]]})


@pytest.fixture
def penguins() -> Iterator[Table]:
    with open_table(resource("samples/penguins.csv")) as table:
        yield table


def compared(table: Table, reads: Reads) -> GroupsView:
    return compare_table(table, NAMES, Run(seed=2), provider=reads)


def test_a_statement_is_told_where_rows_held_back_confirm_it(penguins: Table) -> None:
    view = compared(penguins, Reads([HEAVY, "The bird is blue"], {
        HEAVY: is_heavy, "The bird is blue": lambda _: False,
    }))  # fmt: skip

    stated = [c for c in view.found.contrasts if c.description.kind == "statement"]
    assert [c.description.value for c in stated] == [HEAVY]
    assert stated[0].effect > 0.7
    text = next(c.text for c in view.words.claims if HEAVY in c.text)
    assert text.startswith(f"“{HEAVY}” fits more often for Gentoo than for Adelie")
    assert view.found.tried == len(view.found.contrasts) + len(view.found.failed) <= 20


def test_the_judge_is_named_and_its_error_is_measured(penguins: Table) -> None:
    right = compared(penguins, Reads([HEAVY], {HEAVY: is_heavy}))
    wrong = compared(penguins, Reads([HEAVY], {HEAVY: is_heavy}, wrong=True))

    assert right.found.judge is not None
    assert wrong.found.judge is not None
    assert (right.found.judge.name, right.found.judge.tried >= 20) == ("reader-1", True)
    assert (right.found.judge.error, wrong.found.judge.error) == (0.0, 1.0)
    texts = [claim.text for claim in right.words.claims]
    assert any("judged by the language model reader-1" in text for text in texts)


def test_the_groups_and_their_column_are_not_told(penguins: Table) -> None:
    reads = Reads([HEAVY], {HEAVY: is_heavy})

    compared(penguins, reads)

    judged = [r for r in reads.asked if "statement" in json.loads(r.messages[-1].content)]
    assert judged
    assert not [r for r in judged if "Gentoo" in r.messages[-1].content]
    assert not [r for r in reads.asked if '"species"' in r.messages[-1].content]


@pytest.mark.parametrize(
    "statements",
    [[], "all", [1, None], ["x" * 500], ["a\u202ereversed"], [{"text": HEAVY}]],
    ids=["none", "text", "numbers", "long", "controls", "objects"],
)
def test_what_is_no_statement_is_left_out(penguins: Table, statements: Any) -> None:
    view = compared(penguins, Reads(statements, {}))

    assert not [c for c in view.found.contrasts if c.description.kind == "statement"]
    assert view.found.contrasts


def test_a_reply_that_judges_nothing_confirms_nothing(penguins: Table) -> None:
    @dataclass
    class Chatters(Reads):
        def stream(self, request: Request, run: Run) -> Iterator[str]:
            text = next(iter(super().stream(request, run)))
            yield text if "statements" in text else "They all fit, I am sure!"

    view = compared(penguins, Chatters([HEAVY], {}))

    assert not [c for c in view.found.contrasts if c.description.kind == "statement"]
    assert view.found.judge is not None
    assert view.found.judge.tried == 0


def test_a_model_lost_on_the_way_leaves_the_comparison_of_columns(penguins: Table) -> None:
    class Tires(Reads):
        def stream(self, request: Request, run: Run) -> Iterator[str]:
            if len(self.asked) >= 1:
                self.asked.append(request)
                raise UserError("reader-1 took 3 seconds in all")
            yield from super().stream(request, run)

    reads = Tires([HEAVY], {HEAVY: is_heavy})
    view = compared(penguins, reads)
    plain = compare_table(penguins, NAMES, Run(seed=2))
    assert len(reads.asked) == 2
    assert [item.reason for item in view.words.rejected] == ["reader-1 took 3 seconds in all"]
    assert {c.text for c in plain.words.claims} <= {c.text for c in view.words.claims}


def test_one_that_never_answers_is_said_to_be_missing(penguins: Table) -> None:
    class Silent(Reads):
        def stream(self, request: Request, run: Run) -> Iterator[str]:
            del request, run
            raise UserError("The server cannot be reached")

    with pytest.raises(UserError, match="cannot be reached"):
        compared(penguins, Silent([], {}))


def test_it_is_held_to_as_many_judgements_as_there_are_rows(penguins: Table) -> None:
    reads = Reads([HEAVY], {HEAVY: is_heavy})
    compared(penguins, reads)
    for request in reads.asked[1:]:
        rows = len(json.loads(request.messages[-1].content)["rows"])
        assert request.schema is not None
        listed = request.schema["properties"]["fits"]
        assert (listed["minItems"], listed["maxItems"]) == (rows, rows)
        assert request.max_tokens <= 10 * rows
