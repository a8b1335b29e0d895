"""A decision tree over texts whose questions are sets of keywords, which a person can edit."""
