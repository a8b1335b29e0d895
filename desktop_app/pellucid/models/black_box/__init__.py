"""Transformers as models of a text column: tuned here or anywhere, predicted, kept as one file."""
