"""The exceptions that cross layers."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can understand and mend.

    Args:
        message: What happened and what was kept, in plain words, without a final full stop.
        hint: The way out, as an instruction; empty where there is none.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def told(error: Exception, otherwise: UserError) -> UserError:
    """Return `error` where it is made for a reader, else what to tell instead.

    What a library says of its own failures is no help to one who does not use the library.
    """
    return error if isinstance(error, UserError) else otherwise


class StoppedError(Exception):
    """The user asked for the work to stop, and nothing of it could be kept."""
