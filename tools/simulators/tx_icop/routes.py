"""The operations of tx-icop: method, path, and what each needs."""
import re

BASE = "/icop/v1"
SESSION, WRITE, OPEN, BROWSER = "session", "write", "open", "browser"


class Route:
    def __init__(self, op, method, path, access, latency_class):
        self.op = op
        self.method = method
        self.pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", BASE + path))
        self.access = access
        self.latency_class = latency_class

    @property
    def needs_session(self):
        return self.access in (SESSION, WRITE)


ROUTES = tuple(Route(*row) for row in (
    ("login", "POST", "/auth/login", OPEN, "login"),
    ("challenge", "POST", "/auth/challenge", OPEN, "login"),
    ("resend", "POST", "/auth/challenge/{challenge}/resend", OPEN, "login"),
    ("logout", "POST", "/auth/logout", SESSION, "login"),
    ("session", "GET", "/auth/session", SESSION, "list"),
    ("forgot_username", "POST", "/auth/forgot-username", OPEN, "login"),
    ("forgot_password", "POST", "/auth/forgot-password", OPEN, "login"),
    ("enrol_start", "POST", "/enrol/start", OPEN, "login"),
    ("enrol_login", "POST", "/enrol/{enrolment}/login", OPEN, "login"),
    ("enrol_verify", "POST", "/enrol/{enrolment}/verify", OPEN, "login"),
    ("cases", "GET", "/cases", SESSION, "list"),
    ("case", "GET", "/cases/{case}", SESSION, "list"),
    ("orders", "GET", "/cases/{case}/orders", SESSION, "list"),
    ("balances", "GET", "/cases/{case}/balances", SESSION, "list"),
    ("payments", "GET", "/cases/{case}/payments", SESSION, "payments"),
    ("disbursements", "GET", "/cases/{case}/disbursements", SESSION, "payments"),
    ("enforcement", "GET", "/cases/{case}/enforcement", SESSION, "list"),
    ("events", "GET", "/cases/{case}/events", SESSION, "list"),
    ("documents", "GET", "/cases/{case}/documents", SESSION, "list"),
    ("document_content", "GET", "/cases/{case}/documents/{document}/content", SESSION, "document"),
    ("messages", "GET", "/cases/{case}/messages", SESSION, "list"),
    ("contacts", "GET", "/cases/{case}/contacts", SESSION, "list"),
    ("profile", "GET", "/profile", SESSION, "list"),
    ("update_contact", "PUT", "/profile/contact", WRITE, "write"),
    ("pay", "POST", "/cases/{case}/payment-requests", WRITE, "write"),
    ("pay_status", "GET", "/payment-requests/{payment}", SESSION, "list"),
    ("hosted_page", "GET", "/hosted/{hosted}", BROWSER, "list"),
    ("hosted_page", "POST", "/hosted/{hosted}", BROWSER, "list"),
    ("hosted_page", "GET", "/reset/{reset}", BROWSER, "list"),
    ("hosted_page", "POST", "/reset/{reset}", BROWSER, "list"),
    ("recurring_list", "GET", "/cases/{case}/recurring", SESSION, "list"),
    ("recurring_create", "POST", "/cases/{case}/recurring", WRITE, "write"),
    ("recurring_cancel", "DELETE", "/cases/{case}/recurring/{recurring}", WRITE, "write"),
    ("message_send", "POST", "/cases/{case}/messages", WRITE, "write"),
    ("upload", "POST", "/cases/{case}/documents", WRITE, "write"),
    ("request", "POST", "/cases/{case}/requests", WRITE, "write"),
    ("request_status", "GET", "/requests/{request}", SESSION, "list"),
))
OPERATIONS = tuple(dict.fromkeys(route.op for route in ROUTES))
LATENCY_MS = {
    "login": (300, 900), "list": (100, 400), "payments": (150, 600), "document": (300, 1500),
    "write": (300, 1200),
}


class Found:
    """Result of a look-up: the route (None when only the path fits), its fields, allowed methods."""

    def __init__(self, op, route, fields, methods):
        self.op = op
        self.route = route
        self.fields = fields
        self.methods = methods


def find_route(method, path):
    """None for a path the interface does not have."""
    fitting = [(route, match) for route in ROUTES if (match := route.pattern.fullmatch(path))]
    if not fitting:
        return None
    for route, match in fitting:
        if route.method == method:
            return Found(route.op, route, match.groupdict(), ())
    first, match = fitting[0]
    return Found(first.op, None, match.groupdict(), [route.method for route, _ in fitting])
