"""Facts: what was computed, one statement at a time, each with its evidence."""
