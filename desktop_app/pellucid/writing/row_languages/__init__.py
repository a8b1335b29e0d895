"""One prediction told in each language, in sentences of its own."""
