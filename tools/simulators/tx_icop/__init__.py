"""Simulated Texas case account, interface tx-icop: JSON over HTTP."""
