"""Reasons that a language model gives for one prediction, and whether they follow the evidence."""
