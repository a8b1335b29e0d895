"""A pile of texts as a whole: what is in it, and what a model makes of it."""
