"""Compares secrets in constant time, and names tokens in the call log without telling them."""
import hashlib
import hmac


def equal_secrets(left, right):
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


def token_digest(token):
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:8]
