"""What an attached document says of a column or a term, cited as a fact."""

from __future__ import annotations

from pellucid.data.documents import Passage
from pellucid.facts.making import make
from pellucid.facts.slot_parts import one_line
from pellucid.facts.types import Fact, Origin

_MOST_QUOTED = 400


def cited(text: str) -> str:
    """Set a passage in quotation marks, in one line and shortened."""
    plain = one_line(text).replace("“", "‘").replace("”", "’")
    if len(plain) > _MOST_QUOTED:
        plain = plain[: _MOST_QUOTED - 1].rstrip() + "…"
    return f"“{plain}”"


def passage_fact(term: str, passage: Passage, document: str, how: str = "entry") -> Fact:
    """Return what a document says of a column or term.

    `how` is "entry" where the passage is the document's entry for it, "mention" where it names it,
    and "nearest" where it is the nearest in meaning, which may be about something else.
    """
    lead = {
        "entry": f"{document} ({passage.place}) says of {term}: ",
        "mention": f"{document} ({passage.place}) mentions {term}: ",
        "nearest": f"Nothing in {document} is called {term}; the nearest passage ({passage.place}) "
        "is: ",
    }[how]
    quote = cited(passage.text)
    text = f"{lead}{quote}" + ("" if quote[-2] in ".…!?" else ".")
    return make(
        "definition", (term,), text,
        Origin("document", document, passage.place), what=f"document {how}",
        interest={"entry": 0.9, "mention": 0.6, "nearest": 0.4}[how], document=document,
        place=passage.place, how=how, quote=one_line(passage.text)[:_MOST_QUOTED],
    )  # fmt: skip
