"""A mail server that delivers nothing: SMTP in, a page and JSON out. Standard library only, loopback only."""
import argparse
import email
import email.policy
import html
import json
import pathlib
import re
import signal
import socketserver
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MESSAGE_OCTETS_MAX = 1024 * 1024
MESSAGES_MAX = 1000
LINE_OCTETS_MAX = 2000
IDLE_SECONDS = 60


class Store:
    """The messages, oldest first; the oldest ones go when there are too many. Any thread."""

    def __init__(self, directory=None):
        self._lock = threading.Lock()
        self._messages = []
        self._count = 0
        self._directory = pathlib.Path(directory) if directory else None
        if self._directory:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def add(self, sender, recipients, octets):
        parsed = email.message_from_bytes(octets, policy=email.policy.default)
        body = parsed.get_body(preferencelist=("plain",))
        with self._lock:
            self._count += 1
            message = {
                "number": self._count,
                "from": sender,
                "to": recipients,
                "subject": str(parsed.get("subject", "")),
                "date": str(parsed.get("date", "")),
                "message_id": str(parsed.get("message-id", "")),
                "text": body.get_content().replace("\r\n", "\n") if body else "",
                "source": octets.decode("utf-8", "replace"),
            }
            self._messages = (self._messages + [message])[-MESSAGES_MAX:]
            if self._directory:
                (self._directory / f"{self._count:06}.eml").write_bytes(octets)

    def all(self, recipient=None):
        with self._lock:
            messages = list(self._messages)
        return [m for m in messages if recipient is None or recipient.lower() in map(str.lower, m["to"])]

    def clear(self):
        with self._lock:
            self._messages = []


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP connection (RFC 5321): HELO, EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT."""

    timeout = IDLE_SECONDS

    def handle(self):
        self._reset()
        self._say("220 mail-sink ready")
        try:
            while True:
                line = self.rfile.readline(LINE_OCTETS_MAX)
                if not line.endswith(b"\r\n"):
                    return
                if not self._command(line[:-2].decode("ascii", "replace")):
                    return
        except OSError:
            return

    def _reset(self):
        self._sender = None
        self._recipients = []

    def _say(self, text):
        self.wfile.write(text.encode("ascii") + b"\r\n")

    def _command(self, line):
        verb = line.split(" ", 1)[0].upper()
        if verb in ("HELO", "EHLO"):
            self._reset()
            self._say("250 mail-sink")
        elif verb == "MAIL":
            self._take_sender(line)
        elif verb == "RCPT":
            self._take_recipient(line)
        elif verb == "DATA":
            return self._take_data()
        elif verb in ("RSET", "NOOP"):
            self._reset() if verb == "RSET" else None
            self._say("250 OK")
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("502 not implemented")
        return True

    def _take_sender(self, line):
        found = re.fullmatch(r"MAIL FROM:<([^<>\s]*)>(?: .*)?", line, re.IGNORECASE)
        if not found:
            self._say("501 MAIL FROM:<address>")
            return
        self._reset()
        self._sender = found.group(1)
        self._say("250 OK")

    def _take_recipient(self, line):
        found = re.fullmatch(r"RCPT TO:<([^<>\s]+)>(?: .*)?", line, re.IGNORECASE)
        if self._sender is None:
            self._say("503 MAIL comes first")
        elif not found:
            self._say("501 RCPT TO:<address>")
        else:
            self._recipients.append(found.group(1))
            self._say("250 OK")

    def _take_data(self):
        if not self._recipients:
            self._say("503 RCPT comes first")
            return True
        self._say("354 end with a lone dot")
        octets = bytearray()
        while True:
            line = self.rfile.readline(LINE_OCTETS_MAX)
            if not line:
                return False
            if line == b".\r\n":
                break
            octets += line[1:] if line.startswith(b".") else line
            if len(octets) > MESSAGE_OCTETS_MAX:
                self._say("552 too large")
                return False
        self.server.store.add(self._sender, self._recipients, bytes(octets))
        self._reset()
        self._say("250 taken")
        return True


class SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port, store):
        self.store = store
        super().__init__(("127.0.0.1", port), Conversation)


class Page(BaseHTTPRequestHandler):
    """GET / shows the mails, GET /messages[?to=address] answers JSON, DELETE /messages forgets them."""

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/messages":
            found = re.fullmatch(r"to=([^&]*)", query)
            recipient = found.group(1).replace("%40", "@").replace("%2B", "+") if found else None
            self._answer("application/json", json.dumps(self.server.store.all(recipient)))
        elif path == "/":
            self._answer("text/html; charset=utf-8", self._page())
        else:
            self.send_error(404)

    def do_DELETE(self):
        if self.path != "/messages":
            self.send_error(404)
            return
        self.server.store.clear()
        self._answer("application/json", "[]")

    def _page(self):
        mails = "".join(
            "<article><h2>{subject}</h2><p>{to} &middot; {date}</p><pre>{text}</pre></article>".format(
                subject=html.escape(m["subject"]), to=html.escape(", ".join(m["to"])),
                date=html.escape(m["date"]), text=html.escape(m["text"]))
            for m in reversed(self.server.store.all()))
        return ('<!doctype html><html lang="en"><meta charset="utf-8">'
                '<meta http-equiv="refresh" content="5">'
                "<title>Sandbox mail</title><h1>Sandbox mail</h1>"
                + (mails or "<p>No mail yet.</p>") + "</html>")

    def _answer(self, content_type, text):
        octets = text.encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(octets)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        """Nothing: addresses and codes belong in no log."""


class PageServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port, store):
        self.store = store
        super().__init__(("127.0.0.1", port), Page)


def main(arguments):
    parser = argparse.ArgumentParser(prog="mail-sink", description=__doc__)
    parser.add_argument("--smtp-port", type=int, default=0, help="0: any free port")
    parser.add_argument("--http-port", type=int, default=0, help="0: any free port")
    parser.add_argument("--directory", help="keep every mail as a file here, too")
    options = parser.parse_args(arguments)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    store = Store(options.directory)
    with SmtpServer(options.smtp_port, store) as smtp, PageServer(options.http_port, store) as page:
        for server in (smtp, page):
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        print(json.dumps({"ready": True, "smtp_port": smtp.server_address[1],
                          "url": f"http://127.0.0.1:{page.server_address[1]}/"}), flush=True)
        ended.wait()
        smtp.shutdown()
        page.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
