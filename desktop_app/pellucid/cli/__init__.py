"""The command line: grammar, commands, and what they write."""

from pellucid.cli.main import main

__all__ = ["main"]
