"""Accepts connections on a loopback address, each in a thread of its own."""
import ipaddress
import socket
import threading

from .connection import Closed, Connection
from .http_messages import Answer, BadRequest


def split_address(text):
    """(host, port) of HOST:PORT; raises ValueError when it is not a loopback address."""
    host, colon, port = text.rpartition(":")
    host = host.strip("[]")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"not an address of the form host:port: {text}")
    if host == "localhost":
        host = "127.0.0.1"
    if not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"not a loopback address: {text}")
    return host, int(port)


class Listener:
    """handle(connection, request) answers one request and returns whether the connection goes on.

    choose_context() gives the TLS context of a new connection; None for plain HTTP."""

    def __init__(self, address, choose_context, handle, stopping, virtual_now):
        host, port = address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=128)
        self._choose_context = choose_context
        self._handle = handle
        self._stopping = stopping
        self._virtual_now = virtual_now
        bound_port = self._socket.getsockname()[1]
        shown_host = f"[{host}]" if family == socket.AF_INET6 else host
        self.url = f"{'https' if choose_context else 'http'}://{shown_host}:{bound_port}"

    def start(self):
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self):
        try:
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the accepting thread
        except OSError:
            pass
        self._socket.close()

    def _accept(self):
        while not self._stopping.is_set():
            try:
                sock, peer = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock, peer[0]), daemon=True).start()

    def _serve(self, sock, peer):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self._choose_context:
                sock.settimeout(10)
                sock = self._choose_context().wrap_socket(sock, server_side=True)
        except OSError:  # also when no certificate could be made
            sock.close()
            return
        connection = Connection(sock, peer, self._stopping)
        try:
            self._converse(connection)
        except Closed:
            connection.drop()

    def _converse(self, connection):
        while True:
            try:
                request = connection.read_request()
            except BadRequest:
                refusal = Answer(400)
                connection.send(refusal.head(self._virtual_now(), [], 0, close=True))
                connection.close()
                return
            if request is None:
                connection.close()
                return
            if not self._handle(connection, request):
                return
