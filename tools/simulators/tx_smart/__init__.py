"""Simulated iTexas Smart: payment accounts over SOAP 1.1."""
