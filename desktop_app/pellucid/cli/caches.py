"""`cache`: what is kept on this machine to save time, and emptying it."""

from __future__ import annotations

import argparse

from pellucid.cli.console import Console
from pellucid.core.numbers import byte_size
from pellucid.core.paths import cache_dir
from pellucid.core.run import Run
from pellucid.project.kept import KINDS, kept, throw_away


def show_cache(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Delete the kinds that are named, then list what is kept and its size."""
    asked = set(arguments.empty)
    freed = {}
    for kind in KINDS:
        run.check()
        if asked & {kind, "all"}:
            freed[kind] = throw_away(kind)
    found = kept()
    console.document({"folder": cache_dir(), "kept": found, "deleted_bytes": freed})
    for kind, how_many in freed.items():
        console.line(f"Deleted {byte_size(how_many)} of {kind}.")
    rows = [[one.kind, one.what, byte_size(one.bytes)] for one in found]
    console.table(("", "what it is", "size"), rows, right=(2,))
    console.line(f"In {cache_dir()}. All of it is made again when it is needed.")
    return 0
