"""The paths of ca-connect: operation, method, and whether a session is needed."""
import re

BASE = "/cconnect"


class Route:
    def __init__(self, op, method, path, is_open=False, latency_ms=(300, 1200)):
        self.op = op
        self.method = method
        self.pattern = re.compile(re.escape(BASE) + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
        self.is_open = is_open
        self.latency_ms = latency_ms


ROUTES = (
    Route("login_page", "GET", "/login", True),
    Route("login", "POST", "/login", True, (800, 2000)),
    Route("locked", "GET", "/locked", True),
    Route("noacc", "GET", "/noacc", True),
    Route("pin_page", "GET", "/pin/change"),
    Route("pin_change", "POST", "/pin/change"),
    Route("pin_request", "POST", "/pin/request", True),
    Route("pin_requested", "GET", "/pin/requested", True),
    Route("home", "GET", "/home"),
    Route("summary", "GET", "/case/{case}/summary"),
    Route("payments", "GET", "/case/{case}/payments"),
    Route("documents", "GET", "/case/{case}/documents"),
    Route("document_content", "GET", r"/case/{case}/documents/{document}\.pdf", latency_ms=(500, 2500)),
    Route("appointments", "GET", "/case/{case}/appointments"),
    Route("contacts", "GET", "/case/{case}/contacts"),
    Route("contact_page", "GET", "/contact"),
    Route("contact_update", "POST", "/contact"),
    Route("message_page", "GET", "/case/{case}/message"),
    Route("message_send", "POST", "/case/{case}/message"),
    Route("confirm", "GET", "/confirm/{number}"),
    Route("lang", "GET", "/lang", True),
    Route("logout", "GET", "/logout", True),
)
OPERATIONS = tuple(route.op for route in ROUTES)


def find_route(method, path):
    """(route or None, its fields, methods the path takes); the methods are empty for an unknown path."""
    fitting = [(route, match.groupdict()) for route in ROUTES if (match := route.pattern.fullmatch(path))]
    for route, fields in fitting:
        if route.method == method:
            return route, fields, ()
    return None, fitting[0][1] if fitting else {}, tuple(route.method for route, _ in fitting)
