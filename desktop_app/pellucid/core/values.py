"""Frozen dataclasses to JSON and back, so that values can cross processes and be saved."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Return `value` as what `json.dumps` takes.

    Dataclasses become objects, tuples and arrays lists, paths strings, and numbers that are not
    finite null.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return to_json(value.tolist())
    if isinstance(value, np.generic):
        return to_json(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, Sequence | set | frozenset):
        return [to_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def from_json(kind: type[T], data: Any) -> T:
    """Build a `kind` from what `to_json` made of one.

    Follows the annotations: dataclasses, tuples, mappings, unions with None, arrays (null becomes
    NaN), paths and literals. Keys that `kind` does not have are ignored, so that a newer file opens
    in an older program.
    """
    return typing.cast(T, _build(kind, data))


def _build(kind: Any, data: Any) -> Any:
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        names = {f.name for f in dataclasses.fields(kind) if f.init}
        return kind(**{k: _build(hints[k], v) for k, v in data.items() if k in names})
    kind = _spelt_out(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is np.ndarray or origin is np.ndarray:
        return np.asarray(_null_to_nan(data), dtype=_dtype_of(arguments))
    if origin in (typing.Union, types.UnionType):
        return _build_union(arguments, data)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in data)
        return tuple(_build(a, item) for a, item in zip(arguments, data, strict=True))
    if origin is list:
        return [_build(arguments[0], item) for item in data]
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {_build_key(arguments[0], k): _build(arguments[1], v) for k, v in data.items()}
    if kind is Path:
        return Path(data)
    if kind is float:
        return math.nan if data is None else float(data)
    return data


def _spelt_out(kind: Any) -> Any:
    """Return what an alias made by the statement `type` stands for, as numpy's `NDArray` may be."""
    alias = typing.get_origin(kind) or kind
    if not hasattr(alias, "__value__"):
        return kind
    arguments = typing.get_args(kind)
    return alias.__value__[arguments] if arguments else alias.__value__


def _build_union(arguments: tuple[Any, ...], data: Any) -> Any:
    if data is None and type(None) in arguments:
        return None
    rest = [a for a in arguments if a is not type(None)]
    if isinstance(data, dict):
        classes = [a for a in rest if isinstance(a, type) and dataclasses.is_dataclass(a)]
        if classes:
            return _build(min(classes, key=lambda one: _distance(one, data)), data)
    return _build(rest[0], data) if len(rest) == 1 else data


def _distance(kind: Any, data: Mapping[str, Any]) -> int:
    """Count the fields that only one of a dataclass and its JSON has, and literals it may not hold.

    0 where they agree.
    """
    apart = len({f.name for f in dataclasses.fields(kind) if f.init} ^ data.keys())
    literals = {
        name: typing.get_args(hint)
        for name, hint in typing.get_type_hints(kind).items()
        if typing.get_origin(hint) is typing.Literal and name in data
    }
    return apart + sum(data[name] not in allowed for name, allowed in literals.items())


def _build_key(kind: Any, key: str) -> Any:
    return int(key) if kind is int else key


def _dtype_of(arguments: tuple[Any, ...]) -> Any:
    inner = typing.get_args(arguments[1]) if len(arguments) == 2 else ()
    return inner[0] if inner and isinstance(inner[0], type) else np.float64


def _null_to_nan(data: Any) -> Any:
    if isinstance(data, list):
        return [_null_to_nan(item) for item in data]
    return math.nan if data is None else data
