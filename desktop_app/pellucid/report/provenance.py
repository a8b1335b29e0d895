"""How a report came to be: what was read, how it was split, with which versions, by whom."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator, Mapping, Sequence

from pellucid import __version__
from pellucid.core.numbers import count, number, plural
from pellucid.core.offline import is_loopback
from pellucid.data.types import Profile, Source
from pellucid.facts.corpora import TextStudy
from pellucid.facts.fits import is_black_box
from pellucid.models.types import FitSummary
from pellucid.writing.types import WRITER, Words

_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar", " ": "space"}
_LIBRARIES = ("duckdb", "numpy")
_MODEL_LIBRARIES = ("interpret-core", "scikit-learn")


def provenance_of(
    source: Source,
    profile: Profile,
    words: Words,
    summary: FitSummary | None,
    texts: Sequence[TextStudy] = (),
) -> Mapping[str, str]:
    """Return what a reader needs to make the report again, in the order it is shown."""
    return dict(_entries(source, profile, words, summary, texts))


def _entries(
    source: Source,
    profile: Profile,
    words: Words,
    summary: FitSummary | None,
    texts: Sequence[TextStudy],
) -> Iterator[tuple[str, str]]:
    yield "File", f"{source.path.name}, {plural(source.bytes, 'byte')}"
    yield "Read as", _reading(source)
    yield "SHA-256 of content and reading", source.fingerprint
    yield "Table", f"{plural(profile.rows, 'row')}, {plural(len(profile.columns), 'column')}"
    if profile.sampled is not None:
        yield "Associations", f"from a sample of {plural(profile.sampled, 'row')}"
    if summary is not None:
        yield from _fit_entries(summary)
    if texts:
        yield "Texts read", "; ".join(_text_entry(study) for study in texts)
    yield "Written by", _writer(words)
    yield "Left this machine", _sent(words)
    libraries = _LIBRARIES if summary is None else _LIBRARIES + _MODEL_LIBRARIES
    made = [f"Pellucid {__version__}", *(f"{name} {_version(name)}" for name in libraries)]
    yield "Made with", ", ".join(made)


def _reading(source: Source) -> str:
    parts = [source.format.upper(), source.encoding]
    if source.delimiter:
        parts.append(f"{_DELIMITERS.get(source.delimiter, source.delimiter)}-separated")
    headers = {0: "no header row", 1: "one header row"}
    parts.append(headers.get(source.header_rows, f"{source.header_rows} header rows"))
    return ", ".join(parts)


def _fit_entries(summary: FitSummary) -> Iterator[tuple[str, str]]:
    task, rows = summary.task, summary.rows
    positive = f", positive class {task.positive}" if task.kind == "binary" else ""
    yield "Target", f"{task.target} ({task.kind}{positive})"
    yield "Rows", ", ".join(
        f"{count(rows[part])} {purpose}"
        for part, purpose in (
            ("train", "to fit"), ("validation", "to judge the terms"), ("test", "to score"),
        )
        if part in rows
    )  # fmt: skip
    bags = plural(summary.bags, "bag")
    if summary.bags < summary.bags_asked:
        bags += f" of {count(summary.bags_asked)} asked for, stopped by hand"
    if is_black_box(summary):
        yield "Model", "transformer, tuned on the training rows"
    else:
        yield "Model", f"additive, {summary.options.quality} quality, mean of {bags}"
    yield "Seed", number(summary.options.seed)
    yield "Intervals of metrics", summary.test.interval
    if summary.bags > 1:
        yield "Intervals of curves", "95%, delete-d jackknife over bags, Student's t"


def _text_entry(study: TextStudy) -> str:
    """Say how many texts of a column were read, and what found its topics."""
    read = f"{study.column}: {count(study.read)} of {count(study.rows - study.missing)}"
    if study.topics and study.encoder is not None:
        read += f", topics of {count(study.clustered)} by {study.encoder.name}"
        read += "" if study.encoder.is_language_model else " (no language model)"
    return read


def _writer(words: Words) -> str:
    if words.writer == WRITER:
        return "the built-in writer, which arranges computed facts; no language model took part"
    model = f"{words.writer} ({words.model})" if words.model else words.writer
    if not words.filled_in:
        return model
    claims = plural(len(words.claims), "paragraph")
    return f"{model}; {count(words.filled_in)} of {claims} by the built-in writer"


def _sent(words: Words) -> str:
    if not words.sent.bytes:
        return "nothing"
    where = " on this machine" if is_loopback(words.sent.destination) else ""
    return f"{plural(words.sent.bytes, 'byte')} to {words.sent.destination}{where}"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "of an unknown version"
