"""Choices that repeat with the scenario's seed."""
import hashlib
import random


class Seeded:
    """Not thread safe by itself: streams are drawn under the lock of the run."""

    def __init__(self, seed):
        self._seed = seed
        self._streams = {}

    def pick(self, options, *key):
        """The same key always gives the same option, whatever was drawn before."""
        text = "\x1f".join([str(self._seed), *map(str, key)])
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        return options[int.from_bytes(digest[:8], "big") % len(options)]

    def stream(self, name):
        """A generator of its own per purpose, so that one purpose does not shift another."""
        if name not in self._streams:
            self._streams[name] = random.Random(f"{self._seed}/{name}")
        return self._streams[name]


def draw_code(seeded, otp, previous=None):
    """A one-time code by the scenario's otp rule; a random one differs from the one before."""
    if otp["mode"] == "fixed":
        return otp["value"]
    stream = seeded.stream("otp")
    while True:
        code = "".join(str(stream.randrange(10)) for _ in range(otp["length"]))
        if code != previous and code.strip("0"):
            return code
