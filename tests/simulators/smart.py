"""A client of the simulated tx-smart: builds SOAP requests, reads answers by namespace and local name."""
import uuid
import xml.etree.ElementTree as tree
from xml.sax.saxutils import escape, quoteattr

from harness import SimulatorTest, Wire, case_of, sample

PATH = "/itexas/SmartService"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
NAMESPACE = "urn:itexas:smart:1"
SMART = f"{{{NAMESPACE}}}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
CASE, ELSEWHERE = "0023456789", "0012345678"
PRIYA = ("priya.Halloran", "Quiet-Lake#19")
JONAS = ("jonas.H", "Plain*Road77")


def smart_sample(**options):
    """The sample with a login for the payee, too, and with the options given."""
    document = sample()
    document["credentials"].append({
        "id": "k-jonas", "system": "tx-smart", "person": "p-jonas", "kind": "username_password",
        "username": JONAS[0], "password": JONAS[1], "otp": None, "state": "active"})
    document["systems"]["tx-smart"]["options"] |= options
    return document


def view_of(document, name):
    """The list of the case as tx-smart shows it, for a test to change."""
    return case_of(document, CASE)["views"]["tx-smart"].setdefault(name, [])


def envelope(body, header=""):
    head = f"<q:Header>{header}</q:Header>" if header else ""
    return (f'<?xml version="1.0" encoding="utf-8"?><q:Envelope xmlns:q="{SOAP[1:-1]}">{head}'
            f"<q:Body>{body}</q:Body></q:Envelope>").encode()


def request_xml(op, attributes, fields):
    inside = "".join(f"<{name}>{value if value.startswith('<') else escape(value)}</{name}>"
                     for name, value in fields.items())
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<{op}Request xmlns="{NAMESPACE}"{written}>{inside}</{op}Request>'


def new_id():
    return str(uuid.uuid4())


class Answer:
    def __init__(self, reply):
        self.status = reply.status
        self.headers = reply.headers
        self.octets = reply.body
        self._root = None

    @property
    def content(self):
        """The element in the SOAP body."""
        if self._root is None:
            self._root = tree.fromstring(self.octets)
        return self._root.find(f"{SOAP}Body")[0]

    def all(self, name):
        return list(self.content.iter(SMART + name))

    def value(self, name):
        found = self.all(name)
        assert len(found) == 1, (name, self.octets)
        return found[0].text

    @property
    def code(self):
        """The code of this service's fault; None when there is none."""
        found = self.content.find(f"detail/{SMART}SmartFault/{SMART}Code")
        return None if found is None else found.text

    @property
    def faultcode(self):
        found = self.content.find("faultcode")
        return None if found is None else found.text.partition(":")[2]


class User:
    """One connection with a session after sign_in."""

    def __init__(self, url, timeout=5):
        self.wire = Wire(url, timeout)
        self.token = None

    def post(self, octets, action, path=PATH, **headers):
        sent = {"Content-Type": "text/xml; charset=utf-8"}
        if action is not None:
            sent["SOAPAction"] = action
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(self.wire.send("POST", path, octets, sent))

    def ask(self, op, attributes=(), **fields):
        header = f'<S xmlns="{NAMESPACE}">x</S>'  # unknown ones are ignored
        if self.token:
            header += f'<w:Session xmlns:w="{NAMESPACE}">{self.token}</w:Session>'
        body = request_xml(op, dict(attributes), fields)
        return self.post(envelope(body, header), f'"{NAMESPACE}:{op}"')

    def of_case(self, op, case=CASE, attributes=(), **fields):
        return self.ask(op, {"case": case, **dict(attributes)}, **fields)

    def write(self, op, request_id=None, case=None, **fields):
        attributes = {"requestId": request_id or new_id()} | ({"case": case} if case else {})
        return self.ask(op, attributes, **fields)

    def login(self, who, **fields):
        return self.ask("Login", UserName=who[0], Password=who[1], **fields)


class SmartTest(SimulatorTest):
    system_id = "tx-smart"
    scenario = staticmethod(smart_sample)

    def user(self, timeout=5):
        user = User(self.url, timeout)
        self.addCleanup(user.wire.close)
        return user

    def signed_in(self, who=PRIYA):
        user = self.user()
        self.sign_in(user, who)
        return user

    def sign_in(self, user, who=PRIYA):
        challenge = user.login(who).value("ChallengeId")
        answer = user.ask("VerifyCode", ChallengeId=challenge, Code=self.last_code())
        user.token = answer.value("SessionToken")
        return answer

    def load(self, document):
        self.steer("/control/scenario", document)
        self.addCleanup(self.steer, "/control/scenario", self.scenario())

    def clear_faults(self):
        self.steer("/control/faults", {"clear": True})

    def refused(self, answer, code, **details):
        """Asserts a fault of this service with HTTP 500 and these details."""
        self.assertEqual((answer.status, answer.code), (500, code), answer.octets)
        shown = {part.tag.removeprefix(SMART): part.text
                 for part in answer.content.find(f"detail/{SMART}SmartFault")}
        del shown["Code"], shown["Message"]
        self.assertEqual(shown, details)

    def platform_fault(self, answer, faultcode="Client"):
        self.assertEqual((answer.status, answer.faultcode, answer.code), (500, faultcode, None))
        self.assertIsNone(answer.content.find("detail"))
