"""Makes requests out of a grammar of HTTP and of this API, many of them slightly wrong."""
import json
import random
import re

ROOT_PATHS = ["/", "/health/live", "/health/ready", "/metrics", "/v1/openapi.json", "/v1/nothing", "*", "//",
              "http://corpus.example/health/live", "corpus.example:443", "/%2e%2e/", "/v1/../metrics"]
METHODS = ["GET"] * 6 + ["POST"] * 6 + [
    "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"]
VERSIONS = ["HTTP/1.1"] * 12 + ["HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/1.10", "http/1.1", ""]
IDS = ["cas_00000000000000000000000000", "lnk_01ARZ3NDEKTSV4RRFFQ69G5FAV", "us-tx", "current", "%00",
       "a" * 300, "%C3%A4", "..", "'--", "0"]
FIELDS = {
    "Accept": ["application/json", "*/*", "text/html;q=0.1, */*", ""],
    "Accept-Language": ["es", "en-US,en;q=0.5", "x" * 200, ",,,"],
    "Authorization": ["Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Basic YTpi", "Bearer",
                      "Bearer " + "a" * 4000],
    "Connection": ["keep-alive", "close", "Upgrade", "close, keep-alive", ","],
    "Content-Encoding": ["gzip", "identity"],
    "Content-Type": ["application/json"] * 4 + ["text/plain", "application/json; charset=utf-8", "a/b/c", ""],
    "Cookie": ["__Host-cb_session=aaaa", "a=b; __Host-cb_session=; c", "=;=;=", "\"",
               "__Host-cb_session=a; __Host-cb_session=b"],
    "Expect": ["100-continue", "200-ok"],
    "Forwarded": ["for=198.51.100.7", "for=\"[::1"],
    "Idempotency-Key": ["0123456789abcdef0123456789abcdef", "", "a" * 500, "\u00e9"],
    "If-None-Match": ["*", "\"a\"", "W/\"a\", \"b", "\""],
    "Origin": ["https://localhost:8443", "null", "https://evil.example"],
    "Sec-Fetch-Site": ["same-origin", "cross-site"],
    "Trailer": ["X-A"],
    "Transfer-Encoding": ["chunked", "gzip", "chunked, chunked"],
    "Upgrade": ["h2c", "websocket"],
    "User-Agent": ["a", "\u00ff\u00fe", "b" * 2000],
    "X-CSRF-Token": ["a", "b" * 300],
    "X-Forwarded-For": ["198.51.100.7", "unknown", "1,2,3"],
    "traceparent": ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-0-0-0", "ff"],
}
VALUES = [None, True, 0, -1, 1e308, 2 ** 63, "", "a", "\u0000", "\ud800", "a" * 5000, "900-12-3456",
          "registration", "sign_in", "bearer", "cookie", "us-tx", "tx-icop", "create", [], {}]
NAMES = ["kind", "transport", "seq", "fields", "email", "password", "code", "mode", "system_id", "custody",
         "link_id", "confirm_last_attempt", "a", ""]
QUERIES = ["", "?", "?limit=1", "?limit=-1", "?limit=99999999999999999999", "?cursor=aaaa", "?q=%",
           "?a=b&a=c", "?include=orders", "?include=" + "a," * 300, "?state=us-tx&lang=es", "?\u00e9"]
EXTENSIONS = ["", "", ";a", ";a=b", ";a=\"b\"", " "]
EDGES = ["\r", "\n", "\0", " ", "\t", ":", ",", ";", "\"", "\r\n", "\r\n\r\n", "\xff", "%", "0", "HTTP/1.1",
         "Content-Length: 1\r\n"]


def paths_of(openapi):
    """The templates of the API's paths, out of its YAML."""
    return re.findall(r"^  (/\S*):$", openapi, re.M)


class Grammar:
    def __init__(self, paths, seed):
        self.paths, self.seed = paths, seed
        self.random = random.Random()

    def octets(self, number):
        """One to three requests, as a client would send them on one connection."""
        self.random.seed(f"{self.seed}:{number}")
        text = "".join(self._request() for _ in range(self.random.choice((1, 1, 1, 2, 3))))
        return self._bent(text).encode("latin-1", "replace")

    def _one(self, choices):
        return self.random.choice(choices)

    def _is(self, likelihood):
        return self.random.random() < likelihood

    def _request(self):
        body = self._body() if self._is(0.5) else ""
        lines = [f"{self._one(METHODS)} {self._target()} {self._one(VERSIONS)}"]
        if self._is(0.95):
            lines.append("Host: corpus.example")
        for name in self.random.sample(sorted(FIELDS), self.random.randrange(6)):
            lines.append(f"{name}: {self._one(FIELDS[name])}")
        if body and self._is(0.8):
            lines.append("Content-Type: application/json")
        if body and self._is(0.3):
            lines.append("Transfer-Encoding: chunked")
            body = self._chunks(body)
        elif body or self._is(0.1):
            lines.append(f"Content-Length: {len(body) if self._is(0.95) else self.random.randrange(999)}")
        return "\r\n".join(lines) + "\r\n\r\n" + body

    def _target(self):
        path = self._one(self.paths + ROOT_PATHS)
        query = self._one(QUERIES) if self._is(0.3) else ""
        return re.sub(r"\{\w+\}", lambda _: self._one(IDS), path) + query

    def _value(self, depth):
        if depth == 0 or self._is(0.6):
            return self._one(VALUES)
        if self._is(0.3):
            return [self._value(depth - 1) for _ in range(self.random.randrange(4))]
        return {self._one(NAMES): self._value(depth - 1) for _ in range(self.random.randrange(5))}

    def _body(self):
        if self._is(0.05):
            return "[" * self.random.randrange(1, 3000)
        value = {name: self._value(2) for name in self.random.sample(NAMES, self.random.randrange(5))}
        text = json.dumps(value, ensure_ascii=self._is(0.9))
        return text.encode("utf-8", "surrogatepass").decode("latin-1")

    def _chunks(self, body):
        text = ""
        while body:
            size = self.random.randrange(1, len(body) + 1)
            text += f"{size:x}{self._one(EXTENSIONS)}\r\n{body[:size]}\r\n"
            body = body[size:]
        return text + "0\r\n" + self._one(["", "", "X-A: b\r\n", "Content-Length: 3\r\n"]) + "\r\n"

    def _bent(self, text):
        """Nothing, or a few octets put in, taken out or said twice."""
        for _ in range(self._one((0, 0, 0, 1, 1, 3))):
            place, end = sorted(self.random.randrange(len(text) + 1) for _ in range(2))
            end = min(end, place + 40)
            text = self._one((text[:place] + self._one(EDGES) + text[place:], text[:place] + text[end:],
                              text[:end] + text[place:end] + text[end:], text[:end]))
        return text
