"""What a model does: as a whole, term by term, and for one row."""
