"""Checking what a writer hands in: only what its facts carry may be shown as checked."""

from pellucid.writing.checking.checker import check_claim
from pellucid.writing.checking.tails import without_tail
from pellucid.writing.checking.vocabulary import plain_vocabulary

__all__ = ["check_claim", "plain_vocabulary", "without_tail"]
