"""A quiz in words: what it asks, what came of it, and how a language model takes it."""
