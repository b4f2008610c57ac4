"""Simulated ks-quick: Kansas, one case at a time over SOAP, for a parent the gateway vouches for."""
