"""Models that can be read: the additive model, the fitters that make one, and their measures."""
