"""From what the user asked for to words: which writer, what it may see, and what leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pellucid.core.errors import UserError
from pellucid.core.offline import is_offline, refusal
from pellucid.core.run import Run
from pellucid.engine.masks import masked_columns, masks_of, tellable
from pellucid.facts.slots import SLOTS
from pellucid.facts.types import Fact
from pellucid.writing.builtin import write
from pellucid.writing.orders import Writing
from pellucid.writing.privacy.consent import is_agreed
from pellucid.writing.privacy.keys import key_for
from pellucid.writing.privacy.ledger import recorder
from pellucid.writing.privacy.masking import MaskingProvider, Masks
from pellucid.writing.providers.addresses import Address, address_of, is_url
from pellucid.writing.providers.finding import choose_model
from pellucid.writing.providers.limits import Allowance, Usage
from pellucid.writing.providers.server import ServerProvider
from pellucid.writing.providers.types import Provider, Request
from pellucid.writing.types import Rejection, Sent, Words

if TYPE_CHECKING:
    from pellucid.data.table import Table

_OWN_WORDS = frozenset({*SLOTS, "facts", "fact", "text", "claim", "claims", "section", "column"})


@dataclass(slots=True)
class Outlet:
    """A provider for one table: masked, agreed to and written down; and the facts for it.

    `context` is how many tokens a prompt and its answer may take, None where that is not known.
    """

    provider: Provider
    facts: tuple[Fact, ...]
    usage: Usage
    context: int | None = None
    sent_bytes: int = 0

    @property
    def sent(self) -> Sent:
        return Sent(self.sent_bytes, self.provider.destination) if self.sent_bytes else Sent()


def write_as(
    writing: Writing,
    table: Table,
    facts: Sequence[Fact],
    title: str,
    run: Run,
    time: Allowance | None = None,
) -> Words:
    """Write up `facts` with the writer that was asked for.

    A model in a folder counts its seconds in `time`, where that is given.

    Where a server takes the facts and gives nothing that can be used, the built-in writer writes
    instead, and the reason is in `rejected`. Raises `UserError` where the writer cannot be had, or
    may not see the facts; nothing was sent then.
    """
    check_writing(writing, table, run)
    if writing.is_builtin:
        return write(facts, title=title)
    outlet = outlet_for(writing, table, facts, run, "summary", time)
    try:
        words = written(outlet.provider, outlet.facts, writing, title, run, outlet.context)
    except UserError as error:
        if not outlet.sent_bytes:
            raise
        words = replace(write(facts, title=title), rejected=(Rejection("", error.message),))
    return replace(words, sent=outlet.sent)


def check_writing(writing: Writing, table: Table, run: Run) -> None:
    """Raise `UserError` for what the writer cannot serve, or may not see of this table.

    Looks at no fact, so that it can be asked before there are any.
    """
    if not writing.is_builtin:
        language_code(writing.language or "en")
        if is_url(writing.writer):
            masked = masked_columns(table, writing.masks, run)
            _check_consent(writing, table, address_of(writing.writer), masked)
        return
    if writing.llm or writing.send_to:
        raise UserError(
            "The built-in writer asks no language model and sends nothing",
            "Name a server or a folder with --writer, or leave --llm and --send-to away.",
        )
    if writing.audience or writing.language:
        raise UserError(
            "The built-in writer writes plain English for everyone",
            "Leave --audience and --language away.",
        )


def check_stays_here(writing: Writing, what: str) -> None:
    """Raise `UserError` where `what` would show rows to a server that is not on this machine."""
    if is_url(writing.writer) and not address_of(writing.writer).is_here:
        raise UserError(
            f"{what} shows rows to the language model, and {writing.writer} is not on this "
            "machine; nothing was sent",
            "Name a folder, or a server on this machine, or leave --writer away.",
        )


def outlet_for(
    writing: Writing,
    table: Table,
    facts: Sequence[Fact],
    run: Run,
    purpose: str,
    time: Allowance | None = None,
) -> Outlet:
    """Return the provider for what is told of a table, `purpose` being what the ledger says.

    A model in a folder runs in this process, so nothing is masked, agreed to or written down;
    it counts its seconds in `time`, where that is given.
    """
    if not is_url(writing.writer):
        from pellucid.writing.providers.local import local

        bound = time or Allowance(writing.limits.all_s)
        own = local(writing.writer, run, writing.download, time=bound)
        return Outlet(own, tuple(facts), own.usage, own.context)
    address = address_of(writing.writer)
    masked = masked_columns(table, writing.masks, run)
    _check_consent(writing, table, address, masked)
    model = _model_of(writing, address, run)
    record = recorder(address.destination, address.url, model, table.source.fingerprint, purpose)

    def on_send(body: bytes) -> None:
        record(body)
        outlet.sent_bytes += len(body)

    told = tellable(table, facts, masked)
    masks = masks_of(table, told, writing.masks, _common_words(), run)
    server = _server(writing, address, model, on_send)
    outlet = Outlet(MaskingProvider(server, masks), told, server.usage)
    return outlet


def payloads_of(
    writing: Writing, table: Table, facts: Sequence[Fact], title: str, run: Run
) -> tuple[bytes, ...]:
    """Return the exact bodies that would be sent whatever is answered; nothing is sent.

    What may follow them depends on the answers: the same facts again, with what the model itself
    said and why it was not taken.
    """

    def speak(provider: Provider, told: tuple[Fact, ...]) -> None:
        written(provider, told, writing, title, run)

    return looked_at(writing, table, facts, run, speak)


def looked_at(
    writing: Writing,
    table: Table,
    facts: Sequence[Fact],
    run: Run,
    speak: Callable[[Provider, tuple[Fact, ...]], None],
) -> tuple[bytes, ...]:
    """Return the exact bodies that `speak` would send through a provider; nothing is sent.

    It gets the provider, which answers nothing, and those of `facts` that may be told.
    """
    if writing.is_builtin or not is_url(writing.writer):
        return ()
    address = address_of(writing.writer)
    model = _model_of(writing, address, run)
    masked = masked_columns(table, writing.masks, run)
    told = tellable(table, facts, masked)
    masks = masks_of(table, told, writing.masks, _common_words(), run)
    look = _Look(_server(writing, address, model, _nothing), masks)
    speak(look, told)
    return tuple(look.bodies)


def _nothing(body: bytes) -> None:
    del body


@dataclass(slots=True)
class _Look:
    """Takes requests to look at them, sends nothing, and answers nothing."""

    server: ServerProvider
    masks: Masks
    bodies: list[bytes] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.server.name

    @property
    def model(self) -> str:
        return self.server.model

    @property
    def destination(self) -> str:
        return self.server.destination

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        run.check()
        self.bodies.append(self.server.payload(self.masks.request(request)))
        return iter(())


def _check_consent(writing: Writing, table: Table, address: Address, masked: Sequence[str]) -> None:
    """Raise `UserError` unless facts about this table may go to this host."""
    host = address.destination
    if address.is_here:
        return
    if is_offline():
        raise refusal(host)
    if writing.send_to and writing.send_to.lower() != host:
        raise UserError(
            f"You agreed to send to {writing.send_to}, but the writer is at {host}; nothing was "
            "sent",
            f"Agree to that with --send-to {host}, or choose another --writer.",
        )
    if writing.send_to or is_agreed(table.source.fingerprint, host, masked):
        return
    raise UserError(
        f"Facts about {table.source.path.name} would go to {host}, which you have not agreed to; "
        "nothing was sent",
        f"Look at what would be sent with --show-payload, then agree with --send-to {host}.",
    )


def _model_of(writing: Writing, address: Address, run: Run) -> str:
    if writing.llm is None and not address.is_here:
        raise UserError(f"It is not said which model of {address.destination} to ask",
                        "Name it with --llm.")  # fmt: skip
    return choose_model(address, writing.llm, run, key_for(address.destination))


def _server(
    writing: Writing, address: Address, model: str, on_send: Callable[[bytes], None]
) -> ServerProvider:
    key = partial(key_for, address.destination)
    return ServerProvider(address, model, on_send, key, writing.limits)


def written(
    provider: Provider,
    facts: Sequence[Fact],
    writing: Writing,
    title: str,
    run: Run,
    context: int | None = None,
) -> Words:
    """Let a language model that holds `context` tokens write up `facts`, each claim checked."""
    from pellucid.writing.drafting import BUDGET, write_with

    language = language_code(writing.language or "en")
    budget = min(BUDGET, context or BUDGET)
    write = partial(
        write_with, facts, provider, run, title=title, language=language, budget_tokens=budget
    )
    return write(audience=writing.audience) if writing.audience else write()


def language_code(name: str) -> str:
    """Return the code of a language that is given by its code or its name.

    Raises `UserError` for one that is not written in.
    """
    from pellucid.writing.checking.lexicon import LANGUAGES

    wanted = name.strip().lower().replace("_", "-")
    for code, known in LANGUAGES.items():
        if wanted in (code, known) or wanted.startswith(f"{code}-"):
            return code
    named = ", ".join(known.capitalize() for known in LANGUAGES.values())
    raise UserError(f"There is no writing in {name!r}", f"Choose one of {named}.")


def _common_words() -> frozenset[str]:
    """Return words too ordinary to be taken out of every sentence that holds them."""
    from pellucid.writing.checking.vocabulary import plain_vocabulary

    return _OWN_WORDS.union(*plain_vocabulary().values())
