"""Who writes, told from the arguments; and words, payloads and the ledger, told to a reader."""

from __future__ import annotations

import argparse
import getpass
import itertools
import sys
from collections.abc import Sequence
from dataclasses import replace

from pellucid.cli.console import Console
from pellucid.core.errors import UserError
from pellucid.core.numbers import byte_size, count, listing, number, percent, plural
from pellucid.core.offline import is_loopback
from pellucid.core.run import Run
from pellucid.core.values import to_json
from pellucid.writing.orders import MaskChoice, Writing
from pellucid.writing.providers.limits import Limits
from pellucid.writing.select import sentence
from pellucid.writing.types import WRITER, Sent, Words

_MOST_REJECTED = 5


def writing_of(arguments: argparse.Namespace) -> Writing:
    """Return what the arguments ask for."""
    masks = MaskChoice(tuple(arguments.mask), tuple(arguments.unmask))
    limits = limits_of(arguments.most_tokens, arguments.most_seconds)
    return Writing(
        arguments.writer, arguments.llm, arguments.audience, arguments.language,
        arguments.send_to, masks, arguments.download, limits,
    )  # fmt: skip


def limits_of(tokens: int | None, seconds: int | None) -> Limits:
    """Return the usual limits, with those that the arguments name in their place."""
    usual = Limits()
    return replace(usual, tokens=tokens or usual.tokens, all_s=float(seconds or usual.all_s))


def tell_words(words: Words, console: Console, beside: Sequence[Sequence[str]] = ()) -> None:
    """Write claims under their headings, then apart what is not checked, then who wrote it.

    `beside` has lines to set under each claim, and then under each interpretation.
    """
    lines = iter(beside)
    console.line(words.title)
    for section, claims in itertools.groupby(words.claims, lambda claim: claim.section):
        console.heading(section)
        for number_, claim in enumerate(claims):
            if number_:
                console.line()
            console.paragraph(claim.text)
            _tell_beside(next(lines, ()), console)
    if words.interpretation:
        console.heading("Interpretation, not checked")
        for claim in words.interpretation:
            console.item(claim.text)
            _tell_beside(next(lines, ()), console)
    if words.rejected:
        console.heading("Left out of what the model wrote")
        for rejected in words.rejected[:_MOST_REJECTED]:
            quoted = f"“{rejected.text}” " if rejected.text else ""
            console.item(f"{quoted}{sentence(rejected.reason)}")
        if len(words.rejected) > _MOST_REJECTED:
            console.item(f"and {count(len(words.rejected) - _MOST_REJECTED)} more")
    console.line()
    tell_author(words, console)


def _tell_beside(lines: Sequence[str], console: Console) -> None:
    for said in lines:
        console.paragraph(said, "    ")


def tell_author(words: Words, console: Console) -> None:
    """Say who wrote, from how many facts, and what left this machine."""
    console.paragraph(f"{_author(words)} {sent_words(words.sent)}")


def _author(words: Words) -> str:
    facts = plural(len(words.facts), "fact")
    if words.writer == WRITER:
        return (
            "Written by Pellucid's built-in writer, without a language model, from " + facts + "."
        )
    if words.filled_in == len(words.claims):
        return (
            f"Written by Pellucid's built-in writer from {facts}; the language model {words.model} "
            f"({words.writer}) gave nothing but interpretation."
        )
    filled = ""
    if words.filled_in:
        claims = plural(len(words.claims), "paragraph")
        filled = f" {count(words.filled_in)} of {claims} are the built-in writer's."
    return (
        f"Written with the language model {words.model} ({words.writer}) from {facts}; what is not "
        f"marked as interpretation was checked against them.{filled}"
    )


def sent_words(sent: Sent) -> str:
    """Say what left this machine."""
    if not sent.bytes:
        return "Nothing left this machine."
    told = byte_size(sent.bytes)
    if is_loopback(sent.destination):
        return f"{told} went to a server on this machine; nothing left it."
    return f"{told} went to {sent.destination}."


def tell_payload(
    bodies: Sequence[bytes], writing: Writing, masked: Sequence[str], console: Console
) -> None:
    """Show bodies exactly as they would be sent, and what is masked in them."""
    texts = [body.decode("utf-8") for body in bodies]
    console.document(
        {"writer": writing.writer, "payloads": texts, "bytes": [len(body) for body in bodies],
         "masked": list(masked)}
    )  # fmt: skip
    if not texts:
        console.line("Nothing would be sent: this writer works within Pellucid.")
        return
    for text in texts:
        console.line(text)
    hidden = f"masked: {listing(list(masked), 20)}" if masked else "no column is masked"
    total = byte_size(sum(map(len, bodies)))
    console.note(f"this is sent in {plural(len(bodies), 'request')}, {total} in all; {hidden}")
    console.note(
        "what may follow holds the same facts, what the model answered, and why it was not taken"
    )


def keep_keys(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Keep a key for a host in the system's key store, or take it out again."""
    from pellucid.writing.privacy.keys import forget_key, has_key_store, keep_key

    del run
    host = arguments.host.strip().lower()
    if arguments.forget:
        forget_key(host)
        console.document({"host": host, "kept": ""})
        console.line(f"The key for {host} is forgotten.")
        return 0
    if not has_key_store():
        raise UserError(
            "This system has no key store, and a key is never written into a file",
            "Put it into the variable PELLUCID_API_KEY for the commands that need it.",
        )
    is_typed = sys.stdin.isatty()
    key = getpass.getpass(f"Key for {host}: ") if is_typed else sys.stdin.readline()
    where = keep_key(host, key)
    if where != "key store":
        raise UserError("The system's key store is locked, so the key was not kept",
                        "Unlock it, or use the variable PELLUCID_API_KEY.")  # fmt: skip
    console.document({"host": host, "kept": where})
    console.line(f"The key for {host} is in the system's key store.")
    return 0


def show_sent(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Show the ledger, or one of its payloads."""
    from pellucid.writing.privacy.ledger import entries, payload_of

    del run
    found = entries()
    if arguments.number is not None:
        if arguments.number > len(found):
            raise UserError(f"The ledger has {plural(len(found), 'entry', 'entries')}")
        body = payload_of(found[arguments.number - 1]).decode("utf-8", "replace")
        console.document({**to_json(found[arguments.number - 1]), "payload": body})
        console.line(body)
        return 0
    console.document({"sent": to_json(found)})
    rows = [
        [
            str(i),
            e.when[:19].replace("T", " "),
            e.destination,
            e.model,
            byte_size(e.bytes),
            e.purpose,
        ]
        for i, e in enumerate(found, 1)
    ]
    if rows:
        console.table(("", "when (UTC)", "to", "model", "size", "for"), rows, right=(0, 4))
    else:
        console.line("Nothing was ever sent.")
    return 0


def list_writers(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """List the servers on this machine and their models, or give one model the exam."""
    from pellucid.engine.exams import exam, exams
    from pellucid.writing.providers.finding import FoundServer, find_servers

    servers: Sequence[FoundServer] = ()
    if arguments.exam:
        asked = Writing(arguments.exam, arguments.llm, send_to=arguments.send_to)
        taken = [exam(asked, run)]
    else:
        servers, taken = find_servers(run), list(exams())
    console.clear_progress()
    console.document({"servers": to_json(servers), "exams": to_json(taken)})
    for server in servers:
        console.line(f"{server.url} ({server.program}): {listing(list(server.models), 12)}")
    if not servers and not arguments.exam:
        console.line("No server answers on this machine.")
    for result in taken:
        console.line(
            f"{result.model} at {result.writer}: {percent(result.share)} of "
            f"{plural(result.claims, 'claim')} survived, {number(result.seconds)} s, "
            f"{plural(result.tokens, 'token')}"
        )
    return 0
