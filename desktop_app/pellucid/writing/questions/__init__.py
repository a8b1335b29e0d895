"""Questions in words become plans of typed actions; nothing here computes an answer."""
