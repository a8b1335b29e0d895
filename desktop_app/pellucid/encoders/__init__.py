"""Texts to vectors: language models on this machine, and a fallback that is none."""
