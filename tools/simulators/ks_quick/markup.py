"""Writes the XML of the answers: elements by prefix, namespaces declared once on the envelope."""
from xml.sax.saxutils import escape, quoteattr

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
QUICK = "urn:ks-quick:1"
CORE = "https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/"
HUMAN_SERVICES = "https://docs.oasis-open.org/niemopen/ns/model/domains/humanServices/6.0/"
NAMESPACES = {"soap": SOAP, "q": QUICK, "nc": CORE, "hs": HUMAN_SERVICES}
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
LINE = "\n"


class Element:
    """children: elements and text; None writes the short form of an empty element."""

    def __init__(self, name, children, attributes):
        self.name = name
        self.children = children
        self.attributes = attributes

    def walk(self):
        yield self
        for child in self.children or ():
            if isinstance(child, Element):
                yield from child.walk()


def element(name, *children, **attributes):
    return Element(name, list(children), attributes)


def empty(name, **attributes):
    return Element(name, None, attributes)


def envelope(content):
    return element("soap:Envelope", element("soap:Body", LINE, content, LINE))


def _write(node, prefixes, declarations, out):
    def named(name):
        prefix, colon, local = name.partition(":")
        return f"{prefixes[prefix]}:{local}" if colon else name

    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
            continue
        opening = named(part.name) + declarations
        declarations = ""
        opening += "".join(f" {name}={quoteattr(value)}" for name, value in part.attributes.items())
        if part.children is None:
            out.append(f"<{opening}/>")
            continue
        out.append(f"<{opening}>")
        stack.append(f"</{named(part.name)}>")
        for child in reversed(part.children):
            if isinstance(child, str):
                # The code of a SOAP fault is a name with a prefix, the only one in character data.
                stack.append(escape(named(child) if part.name == "faultcode" else child))
            else:
                stack.append(child)


def write(root, prefixes=None, namespaces=None, prologue=""):
    """The document's octets. prefixes: other prefixes for the usual ones; prologue: before the root."""
    prefixes = prefixes or {prefix: prefix for prefix in NAMESPACES}
    namespaces = namespaces or NAMESPACES
    declared = "".join(f' xmlns:{prefixes[prefix]}="{uri}"' for prefix, uri in namespaces.items())
    out = [DECLARATION, prologue]
    _write(root, prefixes, declared, out)
    return "".join(out).encode("utf-8")
