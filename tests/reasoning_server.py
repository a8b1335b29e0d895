"""How language models behave that are asked for their reasons: by the evidence, by heart, or not.

Each is a behaviour of `misbehaving_server`, spoken to over HTTP.
"""

from __future__ import annotations

import json
import re

from misbehaving_server import Behaviour, Talk, says, stays_silent

OWN_WORDS = "A plain story of daily life."
FALSE = "This clearly doubles everything because of the weather."


def told(talk: Talk) -> dict[str, str]:
    """Return the lines of the contributions that a request tells, by alias."""
    said = talk.seen.json["messages"][-1]["content"]
    return dict(re.findall(r"^(F\d+) \(contribution\) (.*)$", said, re.MULTILINE))


def way_of(line: str) -> str:
    return "raises" if re.search(r"direction: (multiplies|raises)", line) else "lowers"


def size_of(line: str) -> float:
    found = re.search(r"direction: [^;]* by (?:over )?([\d,.]+)", line)
    return float(found[1].rstrip(".,").replace(",", "")) if found else 0.0


def answered(talk: Talk, ways: dict[str, str], texts: dict[str, str] | None = None) -> None:
    """Answer with a reason for each fact, in the order of `ways`."""
    plain = "For this row, {{%s.subject}} {{%s.direction}}."
    own = texts or {}
    reasons = [
        {"fact": alias, "way": way, "text": own.get(alias, plain.replace("%s", alias))}
        for alias, way in ways.items()
    ]
    says(json.dumps({"reasons": reasons}), pieces=9)(talk)


def reads(talk: Talk) -> None:
    """Answer by what the evidence says, the largest contribution first."""
    lines = told(talk)
    order = sorted(lines, key=lambda alias: -size_of(lines[alias]))
    answered(talk, {alias: way_of(lines[alias]) for alias in order})


def repeats(talk: Talk) -> None:
    """Answer the same whatever the evidence is, once in words of its own and once falsely."""
    lines = told(talk)
    ways = {alias: ("raises", "lowers")[place % 2] for place, alias in enumerate(lines)}
    names = list(lines)
    answered(talk, ways, dict(zip(names, (OWN_WORDS, FALSE), strict=False)))


def babbles(talk: Talk) -> None:
    """Talk about anything but the reasons."""
    says("It is a truth universally acknowledged that rows are rows. " * 90)(talk)


def reads_then_hangs(asked: list[int], answers: int) -> Behaviour:
    """Read the evidence so many times and say nothing then; each request is added to `asked`."""

    def behave(talk: Talk) -> None:
        asked.append(1)
        (reads if len(asked) <= answers else stays_silent)(talk)

    return behave
