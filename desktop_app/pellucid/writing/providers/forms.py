"""How a request is put to a server, and what is left away when it refuses that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from pellucid.writing.providers.types import Request

_REFUSING = frozenset({400, 415, 422, 501})
Answer = Literal["schema", "object", "text"]
_PLAINER: dict[Answer, Answer] = {"schema": "object", "object": "text"}


@dataclass(frozen=True, slots=True)
class Form:
    """What a server is known to take: each step down asks it for less."""

    answer: Answer = "schema"
    tokens: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    has_temperature: bool = True
    has_usage: bool = True


def form_of(request: Request, model: str, form: Form) -> dict[str, Any]:
    """Return the fields of the request as JSON values."""
    fields: dict[str, Any] = {
        "model": model,
        "messages": [{"role": m.role, "content": m.content} for m in request.messages],
        form.tokens: request.max_tokens,
        "stream": True,
    }
    if form.has_temperature:
        fields["temperature"] = request.temperature
    if form.has_usage:
        fields["stream_options"] = {"include_usage": True}
    if request.schema is not None and form.answer == "schema":
        schema = {"name": "answer", "schema": request.schema, "strict": True}
        fields["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif request.schema is not None and form.answer == "object":
        fields["response_format"] = {"type": "json_object"}
    return fields


def next_form(form: Form, status: int, said: str, request: Request) -> Form | None:
    """Return the form to try after a refusal; None where another form would not help."""
    words = said.lower()
    about_form = any(word in words for word in ("response_format", "json_schema", "grammar"))
    if status not in _REFUSING and not (status == 500 and about_form):
        return None
    if "context" in words and "length" in words:
        return None
    if "max_completion_tokens" in words and form.tokens == "max_tokens":
        return replace(form, tokens="max_completion_tokens")
    if "temperature" in words and form.has_temperature:
        return replace(form, has_temperature=False)
    if ("stream_options" in words or "include_usage" in words) and form.has_usage:
        return replace(form, has_usage=False)
    if request.schema is not None and form.answer in _PLAINER:
        return replace(form, answer=_PLAINER[form.answer])
    return replace(form, has_usage=False) if form.has_usage else None
