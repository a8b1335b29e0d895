"""The options that say which language model is asked, what it may see, and how much it may take."""

from __future__ import annotations

import argparse

from pellucid.cli.argument_types import positive


def add_writer(parser: argparse.ArgumentParser) -> None:
    """Add all that names a writer and bounds it."""
    parser.add_argument("--writer", default="builtin", metavar="builtin|URL|DIR")
    parser.add_argument("--llm", metavar="NAME", help="the language model to ask")
    parser.add_argument("--send-to", metavar="HOST", help="consent to send facts to HOST")
    parser.add_argument("--show-payload", action="store_true",
                        help="show exactly what would be sent, and send nothing")  # fmt: skip
    parser.add_argument("--mask", action="append", default=[], metavar="COL",
                        help="hide a column's name and cells from a server, beside those that "
                        "look personal; may be repeated")  # fmt: skip
    parser.add_argument("--unmask", action="append", default=[], metavar="COL",
                        help="do not hide this one; may be repeated")  # fmt: skip
    parser.add_argument("--most-tokens", type=positive, metavar="N",
                        help="the most that a server may use, default 400000")  # fmt: skip
    add_most_seconds(parser)


def add_most_seconds(parser: argparse.ArgumentParser) -> None:
    """Add the time that a language model may take."""
    parser.add_argument("--most-seconds", type=positive, metavar="N",
                        help="the longest that a language model may take in all, default 1200; "
                        "what it leaves undone is done without it")  # fmt: skip


def add_download(parser: argparse.ArgumentParser) -> None:
    """Add whether a model may be fetched."""
    parser.add_argument("--download", action="store_true",
                        help="fetch a model that is named by its hub id")  # fmt: skip
