"""Texts with a planted truth, an encoder that knows nothing but words, and workers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ngram_texts import Reviews, WordEncoder, make_reviews

from pellucid.models.workers import Workers


@pytest.fixture(scope="session")
def reviews() -> Reviews:
    return make_reviews(500)


@pytest.fixture(scope="session")
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    with Workers(2) as started:
        yield started
