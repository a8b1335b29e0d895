"""From a source file to a typed, profiled, split table."""
