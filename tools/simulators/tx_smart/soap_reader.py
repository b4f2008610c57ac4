"""Reads SOAP 1.1 requests strictly: no DTD, no processing instruction, bounded depth and size."""
import xml.parsers.expat

from .soap_writer import NAMESPACE, SOAP

DEPTH_MAX = 32
BODY_BYTES_MAX = 4 * 1024 * 1024


class Unreadable(Exception):
    """The octets are no request of this service; faultcode says whose mistake it is."""

    def __init__(self, faultcode="Client"):
        super().__init__(faultcode)
        self.faultcode = faultcode


class Node:
    """One element: namespace, local name, attributes without a namespace, children, own text."""

    def __init__(self, qualified, attributes):
        self.namespace, _, self.name = qualified.rpartition(" ")
        self.attributes = {name: value for name, value in attributes.items() if " " not in name}
        self.children = []
        self.text = ""

    def named(self, namespace, name):
        return [child for child in self.children if (child.namespace, child.name) == (namespace, name)]


class _Reader:
    def __init__(self):
        self.root = None
        self._open = []
        self._parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = lambda _name: self._open.pop()
        self._parser.CharacterDataHandler = self._characters
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.ProcessingInstructionHandler = self._refuse

    def read(self, octets):
        self._parser.Parse(octets, True)
        return self.root

    def _start(self, name, attributes):
        if len(self._open) >= DEPTH_MAX:
            raise Unreadable
        node = Node(name, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _characters(self, text):
        self._open[-1].text += text

    @staticmethod
    def _declaration(_version, encoding, _standalone):
        if encoding is not None and encoding.lower() != "utf-8":
            raise Unreadable

    @staticmethod
    def _refuse(*_):
        raise Unreadable


def _tree(octets):
    try:
        octets.decode("utf-8")
        return _Reader().read(octets)
    except (UnicodeDecodeError, xml.parsers.expat.ExpatError) as error:
        raise Unreadable from error


class Message:
    """A request: the element in the body, and the session token of the header."""

    def __init__(self, root):
        if root.name != "Envelope":
            raise Unreadable
        if root.namespace != SOAP:
            raise Unreadable("VersionMismatch")
        bodies = root.named(SOAP, "Body")
        if len(bodies) != 1 or len(bodies[0].children) != 1:
            raise Unreadable
        self.body = bodies[0].children[0]
        if self.body.namespace != NAMESPACE or not self.body.name.endswith("Request"):
            raise Unreadable
        self.operation = self.body.name.removesuffix("Request")
        headers = [entry for header in root.named(SOAP, "Header")
                   for entry in header.named(NAMESPACE, "Session")]
        self.session = headers[0].text.strip() if headers else None


def read_message(request):
    """Raises Unreadable."""
    if request.body_bytes > BODY_BYTES_MAX:
        raise Unreadable
    return Message(_tree(request.body))
