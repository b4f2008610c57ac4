"""Reads the corpus of raw requests; corpus/README.md explains its format."""
import dataclasses
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent / "corpus"
HOST = "Host: corpus.example\r\n"
MACROS = {"H": HOST, "G": f"GET /health/live HTTP/1.1\r\n{HOST}",
          "P": f"POST /health/live HTTP/1.1\r\n{HOST}"}
OCTETS = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
ENDINGS = ("open", "close", "cut")


@dataclasses.dataclass(frozen=True)
class Case:
    group: str
    name: str
    section: str
    pieces: tuple    # octets, sent with a pause between
    statuses: tuple  # (status, whether a body follows)
    ending: str

    def __str__(self):
        return f"{self.group}: {self.name}"


def repeated(text):
    while True:
        wider = re.sub(r"\\\{(\d+)\*([^{}]*)\}", lambda found: int(found[1]) * found[2], text)
        if wider == text:
            return text
        text = wider


def octets(text):
    def one(found):
        return chr(int(found[1], 16)) if found[1] else OCTETS[found[2]]
    return re.sub(r"\\(?:x([0-9a-fA-F]{2})|(.))", one, text, flags=re.S).encode("latin-1")


def pieces(text):
    text = text.replace("¶", "\r\n")
    text = re.sub(r"\{([A-Z])\}", lambda found: MACROS[found[1]], text)
    return tuple(octets(piece) for piece in re.split(r"(?<!\\)\\p", repeated(text)))


def expectation(text):
    *statuses, ending = repeated(text).split()
    if ending not in ENDINGS:
        raise ValueError(f"expected one of {ENDINGS}, not {ending}")
    return tuple((int(status.rstrip("-")), not status.endswith("-")) for status in statuses), ending


def read_file(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, expected, section, text = line.split(" | ", 3)
            statuses, ending = expectation(expected)
            yield Case(file.stem, name, section, pieces(text), statuses, ending)


def groups():
    """The cases of each file, by its name."""
    return {file.stem: list(read_file(file)) for file in sorted(FOLDER.glob("*.txt"))}
