"""Open a table, see its patterns, fit models that can be read, and write up what was found."""

__version__ = "0.1.0"
