"""Pictures of who writes, what would be sent, what was, and what was asked on the Words page."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import reasoning_server as reasoning
from leaning_writer import LeaningWriter
from misbehaving_server import Talk, says, serving
from pellucid.core.offline import switch_offline
from pellucid.core.paths import resource
from pellucid.core.run import Run
from pellucid.ui.pages import words_writers_view as view
from pellucid.ui.pages.explain_reasons import ReasonsPanel
from pellucid.writing.drafting import write_with
from pellucid.writing.orders import Writing
from pellucid.writing.sources import find_sources
from story_model import save_story_model

if TYPE_CHECKING:
    from make_screens import Studio

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NAMES = DATA / "titanic" / "train.csv"
"""A table with a column that looks personal."""
USUAL_PORT = 11434
_TOGETHER = 2
_LOOSE = (
    {"text": "{{%s.subject}} clearly matters most, which explains 9 in 10 cases.", "facts": ["%s"]},
    {"text": "Life on board has its own logic.", "facts": ["%s"]},
)
_SURPRISE = {"text": "Wealth comes to mind here.", "facts": ["%s"]}


def write_like_a_model(talk: Talk) -> None:
    """Answer as a fair model does: sound claims, a false one, an interpretation, a surprise."""
    said = talk.seen.json["messages"][-1]["content"]
    aliases = list(dict.fromkeys(re.findall(r"^(F\d+) \(", said, re.MULTILINE))) or ["F1"]
    groups = [aliases[at : at + _TOGETHER] for at in range(0, len(aliases), _TOGETHER)]
    claims = [
        {"text": " ".join(f"{{{{{alias}.sentence}}}}" for alias in group), "facts": group}
        for group in groups
    ]
    loose = [json.loads(json.dumps(item).replace("%s", aliases[0])) for item in _LOOSE]
    surprise = json.loads(json.dumps(_SURPRISE).replace("%s", aliases[-1]))
    answer = {"claims": [*claims, *loose], "surprises": [surprise]}
    says(json.dumps(answer), pieces=40)(talk)


def show_words(studio: Studio) -> None:
    """Picture who writes, from the built-in writer to a host far away, and the ledger."""
    session, window = studio.session, studio.window
    path = NAMES if NAMES.is_file() else resource("samples/helpdesk_synthetic.csv")
    session.open_file(path)
    studio.until(lambda: session.path == path and session.suggestions)
    window.show_page("words")
    studio.until(lambda: session.words)
    page = window.page("words")
    with serving(write_like_a_model, models=("small-chat-3b",), port=USUAL_PORT):
        page.show_writers()
        studio.until(lambda: page.writers.state.found is not None)
        studio.take("words-writers")
        show_model(studio)
    show_far(studio)
    show_folder(studio)
    show_sources(studio)
    page.show_ledger()
    studio.until(lambda: page.ledger.list.count())
    page.ledger.list.setCurrentRow(0)
    studio.until(lambda: page.ledger.payload.toPlainText())
    studio.take("words-ledger")
    show_questions(studio)


def show_model(studio: Studio) -> None:
    """Picture an exam and a page that a language model wrote."""
    session, page = studio.session, studio.window.page("words")
    state = page.writers.state
    page.writers.options[view.options(state.found)[1]].click()
    page.writers.exam.click()
    studio.until(lambda: page.writers.score.text() or state.problem)
    studio.take("words-writers-exam")
    before = session.words
    page.writers.write.click()
    studio.take("words-writing", steady=False)
    studio.until(lambda: session.words is not before or state.problem)
    studio.take("words-by-model")
    for fold in page.findChildren(QToolButton):
        if fold.isCheckable() and fold.text().startswith(("Interpretation", "Left out")):
            fold.setChecked(True)
    studio.settle()
    studio.take("words-by-model-end", at_end=True)


def show_far(studio: Studio) -> None:
    """Picture what would go to a host, its masks, the refusal while offline, and an error."""
    page = studio.window.page("words")
    writers, state = page.writers, page.writers.state
    page.show_writers()
    studio.until(lambda: state.found is not None)
    writers.options[view.SERVER].click()
    for line, text in ((writers.server.url, "https://models.example.org/v1"),
                       (writers.server.model, "large-chat")):  # fmt: skip
        line.setText(text)
        line.textEdited.emit(text)
    studio.take("words-far")
    writers.payload.look.click()
    studio.until(lambda: state.payload or state.problem)
    bar = page.aside.currentWidget().verticalScrollBar()
    studio.settle()
    bar.setValue(writers.payload.y())
    studio.take("words-payload")
    studio.take("words-payload-end", beside=True)
    switch_offline(True)
    studio.session.offline_changed.emit()
    studio.take("words-offline")
    switch_offline(False)
    studio.session.offline_changed.emit()
    for line, text in ((writers.server.url, "http://127.0.0.1:9"), (writers.server.model, "any")):
        line.setText(text)
        line.textEdited.emit(text)
    writers.write.click()
    studio.until(lambda: state.problem)
    studio.take("words-writers-error")


def show_folder(studio: Studio) -> None:
    """Picture what a model in a folder needs, before it is loaded."""
    place = DATA / "llm_stories260K"
    if not place.is_dir():
        return
    writers = studio.window.page("words").writers
    folder = save_story_model(
        studio.folder / "stories260K", place / "stories260K.bin", place / "tok512.bin"
    )
    writers.options[view.FOLDER].click()
    writers.folder.folder.setText(str(folder))
    writers.folder.folder.textEdited.emit(str(folder))
    writers.folder.weigh.click()
    studio.until(lambda: writers.state.need or writers.state.problem)
    studio.take("words-folder")


def show_sources(studio: Studio) -> None:
    """Picture what made a model say a claim: offered, looked for, cited, and not cited."""
    session, page = studio.session, studio.window.page("words")
    before = session.words
    assert before is not None
    writer = LeaningWriter(name=str(studio.folder / "stories260K"))
    words = write_with(before.facts.values(), writer, Run(), title=before.title)
    session.words = words
    session.words_changed.emit()
    state = page.sources.state
    for name, at in (("cited", 0), ("not-cited", 1)):
        claim = page.claims[at].claim
        page.choose(claim)
        studio.settle()
        bar = page.aside.currentWidget().verticalScrollBar()
        if not at:
            bar.setValue(page.sources.y())
            studio.take("words-sources")
            if Path(words.writer).is_dir():
                page.sources.start.click()
                studio.until(lambda: not state.is_busy or (session.job and session.job.progress))
                studio.take("words-sources-looking", steady=False)
                page.sources.cancel.click()
                studio.until(lambda: not state.is_busy)
        cited = [mark.fact for mark in claim.marks]
        prompt = words.prompts[claim.written.prompt]
        state.found[claim.written] = find_sources(writer, prompt, claim.written, cited, Run())
        state.changed.emit()
        studio.settle()
        bar.setValue(page.sources.y())
        studio.take(f"words-sources-{name}")
    session.words = before
    session.words_changed.emit()


def show_questions(studio: Studio) -> None:
    """Picture an answer, one that leans on it, and a refusal, at the end of the page."""
    page = studio.window.page("words")
    number = next(c.name for c in studio.session.opened.columns if c.kind == "number")
    group = next(c.name for c in studio.session.opened.columns if c.kind in ("category", "boolean"))
    for name, question in (("answer", f"What is the mean {number} by {group}?"),
                           ("follow-up", "And the median?"),
                           ("refusal", "What will happen next year?")):  # fmt: skip
        before = len(page.answers.blocks)
        page.answers.ask(question)
        studio.until(lambda n=before: len(page.answers.blocks) > n or page.bar.problem.text())
        studio.settle(0.6)
        studio.take(f"words-asked-{name}", at_end=True)


def show_reasons(studio: Studio) -> None:
    """Picture a language model's own reasons for a row: none, offered, and what came of them."""
    session, window = studio.session, studio.window
    window.show_page("explain")
    page = window.page("explain")
    page.show_why_of(4)
    studio.until(lambda: page.row.state is not None and page.row.state.number == 4)
    panel = page.inspector().findChild(ReasonsPanel)
    studio.take("reasons-no-model", beside=True)
    for name, reason in (("follow", reasoning.reads), ("ignore", reasoning.repeats)):

        def answer(talk: Talk, reason: Callable[[Talk], None] = reason) -> None:
            (reason if reasoning.told(talk) else write_like_a_model)(talk)

        with serving(answer, models=("small-chat-3b",)) as found:
            before, problems = session.words, []
            writing = Writing(found.url, "small-chat-3b")
            session.write_with(writing, lambda *said, to=problems: to.append(said))
            studio.until(lambda was=before, to=problems: session.words is not was or to)
            studio.take(f"reasons-{name}-offered", steady=False, beside=True)
            panel.start.click()
            studio.until(lambda: not panel.state.is_busy)
            studio.settle(1.0)
        studio.take(f"reasons-{name}")
        studio.take(f"reasons-{name}-end", beside=True)
