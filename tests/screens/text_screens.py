"""Take pictures of what the window shows of texts, light and dark, in two sizes, with real data.

Run: python tests/screens/text_screens.py [FOLDER [NAME ...]]; the names are those of `TABLES`, all
of them unless given. A table is sampled, fitted once as a preview, and the project is kept beside
the pictures, so that the next run only opens it.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from make_screens import ROOT, Studio

from pellucid.models.types import FitOptions

DATA = ROOT.parent / "shared" / "data"
ROWS = 3_000
FROM_THE_RIGHT = "فيلم رائع جدا, a charming film that is never dull، أحببته!"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file with texts, and what is predicted from which column."""

    path: Path
    read: Callable[[Path], Iterator[Row]]
    target: str
    column: str
    kind: str = "additive"
    drop: tuple[str, ...] = ()


def read_csv(path: Path) -> Iterator[Row]:
    with path.open(newline="", encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def read_sst(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        text, _, label = line.rpartition("\t")
        if len(text.split()) > 5:
            yield {"text": text.strip(), "mood": "positive" if label == "1" else "negative"}


def read_emotion(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        text, _, label = line.rpartition(";")
        yield {"text": text, "emotion": label}


def read_reviews(path: Path) -> Iterator[Row]:
    for row in read_csv(path):
        yield {name: row[name] for name in ("Age", "Rating", "Class Name", "Review Text")}


TABLES = {
    "short": TextTable(DATA / "sst2" / "sentiment-train.tsv", read_sst, "mood", "text"),
    "long": TextTable(
        DATA / "womens_clothing_reviews" / "Womens Clothing E-Commerce Reviews.csv", read_reviews,
        "Rating", "Review Text",
    ),
    "chinese": TextTable(
        DATA / "chinese_reviews" / "waimai_10k.csv", read_csv, "label", "review",
    ),
    "classes": TextTable(DATA / "emotion" / "train.txt", read_emotion, "emotion", "text"),
    "tree": TextTable(DATA / "sst2" / "sentiment-train.tsv", read_sst, "mood", "text", "tree"),
}  # fmt: skip


def sampled(table: TextTable, to: Path) -> Path:
    """Write a sample of a file's rows as a CSV file."""
    rows = list(table.read(table.path))
    places = np.sort(np.random.default_rng([7, len(rows)]).permutation(len(rows))[:ROWS])
    with to.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[place] for place in places.tolist())
    return to


def open_fitted(studio: Studio, name: str, table: TextTable) -> None:
    """Open a table with its model: the project of an earlier run, or a new fit."""
    session, project = studio.session, studio.folder / f"{name}.pellucid"
    if project.is_file():
        session.open_file(project)
        studio.until(lambda: session.project == project or session.error)
    else:
        path = sampled(table, studio.folder / f"{name}.csv")
        session.open_file(path)
        studio.until(lambda: session.path == path and session.suggestions)
        session.set_target(table.target)
        session.fit(
            FitOptions(table.target, quality="preview", texts=(table.column,), drop=table.drop,
                       encoder="none", kind="tree" if table.kind == "tree" else "additive")
        )  # fmt: skip
        studio.until(lambda: session.summary or session.error)
        session.save(project)
        studio.until(lambda: session.project == project or session.error)
    if session.error:
        raise RuntimeError(f"{session.error.message}. {session.error.hint}")


def show_whole(studio: Studio, name: str, table: TextTable) -> None:
    """Picture the n-grams, or the tree, of the model."""
    session = studio.session
    studio.window.show_page("explain")
    page = studio.window.page("explain")
    page.tabs.setCurrentIndex(0)
    studio.until(lambda: session.explanation or session.error)
    terms = session.explanation.terms
    page.whole.show_term(next(t.name for t in terms if table.column in t.name))
    studio.settle(2.0)
    studio.take(f"{name}-whole")


def show_row(studio: Studio, name: str, table: TextTable, number: int) -> None:
    """Picture a row with its text opened."""
    page = studio.window.page("explain")
    page.tabs.setCurrentIndex(1)
    page.row.show_row(number)
    studio.until(lambda: page.row.state is not None and page.row.state.number == number)
    page.row.open_text(table.column)
    studio.take(f"{name}-row")


def show_text(studio: Studio, name: str) -> None:
    """Picture the Text tab: a text, two beside each other, and the further tests."""
    page = studio.window.page("explain")
    page.tabs.setCurrentIndex(2)
    side = page.text.halves[0].side
    studio.until(lambda: side.dots.isVisible() or studio.session.error)
    studio.take(f"{name}-text")
    if name == "short":
        side.text.setPlainText(FROM_THE_RIGHT)
        studio.settle(1.0)
        studio.take("text-from-the-right")
        side.back.click()
        page.text.head.compare.setChecked(True)
        studio.settle(3.0)
        studio.take(f"{name}-text-compared")
        page.text.head.compare.setChecked(False)
        for section in page.text.tests.sections.values():
            section.start.click()
        studio.until(lambda: all(s.start.isEnabled() for s in page.text.tests.sections.values()))
        studio.take(f"{name}-text-tests", at_end=True)


def show_edits(studio: Studio) -> None:
    """Picture a question of a tree, and what taking one of its keywords off does."""
    tree = studio.window.page("explain").whole.tree
    questions = [node for node in tree.tree.nodes if not node.is_leaf]
    widest = max(questions, key=lambda node: len(node.keywords), default=None)
    if widest is None or len(widest.keywords) < 2:
        return
    tree.choose(widest.id)
    studio.take("tree-question")
    tree.editor.chips.parts[0].click()
    studio.until(tree.editor.chips.isEnabled)
    studio.settle(1.0)
    studio.take("tree-edited")


def show_models(studio: Studio) -> None:
    """Picture two models beside each other: before there are two, and where they part."""
    session, page = studio.session, studio.window.page("explain")
    page.tabs.setCurrentIndex(3)
    studio.settle()
    studio.take("models-waiting")
    first = session.fit_path
    session.fit_kind("tree", ("text",))
    studio.until(lambda: (session.fit_path != first and not session.is_fitting) or session.error)
    page.tabs.setCurrentIndex(3)
    page.models.compare.click()
    studio.until(lambda: page.models.found is not None or session.error)
    studio.settle(1.0)
    studio.take("models")
    studio.take("models-end", at_end=True)
    page.models.swap.click()
    studio.settle(1.0)


def show_inside(studio: Studio, name: str) -> None:
    """Picture the heads on a text, one word's look, and what the layers know."""
    page = studio.window.page("explain")
    page.tabs.setCurrentIndex(4)
    heads, layers = page.inside.heads, page.inside.layers
    heads.start.click()
    studio.until(heads.start.isEnabled)
    studio.settle(0.5)
    studio.take(f"{name}-heads")
    layers.start.click()
    studio.until(layers.start.isEnabled)
    studio.settle(0.5)
    studio.take(f"{name}-layers", at_end=True)


def show_explore(studio: Studio, name: str) -> None:
    """Picture the Explore page, from its top and to its end."""
    studio.window.show_page("explore")
    studio.settle(1.0)
    studio.until(lambda: studio.session.job is None)
    studio.settle(1.5)
    studio.take(f"{name}-explore")
    studio.take(f"{name}-explore-end", at_end=True)


def show_report(studio: Studio, name: str) -> None:
    """Picture the texts of the report that were taken apart word by word."""
    studio.window.show_page("report")
    page = studio.window.page("report")
    studio.until(lambda: studio.session.report or studio.session.error)
    studio.until(lambda: page.paper.is_whole or studio.session.error)
    page.scroll_to("section:examples")
    studio.settle(1.0)
    studio.take(f"{name}-report")


def show_table(studio: Studio, name: str, table: TextTable) -> None:
    """Picture all that the window shows of one table."""
    open_fitted(studio, name, table)
    show_whole(studio, name, table)
    show_row(studio, name, table, 5)
    show_text(studio, name)
    if table.kind == "tree":
        page = studio.window.page("explain")
        page.tabs.setCurrentIndex(0)
        show_edits(studio)
        return
    studio.window.show_page("model")
    studio.take(f"{name}-model")
    show_explore(studio, name)
    show_report(studio, name)
    if name in ("short", "long"):
        studio.window.show_page("explain")
        show_inside(studio, name)
    if name == "short":
        show_models(studio)


def main(arguments: list[str]) -> int:
    """Take the pictures of the tables that are named, and print where they are."""
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [n for n in arguments[1:] or TABLES if TABLES[n].path.is_file()]
    for name in wanted:
        studio = Studio(folder)
        try:
            show_table(studio, name, TABLES[name])
        finally:
            studio.close()
        print(f"{name}: {studio.taken} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
