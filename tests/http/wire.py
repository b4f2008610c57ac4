"""A client of sockets and octets: sends what it is given, and reads answers without repairing anything."""
import contextlib
import socket
import ssl
import time

PAUSE_S = 0.03
PATIENCE_S = 5


def wait_for(port, process, patience_s=10):
    """Until `process` listens."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError("nobody listens")


class Ended(Exception):
    """The server ended the connection, or said nothing for too long."""


class Wire:
    """One connection. `context`: over TLS."""

    def __init__(self, port, context=None, source="127.0.0.1"):
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_S, (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, pieces):
        """A server that has refused what came first need not read the rest."""
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            for number, piece in enumerate(pieces):
                if number:
                    time.sleep(PAUSE_S)
                self.socket.sendall(piece)

    def end_sending(self):
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_WR)  # over TLS its own would stop reading too

    def _receive(self):
        try:
            octets = self.socket.recv(65536)
        except TimeoutError as late:
            raise Ended("nothing came in time") from late
        except (ConnectionError, ssl.SSLError):
            octets = b""
        if not octets:
            raise Ended("the connection ended")
        self.buffer += octets

    def _take(self, size):
        while len(self.buffer) < size:
            self._receive()
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def answer(self, with_body=True):
        """(status, fields by lower-case name, body) of the next answer."""
        while b"\r\n\r\n" not in self.buffer:
            self._receive()
        head = self._take(self.buffer.index(b"\r\n\r\n") + 4).decode("latin-1")
        line, *fields = head.split("\r\n")[:-2]
        version, status = line.split(" ")[:2]
        if version != "HTTP/1.1":
            raise AssertionError(f"an answer begins with {line!r}")
        named = {name.lower(): value.strip() for name, value in (field.split(":", 1) for field in fields)}
        size = int(named.get("content-length", 0)) if with_body else 0
        return int(status), named, self._take(size)

    def rest(self):
        """What comes until the server ends the connection; an AssertionError when it does not."""
        try:
            while True:
                self._receive()
        except Ended as ended:
            if "in time" in str(ended):
                raise AssertionError("the connection was not ended") from ended
        return self.buffer
