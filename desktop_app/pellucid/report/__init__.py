"""The document: blocks held as values, and a renderer for each format."""
