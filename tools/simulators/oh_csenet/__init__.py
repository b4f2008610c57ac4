"""Simulated oh-csenet: Ohio's parents over CSENet 2000 records."""
