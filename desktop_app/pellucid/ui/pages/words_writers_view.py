"""Who can write and how each has done, as the panel "Who writes" tells it. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from pellucid.core.errors import UserError
from pellucid.core.numbers import byte_size, count, number, plural
from pellucid.writing.checking.lexicon import LANGUAGES
from pellucid.writing.orders import Exam, MaskChoice, Writing
from pellucid.writing.privacy.keys import Where
from pellucid.writing.providers.addresses import Address, address_of
from pellucid.writing.providers.causal import Need
from pellucid.writing.providers.finding import FoundServer
from pellucid.writing.row_languages.choosing import LANGUAGE_NAMES
from pellucid.writing.types import WRITER

Sort = Literal["builtin", "found", "server", "folder"]
LANGUAGE_TITLES: Final = {code: LANGUAGE_NAMES[code] for code in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on this machine, and what is known of models that were examined before."""

    servers: tuple[FoundServer, ...] = ()
    exams: tuple[Exam, ...] = ()
    has_key_store: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One writer to choose, with a line on what it is."""

    sort: Sort
    title: str
    about: str
    url: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is set in the panel: the chosen writer, and what was typed for each sort of them."""

    option: Option
    url: str = ""
    model: str = ""
    folder: str = ""
    audience: str = "analyst"
    language: str = "en"
    masks: MaskChoice = field(default_factory=MaskChoice)


BUILTIN: Final = Option(
    "builtin", "The built-in writer",
    "Sets facts in sentences by fixed patterns, without a language model, in plain "
    "English for everyone. Nothing leaves this machine.",
)  # fmt: skip
SERVER: Final = Option(
    "server", "A server by its URL",
    "Any server that speaks OpenAI's protocol, here or elsewhere.",
)  # fmt: skip
FOLDER: Final = Option(
    "folder", "A model in a folder",
    "A causal language model, run within Pellucid. Nothing leaves this machine.",
)  # fmt: skip


def options(found: Found) -> tuple[Option, ...]:
    """Return the writers to choose from: the built-in one, those found, and those to be named."""
    return (BUILTIN, *_found(found), SERVER, FOLDER)


def _found(found: Found) -> Iterator[Option]:
    for server in found.servers:
        for model in server.models:
            about = f"At {server.url}, where {server.program} usually listens."
            yield Option("found", f"{model}, {server.program}", about, server.url, model)


def search_line(found: Found | None) -> str:
    """Say what came of looking for servers; None while it is looked."""
    if found is None:
        return "Looking for language models on this machine."
    models = sum(len(server.models) for server in found.servers)
    if models:
        return f"{plural(models, 'language model')} found on this machine."
    if found.servers:
        return "A server was found on this machine, but it has no model."
    return "No server of language models was found on this machine."


def with_option(draft: Draft, option: Option) -> Draft:
    """Choose another writer; masks that were opened for one are not open for the next."""
    return draft if option == draft.option else replace(draft, option=option, masks=MaskChoice())


def same_option(wanted: Option, offered: tuple[Option, ...]) -> Option:
    """Return the option offered that is the one wanted, or else the built-in writer."""
    return wanted if wanted in offered else BUILTIN


def writing_of(draft: Draft) -> Writing:
    """Return the order that a draft stands for."""
    chosen = draft.option
    if chosen.sort == "builtin":
        return Writing(WRITER)
    order = Writing(audience=draft.audience, language=draft.language, masks=draft.masks)
    if chosen.sort == "found":
        return replace(order, writer=chosen.url, llm=chosen.model)
    if chosen.sort == "server":
        return replace(order, writer=draft.url.strip(), llm=draft.model.strip() or None)
    return replace(order, writer=draft.folder.strip())


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be done with a draft. `waits_for` says what is still missing, empty where nothing.

    `host` is the destination beyond this machine, empty where facts stay here; `is_refused` where
    the offline switch forbids it.
    """

    waits_for: str = ""
    host: str = ""
    is_refused: bool = False

    @property
    def is_far(self) -> bool:
        return bool(self.host)

    @property
    def is_ready(self) -> bool:
        return not self.waits_for and not self.is_refused


def standing(draft: Draft, need: Need | None, *, offline: bool) -> Standing:
    """Judge a draft; `need` is that of the folder that is named, once it is known."""
    if draft.option.sort == "folder":
        return _standing_of_folder(draft, need)
    if draft.option.sort != "server":
        return Standing()
    if not draft.url.strip():
        return Standing("Type the URL of the server.")
    try:
        address = address_of(draft.url)
    except UserError as error:
        return Standing(f"{error.message}. {error.hint}")
    if address.is_here:
        return Standing()
    missing = "" if draft.model.strip() else f"Type which model of {address.destination} to ask."
    return Standing(missing, address.destination, offline)


def _standing_of_folder(draft: Draft, need: Need | None) -> Standing:
    if not draft.folder.strip():
        return Standing("Choose the folder of a model.")
    if need is None:
        return Standing("See first what the model needs.")
    return Standing()


def address(draft: Draft) -> Address | None:
    """Return the address of the server that was typed; None where it is not one."""
    try:
        return address_of(draft.url) if draft.option.sort == "server" else None
    except UserError:
        return None


def refusal(host: str) -> str:
    """Say that the offline switch is on."""
    return (
        f"Pellucid is set to stay offline, so nothing can be sent to {host}. Turn “Stay offline” "
        "off below, or choose a writer on this machine."
    )


def key_line(where: Where | None, has_key_store: bool, host: str) -> str:
    """Say where a key is, or would be kept; None for one that is not known of."""
    if where == "variable":
        return f"The key for {host} comes from the variable PELLUCID_API_KEY."
    if where == "key store":
        return f"A key for {host} is in the system’s key store."
    if where == "session":
        return f"A key for {host} is kept for this session only."
    if has_key_store:
        return "A key goes into the system’s key store, never into a file."
    return "This system has no key store; a key is kept for this session only, never in a file."


def need_line(need: Need) -> str:
    """Say what a model takes before it is loaded."""
    free = need.available_bytes
    said = (
        f"{count(need.parameters)} parameters, {byte_size(need.disk_bytes)} on disk. Needs "
        f"{byte_size(need.memory_bytes)} of memory while it writes"
    )
    if free is None:
        return f"{said}."
    if need.fits:
        return f"{said}; {byte_size(free)} are free."
    return (
        f"{said}, but only {byte_size(free)} are free. Close other programs, or take a smaller one."
    )


def exam_of(draft: Draft, need: Need | None, exams: tuple[Exam, ...]) -> Exam | None:
    """Return the last exam of the model that a draft names, None where it has taken none."""
    if draft.option.sort == "builtin":
        return None
    found, where = writing_of(draft), address(draft)
    writer = found.writer if where is None else where.url
    if draft.option.sort == "folder":
        return next((e for e in exams if need is not None and e.writer == str(need.path)), None)
    fits = (e for e in exams if e.writer == writer and found.llm in (None, e.model))
    return next(fits, None)


def exam_lines(exam: Exam | None) -> tuple[str, str]:
    """Say how a model did, and when and what else there is to know."""
    if exam is None:
        return "", "An exam lets it write about penguins and counts which claims survive the check."
    about = "about " if exam.is_estimated else ""
    time, tokens = number(exam.seconds, 2), f"{about}{count(exam.tokens)} tokens"
    survived = f"{exam.survived} of {plural(exam.claims, 'claim')} survived the check"
    when = datetime.fromisoformat(exam.when).astimezone()
    apart = (
        f" {exam.interpretation} more would be shown as interpretation."
        if exam.interpretation else ""
    )  # fmt: skip
    taken = f"Exam on {when.day} {when:%B %Y}, {exam.model}.{apart}"
    return f"{survived}, {time}\N{NO-BREAK SPACE}s, {tokens}", taken


def exam_note(host: str) -> str:
    """Say what an exam would send."""
    return f"The exam sends facts about a bundled sample to {host}, and none of your data."
