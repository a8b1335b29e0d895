"""A model of this process that writes each fact's sentence, leaning on one fact for all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pellucid.core.run import Run
from pellucid.writing.providers.limits import Usage
from pellucid.writing.providers.types import Likelihood, Message, Request, Weighed

LOOSE = "A splendid tale for the fireside."


def aliases_in(task: str) -> list[str]:
    """Return the aliases of the facts that a prompt tells, in its order."""
    return re.findall(r"^(F\d+) \(", task, re.MULTILINE)


@dataclass
class Additive:
    """Finds a sentence as likely as the facts in the prompt make it, each by nats of its own.

    `asked` are the prompts that it was given.
    """

    nats: Mapping[str, float]
    asked: list[str] = field(default_factory=list)

    def weigh(
        self, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
    ) -> Iterator[tuple[int, Likelihood]]:
        for place, prompt in reversed(list(enumerate(prompts))):
            run.check()
            task = prompt[1].content
            self.asked.append(task)
            nats = sum(self.nats.get(alias, 0.0) for alias in aliases_in(task)) - 50
            yield place, Likelihood(nats, 10, prompt == text.prompt)


@dataclass
class LeaningWriter:
    """Writes, and finds any sentence 9 nats likelier for the first fact of its prompt."""

    name: str = "/models/leaning"
    model: str = "leaning"
    destination: str = ""
    context: int = 8_000
    usage: Usage = field(default_factory=Usage)

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        run.check()
        found = aliases_in(request.messages[1].content)
        claims = [{"text": f"{{{{{a}.sentence}}}}", "facts": [a]} for a in found]
        loose = {"text": LOOSE, "facts": found[1:2]}
        yield json.dumps({"claims": [*claims, loose], "surprises": []})

    def weigh(
        self, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
    ) -> Iterator[tuple[int, Likelihood]]:
        first = aliases_in(text.prompt[1].content)[0]
        return Additive({first: 9.0}).weigh(text, prompts, run)
