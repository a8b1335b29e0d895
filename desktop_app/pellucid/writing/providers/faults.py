"""What goes wrong between here and a server: what may be tried again, and how it is told."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pellucid.core.errors import UserError
from pellucid.writing.providers.addresses import Address
from pellucid.writing.providers.events import brief

_BUSY = frozenset({408, 409, 425, 429})
_NO_MONEY = ("insufficient_quota", "billing", "exceeded your current quota")
BUILTIN = "Try again later, choose another model, or use the built-in writer."


class StatusError(Exception):
    """The server answered with another status than success; `said` is how its answer begins."""

    def __init__(self, status: int, headers: Mapping[str, str], said: str) -> None:
        super().__init__(str(status))
        self.status = status
        self.headers = headers
        self.said = said


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed try: what to tell, whether to try again, and how long the server asks to wait."""

    error: UserError
    may_retry: bool = False
    wait_s: float | None = None


def fault_of(error: BaseException, address: Address, model: str, longest_wait_s: float) -> Fault:
    """Say what a failed try means; what is unknown is raised again."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, UserError):
            return Fault(cause)
        if isinstance(cause, StatusError):
            return _of_status(cause, address, model, longest_wait_s)
    names = {type(cause).__name__ for cause in causes}
    at = address.destination
    if names & {"ConnectError", "ConnectTimeout"}:
        return Fault(
            UserError(f"No server answers at {address.url}{_why(causes)}", _start(address))
        )
    if "PoolTimeout" in names or "APITimeoutError" in names:
        return Fault(UserError(f"The server at {at} took too long to answer", BUILTIN))
    if "UnsupportedProtocol" in names or "LocalProtocolError" in names:
        return Fault(UserError(f"The request to {at} could not be made", "Check the URL and key."))
    if "APIConnectionError" in names or names & {"RemoteProtocolError", "ReadError", "WriteError"}:
        return Fault(
            UserError(f"The server at {at} broke the connection off; what it had said is kept",
                      BUILTIN), may_retry=True)  # fmt: skip
    raise error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all that led to it."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__context__, one.__cause__, *getattr(one, "exceptions", ())]


def _of_status(fault: StatusError, address: Address, model: str, longest_wait_s: float) -> Fault:
    at, status = address.destination, fault.status
    said = _words_of(fault.said)
    if 300 <= status < 400:
        to = brief(fault.headers.get("location", "somewhere else"), 100)
        return Fault(UserError(
            f"The server at {at} sent the request on to {to}, and it was not followed there",
            "Give the URL of the server that really answers.",
        ))  # fmt: skip
    if status in (401, 403):
        return Fault(UserError(
            f"The server at {at} refused the key, or wants one{said}",
            f"Keep the right one with `pellucid keys {address.destination}`, or put it into "
            "PELLUCID_API_KEY.",
        ))  # fmt: skip
    if status == 404:
        return Fault(UserError(
            f"The server at {address.url} has no model {model!r}, or is none of this kind{said}",
            "Look at the models that it has, and check the URL: most end in /v1.",
        ))  # fmt: skip
    if status in (402, 429) and any(word in fault.said for word in _NO_MONEY):
        return Fault(
            UserError(f"The account at {at} is used up{said}", "Top it up, or use another.")
        )
    if status in _BUSY or status >= 500:
        return _busy(fault, at, said, longest_wait_s)
    return Fault(UserError(f"The server at {at} refused the request ({status}){said}", BUILTIN))


def _busy(fault: StatusError, at: str, said: str, longest_wait_s: float) -> Fault:
    wait_s = _retry_after_s(fault.headers)
    if wait_s is not None and wait_s > longest_wait_s:
        return Fault(UserError(
            f"The server at {at} is busy and asks to wait {wait_s:.0f} seconds{said}",
            "Try again after that, or use the built-in writer.",
        ))  # fmt: skip
    what = "is busy" if fault.status in _BUSY else f"failed (status {fault.status})"
    return Fault(UserError(f"The server at {at} {what}{said}", BUILTIN), True, wait_s)


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return what `Retry-After` asks for, in seconds or as a date; None without a sensible one."""
    asked = headers.get("retry-after", "").strip()
    try:
        wait_s = float(asked)
    except ValueError:
        try:
            wait_s = email.utils.parsedate_to_datetime(asked).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, wait_s) if wait_s == wait_s else None


def _words_of(said: str) -> str:
    """Return the server's own words on what went wrong, to be put behind a sentence."""
    try:
        document = json.loads(said)
        told = document.get("error", document.get("message", document.get("detail")))
        text = str(told.get("message", "")) if isinstance(told, dict) else str(told or "")
    except (ValueError, AttributeError, RecursionError):
        text = "" if "<" in said else said
    text = brief(text)
    return f"; it says “{text}”" if text else ""


def _why(causes: list[BaseException]) -> str:
    for cause in causes:
        text = str(cause).lower()
        if "certificate" in text:
            return ": its certificate is not one that can be trusted"
        if "name or service" in text or "getaddrinfo" in text or "nodename" in text:
            return ": there is no such host"
    return ""


def _start(address: Address) -> str:
    if address.is_here:
        return "Start the server on this machine, or check the port in the URL."
    return "Check the URL and the network, or use the built-in writer."
