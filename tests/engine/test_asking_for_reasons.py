"""A language model's reasons for a prediction, over HTTP and from a folder: masked, tested."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from engine_harness import Engine

import misbehaving_server as bad
import pellucid
import reasoning_server as servers
from misbehaving_server import Talk, serving
from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Progress, Run
from pellucid.core.values import from_json, to_json
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.engine.events import Finished, Progressed
from pellucid.engine.own_reasons import ask_reasons, show_reasons_payload
from pellucid.models.files import save_fit
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions
from pellucid.writing.orders import MaskChoice, Writing
from pellucid.writing.own_reasons.types import Reasons
from pellucid.writing.privacy.ledger import entries, payload_of
from pellucid.writing.providers.limits import Limits
from story_model import with_context

FAR = "https://models.example.org/v1"
IMPATIENT = Limits(total_s=1.5, attempts=2, first_wait_s=0.01, longest_wait_s=0.02)


@dataclass(frozen=True)
class Place:
    """A table of guests and a fit of it."""

    table: Table
    fit: Fit
    path: Path

    def reasons(self, writing: Writing, run: Run | None = None, row: int = 3) -> Reasons:
        found = ask_reasons(
            run or Run(), str(self.table.store), str(self.path), row, to_json(writing)
        )
        assert isinstance(found, Reasons)
        return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("guests")
    lines = ["sex,room,nights,email,stays"]
    for i in range(240):
        sex, room = "MF"[i % 2], ("sea", "court", "attic")[i % 3]
        stays = "yes" if (i % 2) + (i % 3 == 0) + (i % 7 > 3) > 1 else "no"
        lines.append(f"{sex},{room},{i % 7},canary{i}@example.net,{stays}")
    path = folder / "guests.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        with open_table(path) as table:
            fitted = fit(table, FitOptions("stays", quality="preview"), Run())
            save_fit(fitted, folder / "fit.zip")
            yield Place(table, fitted, folder / "fit.zip")


def test_a_model_that_reads_the_evidence_follows_it(place: Place) -> None:
    seen: list[Progress] = []
    with serving(servers.reads) as found:
        reasons = place.reasons(Writing(found.url), Run(on_progress=seen.append))
    test = reasons.fidelity

    assert reasons.reasons
    assert all(one.checked and one.agrees for one in reasons.reasons)
    assert (test.verdict, test.followed, test.kept) == ("follow", test.asked, 0)
    assert (test.held, test.agreed, set(test.leads)) == (test.untouched, test.told, {True})
    assert len(found.seen) - 1 == len(entries()) == test.planned == test.answers
    assert {entry.purpose for entry in entries()} == {"reasons"}
    assert reasons.sent.bytes == sum(len(seen.body) for seen in found.seen)
    assert [one.done for one in seen if one.total == test.planned] == list(
        range(1, test.planned + 1)
    )


def test_a_model_that_repeats_itself_ignores_it(place: Place) -> None:
    with serving(servers.repeats) as found:
        reasons = place.reasons(Writing(found.url))
    test = reasons.fidelity

    assert (test.verdict, test.followed, test.kept) == ("ignore", 0, test.asked)
    assert [one.text for one in reasons.reasons if not one.checked] == [servers.OWN_WORDS]
    assert [one.text for one in reasons.rejected] == [servers.FALSE]
    assert not all(one.agrees for one in reasons.reasons)


def test_of_a_model_that_babbles_nothing_is_shown_or_told(place: Place) -> None:
    with serving(servers.babbles) as found:
        reasons = place.reasons(Writing(found.url))

    assert (reasons.reasons, reasons.fidelity.verdict) == ((), "unclear")
    assert len([seen for seen in found.seen if seen.body]) == 2


def test_the_payload_is_shown_as_it_will_be_sent(place: Place) -> None:
    with serving(servers.reads) as found:
        shown = show_reasons_payload(
            Run(), str(place.table.store), str(place.path), 3, to_json(Writing(found.url))
        )
        assert not [seen for seen in found.seen if seen.body]
        place.reasons(Writing(found.url))

    bodies = [seen.body for seen in found.seen if seen.body]
    assert [text.encode() for text in shown["payloads"]] == bodies  # type: ignore[attr-defined]
    assert [payload_of(entry) for entry in entries()] == bodies


def test_masked_cells_are_in_no_sentence_true_or_changed(place: Place) -> None:
    masks = MaskChoice(hide=("sex", "room"))
    with serving(servers.reads) as found:
        reasons = place.reasons(Writing(found.url, masks=masks))

    told = [line for seen in found.seen if seen.body for line in _told(seen.body)]
    assert told
    assert any("MASKED_" in line for line in told)
    for line in told:
        assert not {"M", "F", "sea", "court", "attic"} & set(line.replace(",", " ").split())
        assert not [cell for cell in "MF" if f"“{cell}”" in line]
    assert "sex" in {one.about for one in reasons.reasons}  # taken out again in what comes back
    assert reasons.fidelity.verdict == "follow"


def _told(body: bytes) -> list[str]:
    said = json.loads(body)["messages"][-1]["content"]
    return [line for line in said.splitlines() if "(contribution)" in line]


def test_figures_of_masked_columns_are_not_told_at_all(place: Place) -> None:
    masks = MaskChoice(hide=("nights",))
    with serving(servers.reads) as found:
        reasons = place.reasons(Writing(found.url, masks=masks))
    assert not [seen for seen in found.seen if b"nights" in seen.body]
    assert "nights" not in {one.about for one in reasons.reasons}


@pytest.mark.parametrize(
    ("writing", "told"),
    [
        (Writing(), "The built-in writer has no reasons of its own"),
        (Writing(FAR, "any"), "which you have not agreed to; nothing was sent"),
        (Writing("http://127.0.0.1:9/v1", "any"), "No server answers"),
        (Writing("/no/such/folder"), "/no/such/folder"),
    ],
)
def test_what_cannot_be_asked_is_told(place: Place, writing: Writing, told: str) -> None:
    with pytest.raises(UserError, match=told):
        place.reasons(writing)


@pytest.mark.parametrize(
    "behaviour",
    [bad.stays_silent, bad.fails(500), bad.hangs_up, bad.breaks_off('{"reasons": [')],
)
def test_a_server_that_fails_is_told_in_bounded_time(
    place: Place, behaviour: bad.Behaviour
) -> None:
    with serving(behaviour) as found, pytest.raises(UserError):
        place.reasons(Writing(found.url, limits=IMPATIENT))


def test_an_answer_without_end_is_cut(place: Place) -> None:
    with serving(bad.never_ends) as found:
        reasons = place.reasons(Writing(found.url))
    assert (reasons.reasons, reasons.fidelity.answers) == ((), 2)


def test_a_server_that_fails_on_the_way_leaves_what_it_said(place: Place) -> None:
    asked: list[int] = []

    def fails_later(talk: Talk) -> None:
        asked.append(1)
        (servers.reads if len(asked) < 6 else bad.fails(500))(talk)

    with serving(fails_later) as found:
        reasons = place.reasons(Writing(found.url, limits=IMPATIENT))
    assert reasons.reasons
    assert reasons.fidelity.answers == 5
    assert reasons.notes[0].startswith("The test ended early: ")


def test_a_stop_keeps_what_was_answered(place: Place) -> None:
    asked: list[int] = []

    with serving(servers.reads_then_hangs(asked, 3)) as found:
        reasons = place.reasons(Writing(found.url), Run(should_stop=lambda: len(asked) > 3))
        assert reasons.notes == (
            f"The test was stopped after 3 of {reasons.fidelity.planned} answers.",
        )
        with pytest.raises(StoppedError):
            place.reasons(Writing(found.url), Run(should_stop=lambda: True))


def test_the_time_in_all_and_the_tokens_are_bounded(place: Place) -> None:
    with serving(servers.reads) as found:
        with pytest.raises(UserError, match="has used its 10 tokens"):
            place.reasons(Writing(found.url, limits=Limits(tokens=10)))
        with pytest.raises(UserError, match="seconds in all"):
            place.reasons(Writing(found.url, limits=Limits(all_s=0.0)))
    assert not [seen for seen in found.seen if seen.body]


def test_a_trained_model_in_a_folder_writes_what_can_be_checked(
    place: Place, story_model: Path, tmp_path: Path
) -> None:
    folder = with_context(story_model, tmp_path / "long")
    reasons = place.reasons(Writing(str(folder)))

    assert reasons.reasons
    assert all(one.checked for one in reasons.reasons)  # held to the grammar of each fact
    assert reasons.fidelity.answers == reasons.fidelity.planned
    assert reasons.fidelity.unread == 0
    assert not reasons.fidelity.is_cut
    assert reasons.sent.bytes == 0
    assert not entries()


def test_a_model_of_short_memory_is_not_judged(place: Place, story_model: Path) -> None:
    reasons = place.reasons(Writing(str(story_model)))
    assert reasons.fidelity.is_cut
    assert reasons.fidelity.verdict == "unclear"


def test_the_engine_asks_and_keeps_what_came_before_a_stop(
    engine: Engine, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pellucid.engine.client.GRACE_S", 60.0)  # however busy the machine is
    asked: list[int] = []

    with serving(servers.reads_then_hangs(asked, 3)) as found:
        params = {"store": str(place.table.store), "fit": str(place.path), "row": 3, "output": 0,
                  "writing": to_json(Writing(found.url, "tiny"))}  # fmt: skip
        job = engine.client.submit("ask_reasons", params)
        engine.wait(lambda event: isinstance(event, Progressed) and event.progress.done == 4)
        engine.client.cancel(job)
        end = engine.end(job)
    assert isinstance(end, Finished)
    reasons = from_json(Reasons, end.value)
    assert reasons.fidelity.answers == 3
    assert reasons.reasons


def test_python_asks_too(place: Place) -> None:
    with serving(servers.reads) as found:
        reasons = pellucid.reasons(place.fit, 4, place.table, found.url, run=Run(seed=2))
    assert reasons.row == "row 4"
    assert reasons.fidelity.verdict == "follow"
    with pytest.raises(UserError, match="no reasons of its own"):
        pellucid.reasons(place.fit, 4, place.table, "builtin")
