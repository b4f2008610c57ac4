"""One accepted connection: reads requests, sends answers, and misbehaves on demand."""
import select
import socket
import ssl
import struct
import time

from .http_messages import HEAD_BYTES_MAX, BadRequest, BodyReader, Request

IDLE_SECONDS_MAX = 120
PART_BYTES = 65536


class Closed(Exception):
    """The other side is gone, or said nothing for too long."""


class Connection:
    def __init__(self, sock, peer, stopping):
        self._sock = sock
        self._peer = peer
        self._stopping = stopping
        self._buffer = b""
        is_secure = isinstance(sock, ssl.SSLSocket)
        self._client_certificate = sock.getpeercert(binary_form=True) if is_secure else None
        sock.settimeout(IDLE_SECONDS_MAX)

    def read_request(self):
        """The next request with its whole body; None at an orderly end. Raises BadRequest, Closed."""
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > HEAD_BYTES_MAX:
                raise BadRequest("head too long")
            part = self._receive()
            if not part:
                if self._buffer.strip():
                    raise Closed
                return None
            self._buffer += part
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        request = self._parse_head(head.lstrip(b"\r\n").decode("latin-1"))
        if (request.header("expect") or "").lower() == "100-continue":
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._read_body(request)
        return request

    def _parse_head(self, head):
        first, *lines = head.split("\r\n")
        parts = first.split(" ")
        if len(parts) != 3 or parts[2] not in ("HTTP/1.1", "HTTP/1.0") or not parts[1].startswith("/"):
            raise BadRequest("request line")
        headers = []
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon or not name or name != name.strip():
                raise BadRequest("header line")
            headers.append((name.lower(), value.strip()))
        request = Request(parts[0], parts[1], parts[2], headers, self._peer)
        request.client_certificate = self._client_certificate
        return request

    def _read_body(self, request):
        body = BodyReader()
        if (request.header("transfer-encoding") or "").lower() == "chunked":
            self._read_chunks(body)
        else:
            length = request.header("content-length") or "0"
            if not length.isdigit():
                raise BadRequest("content length")
            self._read_exactly(int(length), body)
        body.finish(request)

    def _read_chunks(self, body):
        while True:
            size = self._read_line().partition(b";")[0].strip()
            try:
                left = int(size, 16)
            except ValueError as error:
                raise BadRequest("chunk size") from error
            if left == 0:
                while self._read_line():
                    pass
                return
            self._read_exactly(left, body)
            if self._read_line():
                raise BadRequest("chunk end")

    def _read_line(self):
        while b"\r\n" not in self._buffer:
            if len(self._buffer) > HEAD_BYTES_MAX:
                raise BadRequest("line too long")
            self._buffer += self._receive_more()
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line

    def _read_exactly(self, count, body):
        while count:
            if not self._buffer:
                self._buffer = self._receive_more()
            part, self._buffer = self._buffer[:count], self._buffer[count:]
            body.add(part)
            count -= len(part)

    def _receive_more(self):
        part = self._receive()
        if not part:
            raise Closed
        return part

    def _receive(self):
        try:
            return self._sock.recv(PART_BYTES)
        except OSError as error:
            raise Closed from error

    def send(self, octets):
        try:
            self._sock.sendall(octets)
        except OSError as error:
            raise Closed from error

    def drip(self, octets, per_second):
        """Sends octet by octet at the given pace in real time."""
        started = time.monotonic()
        for index in range(len(octets)):
            self._wait_until(started + index / per_second)
            self.send(octets[index:index + 1])

    def hold_open(self, seconds):
        """Says nothing for so long; ends early when the other side closes or the program stops."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._stopping.is_set():
            readable, _, _ = select.select([self._sock], [], [], 0.2)
            if readable and self._peer_is_gone():
                return

    def _peer_is_gone(self):
        if isinstance(self._sock, ssl.SSLSocket):
            try:
                self._sock.settimeout(0.2)
                return not self._sock.recv(1)
            except TimeoutError:
                return False
            except OSError:
                return True
        try:
            gone = not self._sock.recv(1, socket.MSG_PEEK)
        except OSError:
            return True
        if not gone:
            time.sleep(0.2)  # more octets came in; they stay unread
        return gone

    def _wait_until(self, moment):
        left = moment - time.monotonic()
        if left > 0 and self._stopping.wait(left):
            raise Closed

    def reset(self):
        """Closes with a TCP reset."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()

    def close(self):
        try:
            if isinstance(self._sock, ssl.SSLSocket):
                self._sock.settimeout(0.2)
                self._sock.unwrap()
        except (OSError, ValueError):
            pass  # the other side need not answer the farewell
        self._sock.close()

    def drop(self):
        """Closes at once, without the farewell of TLS."""
        self._sock.close()
