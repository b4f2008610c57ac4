"""Simulated ga-batch: Georgia, files of a nightly run in a landing directory, a PIN by post."""
