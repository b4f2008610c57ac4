"""Requests as they come from a socket and answers as the systems give them."""
import hashlib
import urllib.parse

HEAD_BYTES_MAX = 65536
KEPT_BODY_BYTES_MAX = 24 * 1024 * 1024
READ_BODY_BYTES_MAX = 128 * 1024 * 1024

REASONS = {
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 302: "Found", 303: "See Other",
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type",
    422: "Unprocessable Entity", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout",
}


class BadRequest(Exception):
    """What came in is no HTTP/1.x request."""


class Request:
    def __init__(self, method, target, version, headers, peer):
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        self.peer = peer
        self.client_certificate = None  # DER octets, when the other side showed one
        path, _, self.query = target.partition("?")
        self.path = urllib.parse.unquote(path)
        self.body = b""
        self.body_bytes = 0
        self.body_sha256 = None

    def header(self, name):
        name = name.lower()
        for key, value in self.headers:
            if key == name:
                return value
        return None

    def parameters(self):
        """First value of each query parameter."""
        found = {}
        for name, value in urllib.parse.parse_qsl(self.query, keep_blank_values=True):
            found.setdefault(name, value)
        return found

    def keeps_open(self):
        wish = (self.header("connection") or "").lower()
        return wish != "close" if self.version == "HTTP/1.1" else wish == "keep-alive"


class Answer:
    """What a system says to one call; document is the JSON value the body was made from, if any."""

    padding = None  # octets that may be added to the body any number of times without a meaning

    def __init__(self, status, body=b"", content_type=None, headers=(), outcome="ok", document=None):
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = list(headers)
        self.outcome = outcome
        self.document = document

    def head(self, date, extra_headers, length, close):
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Status')}"]
        lines.append("Date: " + date.strftime("%a, %d %b %Y %H:%M:%S GMT"))
        if self.content_type is not None:
            lines.append(f"Content-Type: {self.content_type}")
        if self.status != 204:
            lines.append(f"Content-Length: {length}")
        lines += [f"{name}: {value}" for name, value in [*self.headers, *extra_headers]]
        if close:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


class BodyReader:
    """Collects a request body: hashes all of it, keeps no more than the limit."""

    def __init__(self):
        self._digest = hashlib.sha256()
        self._parts = []
        self.bytes = 0

    def add(self, part):
        self._digest.update(part)
        self.bytes += len(part)
        if self.bytes > READ_BODY_BYTES_MAX:
            raise BadRequest("body too long")
        if self.bytes <= KEPT_BODY_BYTES_MAX:
            self._parts.append(part)

    def finish(self, request):
        request.body = b"".join(self._parts)
        request.body_bytes = self.bytes
        request.body_sha256 = self._digest.hexdigest() if self.bytes else None
