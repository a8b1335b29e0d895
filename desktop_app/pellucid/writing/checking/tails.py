"""Harmless tails: remarks behind a claim that say how it strikes its writer, and nothing of it.

`sex is missing in 3.2% of rows, which is worth noting` is a claim that its fact carries, and a
remark that no fact can carry. What a remark may be made of is listed here; whatever else stands
behind a claim may limit it, turn it round or add to it, and so stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.checker import check_claim
from pellucid.writing.checking.lexicon import lexicon_of
from pellucid.writing.checking.notation import Grammar, Reader
from pellucid.writing.drafts import Draft
from pellucid.writing.templates import Slot, parse, slots_in

TAILS = Grammar("""
TAIL = ONE (ONE)*
ONE = MARK [and] which SAYS | MARK and (this | that | it) SAYS | MARK [and] REMARK
    | . (this | that | it | which) SAYS
MARK = , | — | – | -
SAYS = (is | are | was | were) ([HOW] QUALITY | [also] REMARK)
    | (deserves | deserve | merits | merit) NOTICE | (came | comes | come) as a [KIND] surprise
HOW = quite | rather | very | really | especially | particularly | also | in itself | itself
QUALITY = KIND | of (interest | note) | good to THINK | to be (expected | noted | remembered
    | kept in mind | borne in mind)
KIND = interesting | noteworthy | curious | surprising | unsurprising | unexpected | expected
    | intriguing | fascinating | puzzling | odd | strange | worrying | concerning | reassuring
    | encouraging | pleasing | pleasant | welcome | useful | helpful | informative | instructive
    | valuable | telling
REMARK = [also] worth WORTH | something BEHIND | (a | an) [HOW] KIND THING [BEHIND]
    | a THING BEHIND | a surprise | as expected | as is to be expected | ADVERB
THING = surprise | finding | result | detail | point | observation | insight | pattern | discovery
BEHIND = worth WORTH | of (interest | note) | to THINK
WORTH = noting | mentioning | knowing | remembering | considering | discussing | exploring
    | investigating | watching | keeping in mind | bearing in mind | pointing out | looking into
    | NOTICE
NOTICE = a look | a note | a mention | a thought | attention
THINK = note | know | see | remember | consider | discuss | explore | keep in mind | bear in mind
    | think about | look into
ADVERB = interestingly | curiously | surprisingly | unsurprisingly | unexpectedly | worryingly
    | reassuringly | encouragingly | strangely | oddly | fortunately | unfortunately | sadly
""")
"""What tails are made of, in the notation of `notation`; none of the words says a fact."""

_SMALL = frozenset(["a", "it", "this", "that", "which", "and", "is", "are", "as", "in", "of"])
"""Words that no reader takes for a name, whatever the data call so."""
_WHOLE = ".sentence}}"
_START = re.compile(r"(?<=\.sentence\}\})|\s*[,—–]|\s+-(?=\s)|\.(?=\s)")
_TOKEN = re.compile(r"[a-z]+|\S")
_ABOUT = ("subject", "outcome")


def without_tail(
    draft: Draft, facts: Mapping[str, Fact], language: str = "en"
) -> tuple[Draft, Draft] | None:
    """Part a draft into a claim that is checked and a remark, which is interpretation.

    None where it has no such tail, or does not hold without it. What is left of the draft is its
    own beginning, word by word.
    """
    if not lexicon_of(language).plain:
        return None
    for start in _starts(draft.text):
        tail, said = draft.text[start:], draft.text[:start].rstrip()
        core = Draft(said if said.endswith(_WHOLE) else f"{said}.", draft.facts)
        if _is_remark(tail, facts) and check_claim(core, facts, language).status == "checked":
            return core, Draft(_told(tail, core, facts), draft.facts)
    return None


def _starts(text: str) -> Iterator[int]:
    """Yield where a tail may start, the longest first: behind the last slot."""
    yield from (found.start() for found in _START.finditer(text, text.rfind("}}") + 2))


def _is_remark(tail: str, facts: Mapping[str, Fact]) -> bool:
    """Say whether a tail is made of nothing but what is listed, and names nothing in the data."""
    words = _TOKEN.findall(tail.strip().lower().removesuffix("."))
    if words[:1] and words[0].isalpha():
        words.insert(0, ".")
    told = f" {' '.join(words)} "
    named = (name for fact in facts.values() for name in _names_of(fact))
    return len(words) in TAILS.ends("TAIL", Reader(words), 0) and not any(
        f" {name} " in told and not _SMALL.issuperset(name.split()) for name in named
    )


def _names_of(fact: Fact) -> Iterator[str]:
    """Yield what a fact is about, as words: in a tail they could be read as that."""
    slots = slots_of(fact)
    for name in (*fact.subject, slots.get("group", ""), slots.get("other", "")):
        yield " ".join(_TOKEN.findall(name.lower().strip("“”")))


def _told(tail: str, core: Draft, facts: Mapping[str, Fact]) -> str:
    """Put a tail so that it stands apart: behind what the claim is about, where that has a name."""
    remark = re.sub(r"^[\s,.—–-]+(?:and\s+)?", "", tail).removesuffix(".")
    for slot in reversed(slots_in(parse(core.text))):
        name = next((role for role in _ABOUT if role in slots_of(facts[slot.alias])), "")
        if name:
            return f"On {Slot(slot.alias, name)}: … {remark[:1].lower()}{remark[1:]}."
    return f"… {remark[:1].lower()}{remark[1:]}."
