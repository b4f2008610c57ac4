"""Reads requests: XML without anything dangerous, found by namespace and local name."""
import re
import xml.parsers.expat

from .markup import CORE, HUMAN_SERVICES, QUICK, SOAP

DEPTH_MAX = 32
BODY_BYTES_MAX = 4 * 1024 * 1024
CASE_ID_CHARACTERS_MAX = 15
_BLANKS = " \t\r\n"
_ACTION = re.compile(rf'"{re.escape(QUICK)}:(\w+)"')
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_CASE = f"{HUMAN_SERVICES} ChildSupportEnforcementIV-DCaseIdentification"


class Unreadable(Exception):
    """Not XML, or XML that this interface does not take."""


class _Node:
    def __init__(self, name):
        self.name = name
        self.children = []
        self.text = ""

    def find(self, name):
        return next((child for child in self.children if child.name == name), None)


class _Reader:
    """Builds nodes; names are 'namespace local'."""

    def __init__(self):
        self.root = None
        self._open = []

    def start(self, name, _attributes):
        if len(self._open) == DEPTH_MAX:
            raise Unreadable
        node = _Node(name)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, _name):
        self._open.pop()

    def characters(self, text):
        self._open[-1].text += text

    @staticmethod
    def refuse(*_arguments):
        raise Unreadable

    @staticmethod
    def declaration(_version, encoding, _standalone):
        if encoding is not None and encoding.lower() != "utf-8":
            raise Unreadable


def _parse(body):
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable from error
    reader = _Reader()
    parser = xml.parsers.expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = reader.refuse
    parser.XmlDeclHandler = reader.declaration
    try:
        parser.Parse(text.removeprefix("\ufeff"), True)
    except xml.parsers.expat.ExpatError as error:
        raise Unreadable from error
    return reader.root


def _content(node, *path):
    """Trimmed text at a path below a node; None when it is not there or empty."""
    for name in path:
        node = node and node.find(name)
    return (node and node.text.strip(_BLANKS)) or None


def action_of(header):
    """The operation a SOAPAction header names, or None."""
    found = _ACTION.fullmatch((header or "").strip())
    return found and found.group(1)


class Message:
    """One request; raises Unreadable."""

    def __init__(self, request):
        if request.body_bytes > BODY_BYTES_MAX:
            raise Unreadable
        root = _parse(request.body)
        header, body = root.find(f"{SOAP} Header"), root.find(f"{SOAP} Body")
        if root.name != f"{SOAP} Envelope" or body is None or len(body.children) != 1:
            raise Unreadable
        content = body.children[0]
        namespace, _, name = content.name.partition(" ")
        self.op = name.removesuffix("Request")
        if namespace != QUICK or name != f"{self.op}Request":
            raise Unreadable
        context = header and header.find(f"{QUICK} RequestContext")

        def of_context(name):
            return _content(context, f"{QUICK} {name}") if context else None

        self._user, self._requestor = of_context("SystemUserId"), of_context("RequestorId")
        self.id, self.assertion = of_context("StateGeneratedId"), of_context("ParentAssertion")
        self.case = _content(content, _CASE, f"{CORE} IdentificationID")
        self.start, self.end = _content(content, f"{QUICK} StDate"), _content(content, f"{QUICK} EndDate")
        self._state = _content(content, f"{QUICK} OsFips")

    def is_complete(self, needs_case):
        """Whether everything is there that a call must say about itself."""
        return (
            self._user is not None and len(self._user) <= 50 and self.assertion is not None
            and re.fullmatch("[0-9]{5}", self._requestor or "") is not None
            and _UUID.fullmatch(self.id or "") is not None
            and re.fullmatch("[0-9]{2}", self._state or "") is not None
            and (not needs_case or 1 <= len(self.case or "") <= CASE_ID_CHARACTERS_MAX))
