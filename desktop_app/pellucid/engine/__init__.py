"""Jobs, the worker process that runs them for the window, and the client that talks to it."""
