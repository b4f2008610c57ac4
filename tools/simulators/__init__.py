"""Models of the states' systems for tests and the sandbox; shares nothing with the adapters."""
