"""What the box offers while a question is typed: columns, levels and forms of questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pellucid.writing.questions.lexicon import Lexicon, split_name

MOST = 8
_FORMS = (
    "How many rows are there by {group}?",
    "What is the mean {number} by {group}?",
    "What is the median {number}?",
    "What is missing?",
    "What tells {group} {first} from {second}?",
    "What is the difference in {number} between {first} and {second}?",
    "How strongly do {number} and {other} go together?",
    "Which {group} has the highest mean {number}?",
    "Which columns matter?",
    "How does {number} act?",
    "What does the model predict for row 1?",
    "What if row 1 had {number} {value}?",
    "Where is the model wrong?",
    "How good is the model?",
    "Which rows are most like row 1?",
    "What does {number} mean?",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on: `text` is the whole question with it, `adds` what is put in."""

    text: str
    adds: str
    kind: Literal["column", "level", "form"]
    detail: str = ""


def complete(prefix: str, lexicon: Lexicon, most: int = MOST) -> tuple[Suggestion, ...]:
    """Return ways to go on with what was typed, the likeliest first.

    The last word or two are completed to a column or level that begins with them or has a word that
    does; forms of questions are offered that begin with all that was typed.
    """
    found: dict[str, Suggestion] = {}
    for item in (*_named(prefix, lexicon), *_forms(prefix, lexicon)):
        found.setdefault(item.text, item)
    return tuple(found.values())[:most]


def _named(prefix: str, lexicon: Lexicon) -> Iterator[Suggestion]:
    if not prefix or prefix.endswith((" ", "?")):
        return
    words = prefix.split(" ")
    for size in (3, 2, 1):
        if len(words) < size:
            continue
        head, typed = " ".join(words[:-size]), " ".join(words[-size:]).lower()
        lead = f"{head} " if head else ""
        if len(typed) < 2:
            continue
        for column in lexicon.columns:
            if _begins(column.name, typed):
                meaning = column.meaning or column.kind
                yield Suggestion(f"{lead}{column.name}", column.name, "column", meaning)
        for column in lexicon.columns:
            for level in column.levels:
                if _begins(level, typed):
                    yield Suggestion(f"{lead}{level}", level, "level", column.name)


def _begins(name: str, typed: str) -> bool:
    words = split_name(name)
    plain = " ".join(words)
    said = " ".join(split_name(typed))
    whole = any(" ".join(words[i:]).startswith(said) for i in range(len(words)))
    return (whole and plain != said) or (name.lower().startswith(typed) and name.lower() != typed)


def _forms(prefix: str, lexicon: Lexicon) -> Iterator[Suggestion]:
    filled = [form for form in (_filled(form, lexicon) for form in _FORMS) if form]
    typed = prefix.lower().strip()
    for form in filled:
        if form.lower().startswith(typed) and form.lower() != typed:
            yield Suggestion(form, form, "form")


def _filled(form: str, lexicon: Lexicon) -> str:
    """Put the table's own names into a form; empty where it has none that fit."""
    numbers = [c.name for c in lexicon.columns if c.is_number and c.name != lexicon.target]
    groups = [c for c in lexicon.columns if len(c.levels) > 1]
    is_of_model = any(word in form for word in ("model", "matter", "act?", "What if"))
    if is_of_model and not lexicon.target:
        return ""
    parts: dict[str, str] = {"value": "10"}
    if numbers:
        parts |= {"number": numbers[0], "other": numbers[1] if len(numbers) > 1 else ""}
    if groups:
        first, second = groups[0].levels[:2]
        parts |= {"group": groups[0].name, "first": first, "second": second}
    needed = [name for name in ("number", "other", "group", "first", "second") if f"{{{name}}}" in
              form]  # fmt: skip
    if any(not parts.get(name) for name in needed):
        return ""
    return form.format(**parts)
