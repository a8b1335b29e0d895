"""Whoever can be asked for words: one protocol, whether it runs here or elsewhere."""
