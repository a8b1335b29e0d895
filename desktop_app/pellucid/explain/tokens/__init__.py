"""Why a text is predicted so: a score for every token, and how far that can be trusted."""
