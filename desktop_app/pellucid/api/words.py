"""What a table and a model say in words: written up, asked, compared, reported."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid.api.tables import FilePath, open_, opened
from pellucid.core.run import Run
from pellucid.models.types import FitOptions, Quality

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.engine.comparing import GroupsView
    from pellucid.engine.loading import AnyFit
    from pellucid.engine.pipeline import Study
    from pellucid.writing.orders import Writing
    from pellucid.writing.questions.types import Answer
    from pellucid.writing.sources import Sources, Untraced
    from pellucid.writing.types import Words


def compare(
    table: Table | FilePath, column: str, first: str, second: str = "", *, seed: int = 0
) -> GroupsView:
    """Say what tells the rows whose `column` holds `first` from those that hold `second`.

    Without a `second` value, from all other rows. The result's `words` are claims with facts, its
    `found` the same in numbers. Raises `UserError` for groups that are not there or too small.
    """
    from pellucid.engine.comparing import compare_table
    from pellucid.facts.contrasts import GroupNames

    with ExitStack() as stack:
        rows = opened(table, stack)
        return compare_table(rows, GroupNames(column, first, second), Run(seed=seed))


def ask(
    table: Table | FilePath,
    question: str = "",
    fit: AnyFit | None = None,
    *,
    target: str = "",
    before: Answer | None = None,
    plan: object = None,
    context: Sequence[FilePath] = (),
    seed: int = 0,
) -> Answer:
    """Answer a question about a table, and about a fit if there is one, from facts.

    Args:
        table: The table, or the path of a file.
        question: In plain English. What the file cannot answer has no claims, and says why.
        fit: The model that questions about a model refer to.
        target: Without a fit, the column to predict; a model is fitted when a question needs it.
        before: The answer to the question before, on which this one may lean.
        plan: A plan in JSON, as `answer.plan` was shown, to be run instead of reading the question.
        context: Documents (.csv, .md, .txt, .pdf) that say what columns and terms mean.
        seed: Seeds every random choice.

    Raises `pellucid.core.errors.UserError` for what cannot be computed.
    """
    from pellucid.data.documents import read_document
    from pellucid.engine.asking import Asking, answer
    from pellucid.engine.documents import Context

    with ExitStack() as stack:
        documents = Context(tuple(read_document(Path(path)) for path in context))
        asking = Asking(opened(table, stack), fit, target, context=documents)
        last = before.conversation if before is not None else None
        return answer(asking, question, Run(seed=seed), before=last, plan=plan)


def summarize(
    table: Table | FilePath,
    fit: AnyFit | None = None,
    writer: FilePath = "builtin",
    *,
    llm: str | None = None,
    audience: str | None = None,
    language: str | None = None,
    send_to: str | None = None,
    mask: Sequence[str] = (),
    unmask: Sequence[str] = (),
    download: bool = False,
    run: Run | None = None,
) -> Words:
    """Write up a table, and a fit if there is one; every claim names the facts that carry it.

    Args:
        table: The table, or the path of a file to open.
        fit: What `fit` returned, for that table.
        writer: "builtin", the URL of a server of language models, or the folder or hub id of one.
        llm: The model to ask of a server.
        audience: For whom to write.
        language: In which language to write, such as "en".
        send_to: The host that facts may go to, where that is not this machine.
        mask: Columns to hide from a server, beside those that look personal.
        unmask: Columns not to hide.
        download: Whether a model may be fetched that is named by its hub id.
        run: Progress and stopping; by default silent.

    Raises `pellucid.core.errors.UserError` for a writer that cannot be had or may not see this.
    """
    from pellucid.writing.orders import MaskChoice, Writing

    masks = MaskChoice(tuple(mask), tuple(unmask))
    writing = Writing(str(writer), llm, audience, language, send_to, masks, download)
    chosen = run or Run()
    with ExitStack() as stack:
        return _study(opened(table, stack), fit, chosen, writing).words


def sources(
    words: Words, *, most_seconds: float | None = None, run: Run | None = None
) -> tuple[Sources | Untraced | None, ...]:
    """Say which facts made the model write each claim of `words`, then each interpretation.

    For `words` that a model in a folder wrote: each fact is left out of the prompt in turn, and the
    model is asked how likely it finds the same sentence then. None for sentences that no model
    wrote word by word, `Untraced` for those that it did not get to in `most_seconds`, by default
    1,200. Raises `pellucid.core.errors.UserError` where a server wrote, and where the
    folder is gone.
    """
    from pellucid.engine.claim_sources import sources_of
    from pellucid.writing.providers.limits import Allowance

    time = Allowance() if most_seconds is None else Allowance(most_seconds)
    return sources_of(words, run or Run(), time)


def _study(table: Table, fit: AnyFit | None, run: Run, writing: Writing) -> Study:
    from pellucid.engine.pipeline import study
    from pellucid.engine.writers import check_writing, write_as

    check_writing(writing, table, run)
    return study(
        table, fit, run, write=lambda facts, title: write_as(writing, table, facts, title, run)
    )


def report(
    path: FilePath,
    target: str | None = None,
    *,
    out: FilePath,
    quality: Quality = "standard",
    texts: Sequence[str] = (),
    encoder: FilePath | None = None,
    seed: int = 0,
    writer: FilePath = "builtin",
    llm: str | None = None,
    audience: str | None = None,
    language: str | None = None,
    send_to: str | None = None,
) -> Path:
    """Do the whole path on a file and write the report; return where it is.

    Args:
        path: The file.
        target: The column to predict; without one the report describes the data.
        out: Where to write, ending in .html or .md; written whole or not at all.
        quality, texts, encoder: As for `fit`.
        seed: Seeds every random choice.
        writer, llm, audience, language, send_to: As for `summarize`.
    """
    from pellucid.engine.fitting import fit_any
    from pellucid.engine.writers import check_writing
    from pellucid.report.render import write_report
    from pellucid.writing.orders import Writing

    writing = Writing(str(writer), llm, audience, language, send_to)
    with open_(path) as table:
        check_writing(writing, table, Run(seed=seed))
        fitted = None
        if target is not None:
            options = FitOptions(
                target, quality=quality, seed=seed, texts=tuple(texts),
                encoder=None if encoder is None else str(encoder),
            )  # fmt: skip
            fitted = fit_any(table, options, Run(seed=seed))
        document = _study(table, fitted, Run(seed=seed), writing).report()
    write_report(document, Path(out))
    return Path(out)
