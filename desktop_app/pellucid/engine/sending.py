"""Jobs about language models: who can be asked, what would be sent, what was, and what may be.

`writing` is a `Writing` as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.offline import is_switched_offline, switch_offline
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.engine.masks import masked_columns, personal_of
from pellucid.engine.pipeline import study
from pellucid.engine.stores import load_store
from pellucid.engine.writers import check_writing, payloads_of, write_as
from pellucid.facts.types import Fact
from pellucid.writing.orders import Exam, Writing
from pellucid.writing.types import Words

if TYPE_CHECKING:
    from pellucid.data.table import Table


def find_writers(run: Run) -> dict[str, object]:
    """List servers on this machine: {servers, exams, has_key_store, offline}."""
    from pellucid.engine.exams import exams
    from pellucid.writing.privacy.keys import has_key_store
    from pellucid.writing.providers.finding import find_servers

    return {
        "servers": find_servers(run),
        "exams": exams(),
        "has_key_store": has_key_store(),
        "offline": is_switched_offline(),
    }


def weigh_model(run: Run, name: str, download: bool = False) -> object:
    """Say what a model in a folder, or of the hub, would need, before it is loaded: a `Need`."""
    from pellucid.writing.providers.causal import find_model

    return find_model(name, run, download)[1]


def take_exam(run: Run, writing: Mapping[str, Any]) -> Exam:
    """Let a model write about bundled facts, and keep how it did."""
    from pellucid.engine.exams import exam

    return exam(from_json(Writing, writing), run)


def show_payload(
    run: Run, store: str, writing: Mapping[str, Any], fit: str | None = None
) -> dict[str, object]:
    """Show what would be sent first: {payloads, bytes, masked, personal, destination, agreed, key}.

    Nothing is sent. `agreed` tells whether consent for this was given before, `key` where the key
    for the destination comes from.
    """
    from pellucid.engine.loading import load_any

    asked = from_json(Writing, writing)
    bodies: list[bytes] = []
    with load_store(store) as table:

        def look(facts: Sequence[Fact], title: str) -> Words:
            bodies.extend(payloads_of(asked, table, facts, title, run))
            return Words(asked.writer, "", title, (), {})

        study(table, load_any(Path(fit)) if fit else None, run, write=look)
        return payload_document(bodies, asked, table, run)


def payload_document(
    bodies: Sequence[bytes], asked: Writing, table: Table, run: Run
) -> dict[str, object]:
    """Return what is shown of bodies before they are sent, as `show_payload` says."""
    from pellucid.writing.privacy.consent import is_agreed
    from pellucid.writing.privacy.keys import where_key_is
    from pellucid.writing.providers.addresses import address_of, is_url

    masked = masked_columns(table, asked.masks, run)
    where = address_of(asked.writer).destination if is_url(asked.writer) else ""
    return {
        "payloads": [body.decode("utf-8") for body in bodies],
        "bytes": [len(body) for body in bodies],
        "masked": masked,
        "personal": personal_of(table, run),
        "destination": where,
        "agreed": is_agreed(table.source.fingerprint, where, masked),
        "key": where_key_is(where) if where else "",
    }


def write_with_model(
    run: Run, store: str, writing: Mapping[str, Any], fit: str | None = None
) -> Words:
    """Write up a table, and a fit if there is one, with the writer that is asked for."""
    from pellucid.engine.loading import load_any

    asked = from_json(Writing, writing)
    with load_store(store) as table:
        check_writing(asked, table, run)
        fitted = load_any(Path(fit)) if fit else None
        found = study(
            table, fitted, run,
            write=lambda facts, title: write_as(asked, table, facts, title, run),
        )  # fmt: skip
    return found.words


def agree_to_send(run: Run, store: str, writing: Mapping[str, Any]) -> dict[str, object]:
    """Keep that the user agreed, having seen the payload: {destination, masked}."""
    from pellucid.writing.privacy.consent import agree
    from pellucid.writing.providers.addresses import address_of

    asked = from_json(Writing, writing)
    destination = address_of(asked.writer).destination
    with load_store(store) as table:
        masked = masked_columns(table, asked.masks, run)
        agree(table.source.fingerprint, destination, masked)
    return {"destination": destination, "masked": masked}


def withdraw_consent(run: Run, store: str, destination: str) -> dict[str, object]:
    """Forget that the user agreed: {destination}."""
    from pellucid.writing.privacy.consent import withdraw

    del run
    with load_store(store) as table:
        withdraw(table.source.fingerprint, destination)
    return {"destination": destination}


def show_ledger(run: Run, sha256: str = "") -> dict[str, object]:
    """Show all that was sent: {entries}; with `sha256` also {payload} of that one."""
    from pellucid.writing.privacy.ledger import entries, payload_of

    del run
    found = entries()
    payload = [payload_of(e).decode("utf-8", "replace") for e in found if e.sha256 == sha256][:1]
    return {"entries": found, "payload": payload[0] if payload else None}


def keep_server_key(run: Run, host: str, key: str = "") -> dict[str, object]:
    """Keep a key, or forget it where it is empty: {host, kept}; the key is in no answer."""
    from pellucid.writing.privacy.keys import forget_key, keep_key

    del run
    if key:
        return {"host": host, "kept": keep_key(host, key)}
    forget_key(host)
    return {"host": host, "kept": ""}


def set_offline(run: Run, is_on: bool) -> dict[str, object]:
    """Turn the switch that keeps everything on this machine: {offline}."""
    del run
    switch_offline(is_on)
    return {"offline": is_switched_offline()}
