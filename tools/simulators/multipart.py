"""Splits a multipart/form-data body into its parts, without touching a single octet of them."""
import re


class Part:
    def __init__(self, name, content_type, content):
        self.name = name
        self.content_type = content_type
        self.content = content


def _boundary(content_type):
    kind, _, rest = (content_type or "").partition(";")
    if kind.strip().lower() != "multipart/form-data":
        return None
    match = re.search(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', rest)
    return (match[1] or match[2]).encode("latin-1", "replace") if match else None


def _headers(octets):
    found = {}
    for line in octets.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def parse_form_data(content_type, body):
    """Part by name (the first of a name), or None when the body is no such form."""
    boundary = _boundary(content_type)
    if boundary is None:
        return None
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        return None
    parts = {}
    for piece in pieces[1:-1]:
        padding, _, rest = piece.partition(b"\r\n")
        if padding.strip(b" \t"):
            return None
        head, blank, content = (b"\r\n" + rest).partition(b"\r\n\r\n")
        if not blank:
            return None
        headers = _headers(head)
        name = re.search(r'\bname="([^"]*)"', headers.get("content-disposition", ""))
        if name is None:
            return None
        parts.setdefault(name[1], Part(name[1], headers.get("content-type", "text/plain"), content))
    return parts
