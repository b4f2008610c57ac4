"""The two code pages of the interface, with the line end of each."""

_PAGES = {"ascii": ("us-ascii", "latin-1", "\n"), "cp037": ("cp037", "cp037", "\x85")}
NAMES = tuple(_PAGES)


class CodePage:
    """Lines of text to octets and back. Octets that are no ASCII come in as Latin-1 letters."""

    def __init__(self, name):
        self.name = name
        self.charset, self._codec, self.line_end = _PAGES[name]

    def encode(self, lines, carriage_return=False, last_end=True):
        end = "\r" + self.line_end if carriage_return else self.line_end
        text = end.join(lines)
        if lines and last_end:
            text += end
        return text.encode(self._codec, "replace")

    def decode(self, octets):
        return octets.decode(self._codec)

    def other(self):
        return CodePage("ascii" if self.name == "cp037" else "cp037")
