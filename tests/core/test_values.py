from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from typing_extensions import TypeAliasType

from pellucid.core.values import from_json, to_json


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    inner: Inner
    many: tuple[Inner, ...] = ()
    pair: tuple[str, int] = ("", 0)
    by_name: Mapping[str, Inner] = field(default_factory=dict)
    by_number: dict[int, str] = field(default_factory=dict)
    path: Path = Path()
    either: Inner | None = None
    words: list[str] = field(default_factory=list)
    number: float = 0.0


@dataclass(frozen=True)
class WithArrays:
    floats: NDArray[np.float64]
    counts: NDArray[np.int64]


Number = TypeVar("Number", bound=np.generic)
Aliased = TypeAliasType(
    "Aliased", np.ndarray[tuple[Any, ...], np.dtype[Number]], type_params=(Number,)
)
"""An array, as numpy itself names it from Python 3.12 on."""


@dataclass(frozen=True)
class WithAlias:
    counts: Aliased[np.int64]
    many: tuple[Aliased[np.float64], ...]


def there_and_back(value: Outer) -> Outer:
    return from_json(Outer, json.loads(json.dumps(to_json(value))))


@given(
    st.builds(
        Outer,
        inner=st.builds(Inner, st.text(), st.none() | st.floats(allow_nan=False, width=32)),
        many=st.lists(st.builds(Inner, st.text())).map(tuple),
        pair=st.tuples(st.text(), st.integers()),
        by_name=st.dictionaries(st.text(), st.builds(Inner, st.text())),
        by_number=st.dictionaries(st.integers(), st.text()),
        either=st.none() | st.builds(Inner, st.text()),
        words=st.lists(st.text()),
        number=st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_a_value_comes_back_as_it_went(value: Outer) -> None:
    infinite = [i for i in (value.inner, *value.many) if i.share in (float("inf"), -float("inf"))]
    if not infinite:
        assert there_and_back(value) == value


def test_what_is_not_finite_becomes_null_and_null_becomes_nan() -> None:
    assert to_json({"a": float("nan"), "b": np.float64("inf")}) == {"a": None, "b": None}
    assert np.isnan(from_json(Outer, {"inner": {"name": "x"}, "number": None}).number)


def test_arrays_come_back_with_their_type() -> None:
    value = WithArrays(np.array([[1.5, np.nan]]), np.array([3, 4]))
    back = from_json(WithArrays, json.loads(json.dumps(to_json(value))))
    assert back.floats.shape == (1, 2)
    assert np.isnan(back.floats[0, 1])
    assert back.counts.dtype == np.int64


def test_an_array_comes_back_whose_type_is_an_alias() -> None:
    value = WithAlias(np.array([3, 4]), (np.array([1.5]),))
    back = from_json(WithAlias, json.loads(json.dumps(to_json(value))))
    assert back.counts.dtype == np.int64
    assert back.many[0].dtype == np.float64


def test_keys_of_a_newer_version_are_ignored() -> None:
    assert from_json(Inner, {"name": "x", "colour": "red"}) == Inner("x")


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        to_json(object())


@dataclass(frozen=True, slots=True)
class Words:
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    key: str
    figures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    blocks: tuple[Words | Figures | None, ...]


def test_a_union_of_dataclasses_is_told_apart_by_their_fields() -> None:
    page = Page((Words("a", "b"), Figures("c", (1.0,)), None, Figures("d")))
    assert from_json(Page, json.loads(json.dumps(to_json(page)))) == page
