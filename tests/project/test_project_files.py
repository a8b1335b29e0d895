"""A project file: what was saved comes back, and what is amiss is said."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.data.types import ColumnProfile, Profile, Source
from pellucid.explain.quiz.scoring import difference_of, score_arms
from pellucid.explain.quiz.types import (
    ARMS,
    Answer,
    Cell,
    Design,
    Marked,
    Part,
    QuizResult,
    Taker,
    Why,
    WordScore,
)
from pellucid.facts.types import Fact, Origin
from pellucid.models.types import FitOptions
from pellucid.project.files import keep_quiz, open_project, save_project
from pellucid.project.types import Project, Recipe
from pellucid.project.unsaved import autosave, discard, unsaved
from pellucid.writing.types import Claim, Words


def content(path: Path, recipe: Recipe) -> str:
    """Stand for the fingerprint of a file: its text is enough here."""
    return f"{recipe.source.encoding}:{path.read_text()}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "birds.csv"
    path.parent.mkdir()
    path.write_text("a,b\n1,2\n")
    return path


@pytest.fixture
def project(table: Path, tmp_path: Path) -> Project:
    source = Source(table, "csv", "utf-8", ",", '"', 1, ".", "", 8, "utf-8:a,b\n1,2\n")
    fact = Fact("count-1", "count", ("a",), 1.0, "rows", 1, None, None, Origin("profile"), "One.")
    fit = tmp_path / "fit.zip"
    fit.write_bytes(b"the fit's own format")
    return Project(
        recipe=Recipe(source, {"a": "category"}, FitOptions("b", drop=("c",), seed=7)),
        profile=Profile(1, (ColumnProfile("a", "number", 1, 0, 1, 0, min=1.0),), (), ()),
        fit=fit,
        words=Words(
            "builtin", "", "Birds", (Claim("One.", ("count-1",), "Data"),), {"count-1": fact}
        ),
        hidden=frozenset({"chart:a"}),
    )


def test_what_was_saved_comes_back(project: Project, table: Path, tmp_path: Path) -> None:
    save_project(project, tmp_path / "work.pellucid")

    opened = open_project(tmp_path / "work.pellucid", content)

    assert opened.source == table
    assert opened.note == ""
    assert opened.project.fit is not None
    assert opened.project.fit.read_bytes() == b"the fit's own format"
    assert replace(opened.project, fit=project.fit) == project


def made_result(who: str, when: str) -> QuizResult:
    marked = tuple(
        Marked(arm, row, (Cell("a", str(row)),), row % 2, Answer(0, 3.5, "said"),
               Why("b", 0.5, (Part("a", "1", 0.25, (WordScore("w", 0.1),)),), 0.75), "1")
        for row, arm in enumerate(ARMS * 4)
    )  # fmt: skip
    return QuizResult(when, Taker(who, "model"), "ab", "cd", "b", Design(7, 8, 4, True), 8,
                      ("0", "1"), marked, score_arms(marked), difference_of(marked), 5,
                      ("A note.",))  # fmt: skip


def test_quizzes_come_back_whole(project: Project, tmp_path: Path) -> None:
    kept = (made_result("tiny", "2026-01-01"), made_result("Ada", "2026-01-02"))
    save_project(replace(project, quizzes=kept), tmp_path / "work.pellucid")

    assert open_project(tmp_path / "work.pellucid", content).project.quizzes == kept


def test_a_quiz_is_added_to_a_project_that_keeps_all_else(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "work.pellucid"
    save_project(project, path)
    before = open_project(path, content).project

    assert keep_quiz(path, made_result("Ada", "2026-01-01")) == ()
    earlier = keep_quiz(path, made_result("Ben", "2026-01-02"))

    assert [result.taker.name for result in earlier] == ["Ada"]
    after = open_project(path, content).project
    assert [result.taker.name for result in after.quizzes] == ["Ada", "Ben"]
    assert replace(after, quizzes=(), fit=before.fit) == before
    assert after.fit is not None
    assert after.fit.read_bytes() == b"the fit's own format"


def test_work_that_has_only_begun_is_saved_too(project: Project, tmp_path: Path) -> None:
    begun = Project(Recipe(project.recipe.source))
    save_project(begun, tmp_path / "work.pellucid")

    assert open_project(tmp_path / "work.pellucid", content).project == begun


def test_file_and_project_may_move_together(project: Project, table: Path, tmp_path: Path) -> None:
    save_project(project, tmp_path / "work.pellucid")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    (tmp_path / "work.pellucid").rename(elsewhere / "work.pellucid")
    table.rename(elsewhere / "data" / "birds.csv")

    opened = open_project(elsewhere / "work.pellucid", content)

    assert opened.source == elsewhere / "data" / "birds.csv"
    assert opened.project.recipe.source.path == opened.source


def test_a_file_that_stayed_is_found_where_it_was(
    project: Project, table: Path, tmp_path: Path
) -> None:
    save_project(project, tmp_path / "work.pellucid")
    elsewhere = tmp_path / "far" / "away"
    elsewhere.mkdir(parents=True)
    (tmp_path / "work.pellucid").rename(elsewhere / "work.pellucid")

    assert open_project(elsewhere / "work.pellucid", content).source == table


def test_a_missing_file_is_said_with_what_still_works(
    project: Project, table: Path, tmp_path: Path
) -> None:
    save_project(project, tmp_path / "work.pellucid")
    table.unlink()

    opened = open_project(tmp_path / "work.pellucid", content)

    assert opened.source is None
    assert str(table) in opened.note
    assert "The model, its explanation, the words and the report" in opened.note
    assert opened.project.words == project.words


def test_a_changed_file_is_said(project: Project, table: Path, tmp_path: Path) -> None:
    save_project(project, tmp_path / "work.pellucid")
    table.write_text("a,b\n1,3\n")

    opened = open_project(tmp_path / "work.pellucid", content)

    assert opened.source is None
    assert "has changed since the project was saved" in opened.note


@pytest.mark.parametrize("damage", ["empty", "cut", "text", "no header", "no json", "wrong types"])
def test_a_damaged_project_is_refused_in_plain_words(
    project: Project, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "work.pellucid"
    save_project(project, path)
    whole = path.read_bytes()
    if damage in ("empty", "cut", "text"):
        path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "text": b"a,b\n"}[damage])
    else:
        with zipfile.ZipFile(path, "w") as archive:
            documents = {"no header": None, "no json": "{", "wrong types": '{"format": []}'}
            if (text := documents[damage]) is not None:
                archive.writestr("project.json", text)

    with pytest.raises(UserError, match="is damaged, or is no Pellucid project"):
        open_project(path, content)


def test_a_project_of_a_newer_version_asks_for_an_update(tmp_path: Path) -> None:
    path = tmp_path / "work.pellucid"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.json", '{"format": "pellucid project", "version": 99}')

    with pytest.raises(UserError, match="newer version"):
        open_project(path, content)


def test_a_project_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no project"):
        open_project(tmp_path / "none.pellucid", content)


def test_a_failed_save_leaves_the_old_file(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "work.pellucid"
    save_project(project, path)
    before = path.read_bytes()

    with pytest.raises(FileNotFoundError):
        save_project(replace(project, fit=tmp_path / "gone.zip"), path)

    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "fit.zip", "work.pellucid"]


def test_unsaved_work_is_offered_until_it_is_discarded(project: Project) -> None:
    assert unsaved() == ()
    autosave(project)
    path = autosave(replace(project, hidden=frozenset()))

    (kept,) = unsaved()
    assert (kept.path, kept.source) == (path, "birds.csv")
    assert open_project(kept.path, content).project.hidden == frozenset()

    discard(kept.path)
    assert unsaved() == ()


def test_only_unsaved_work_can_be_discarded(table: Path) -> None:
    discard(table)

    assert table.exists()
