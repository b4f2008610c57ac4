"""Simulated ca-connect: California's case pages as HTML forms."""
