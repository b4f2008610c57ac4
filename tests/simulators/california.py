"""A browser for the simulated ca-connect: keeps cookies, finds forms and reads tables of a page."""
import html.parser
import re
import urllib.parse

from harness import SimulatorTest, Wire, sample

BASE = "/cconnect"
CASE = "2000012345678"
IMANI = ("0100200300400", "739154")
TOBIAS = ("0100200300419", "112233")


def california_sample(**options):
    """The sample with a permanent PIN for the other party, too."""
    document = sample()
    credential_of(document, "k8")["pinTemporary"] = False
    document["systems"]["ca-connect"]["options"] |= options
    return document


def credential_of(document, name):
    return next(c for c in document["credentials"] if c["id"] == name)


def person_of(document, name):
    return next(p for p in document["people"] if p["id"] == name)


class _Reader(html.parser.HTMLParser):
    """Collects cells, marks, links and forms outside of comments."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.rows = []
        self.forms = {}
        self._form = None
        self._cell = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag in ("table", "dl", "ul"):
            self.rows.append([tag])
        if tag in ("tr", "dt", "li"):
            self.rows.append([])
        if tag in ("td", "th", "dt", "dd", "li"):
            self.rows[-1].append("")
            self._cell = self.rows[-1]
        if tag == "form":
            self._form = self.forms[attributes["action"]] = {}
        if tag == "input" and self._form is not None:
            self._form[attributes["name"]] = attributes.get("value") or ""

    def handle_endtag(self, tag):
        if tag in ("table", "dl", "ul"):
            self._cell = None

    def handle_data(self, data):
        if self._cell:
            self._cell[-1] += data


class Page:
    def __init__(self, reply):
        self.status = reply.status
        self.headers = reply.headers
        self.octets = reply.body
        self.location = reply.headers["Location"]
        self._reader = None

    @property
    def text(self):
        return self.octets.decode("utf-8")

    @property
    def reader(self):
        if self._reader is None:
            self._reader = _Reader()
            self._reader.feed(self.text)
        return self._reader

    def tag(self, name, /, **wanted):
        """Attributes of the first such element, or None."""
        wanted = {key.replace("_", "-"): value for key, value in wanted.items()}
        for tag, attributes in self.reader.tags:
            if tag == name and wanted.items() <= attributes.items():
                return attributes
        return None

    @property
    def id(self):
        return self.tag("body")["id"] if self.octets else None

    @property
    def language(self):
        return self.tag("html")["lang"]

    @property
    def rows(self):
        """Cells of each row of each table or list; blanks joined."""
        return [[" ".join(cell.split()) for cell in row]
                for row in self.reader.rows if row and row[0] not in ("table", "dl", "ul")]

    @property
    def facts(self):
        return {row[0].rstrip(":"): row[1] for row in self.rows if len(row) == 2}

    @property
    def error(self):
        for _, attributes in self.reader.tags:
            if "data-code" in attributes:
                return attributes["data-code"], attributes.get("data-field")
        return None

    @property
    def is_empty(self):
        return self.tag("p", data_empty="1") is not None

    def form(self, path):
        return self.reader.forms[BASE + path]


class Browser:
    def __init__(self, url, timeout=5):
        self.wire = Wire(url, timeout)
        self.cookies = {}

    def send(self, method, path, body=None, content_type="application/x-www-form-urlencoded"):
        headers = {"Content-Type": content_type} if body is not None else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        page = Page(self.wire.send(method, BASE + path, body, headers))
        for line in page.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return page

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, **fields):
        return self.send("POST", path, urllib.parse.urlencode(fields).encode())

    def fill(self, path, page=None, **fields):
        """Posts the form of a page (fetched when not given) with its hidden fields."""
        page = page or self.get(path)
        return self.post(path, **page.form(path) | fields)

    def login(self, who, page=None, **fields):
        page = page or self.get("/login")
        return self.fill("/login", page, pid=who[0], pin=who[1], **fields)

    def of_case(self, rest, case=CASE):
        return self.get(f"/case/{case}/{rest}")


class CaliforniaTest(SimulatorTest):
    system_id = "ca-connect"
    scenario = staticmethod(california_sample)

    def browser(self, who=None, language=None, timeout=5):
        browser = Browser(self.url, timeout)
        self.addCleanup(browser.wire.close)
        if language:
            browser.cookies["cc_lang"] = language
        if who:
            self.sign_in(browser, who)
        return browser

    def sign_in(self, browser, who=IMANI):
        browser.cookies.pop("CCSESSION", None)  # an old one shows the page of an ended session first
        answer = browser.login(who)
        self.assertEqual((answer.status, answer.location), (302, f"{BASE}/home"))
        return answer

    def load(self, document):
        self.steer("/control/scenario", document)
        self.addCleanup(self.steer, "/control/scenario", self.scenario())

    def with_options(self, **options):
        self.load(california_sample(**options))

    def clear_faults(self):
        self.steer("/control/faults", {"clear": True})

    def goes_to(self, answer, path):
        self.assertEqual((answer.status, answer.location), (302, BASE + path))

    def outcomes(self, op):
        return [call["outcome"] for call in self.calls(op)]


def amounts_of(page):
    return re.findall(r"\$(?:&nbsp;| )?[0-9,.]+", re.sub(r"<!--.*?-->", "", page.text, flags=re.DOTALL))
