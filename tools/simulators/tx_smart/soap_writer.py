"""Writes SOAP 1.1 answers, in the usual style or in one that a fault asks for."""
import re

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NAMESPACE = "urn:itexas:smart:1"
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text):
    return _NOT_IN_XML.sub("?", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text):
    return _clean(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;").replace(
        "\r", "&#13;")


class Element:
    """content: text, list of elements, or None. amount: cents when it is an amount of money."""

    def __init__(self, name, content=None, **attributes):
        self.name = name
        self.content = content
        self.attributes = attributes
        self.space = "smart"
        self.nil = False
        self.amount = None

    def each(self):
        """This element and all inside it."""
        yield self
        if isinstance(self.content, list):
            for child in self.content:
                yield from child.each()


def amount_text(cents):
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"


def amount(name, cents, **attributes):
    element = Element(name, amount_text(cents), **attributes)
    element.amount = cents
    return element


def nothing(name, nil, **attributes):
    """An element that says that the value is not provided: empty, or nil."""
    element = Element(name, None, **attributes)
    element.nil = nil
    return element


class Style:
    """How the same content is written; the defaults are the usual way."""

    def __init__(self):
        self.soap_prefix = "soap"
        self.prefix = "s"  # "" = default namespace
        self.namespace = NAMESPACE
        self.encoding = "UTF-8"
        self.doctype = ""
        self.byte_order_mark = False


class Fault:
    """A SOAP fault; code None = without the detail of this service."""

    def __init__(self, faultcode, message, code=None, details=()):
        self.faultcode = faultcode
        self.message = message
        self.code = code
        self.details = list(details)

    def element(self, style):
        parts = [Element("faultcode", f"{style.soap_prefix}:{self.faultcode}"),
                 Element("faultstring", self.message)]
        if self.code is not None:
            smart = Element(
                "SmartFault", [Element("Code", self.code), Element("Message", self.message), *self.details])
            parts.append(Element("detail", [smart]))
        for part in parts:
            part.space = None
        fault = Element("Fault", parts)
        fault.space = "soap"
        return fault


class _Writer:
    def __init__(self, style):
        self._style = style

    def text(self, element, default_declared=False):
        style, spaces = self._style, ""
        name = element.name
        if element.space == "soap":
            name = f"{style.soap_prefix}:{name}"
        elif element.space == "smart" and style.prefix:
            name = f"{style.prefix}:{name}"
        elif element.space == "smart" and not default_declared:
            spaces, default_declared = f' xmlns="{style.namespace}"', True
        attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in element.attributes.items())
        if element.nil:
            attributes += f' xsi:nil="true" xmlns:xsi="{_SCHEMA_INSTANCE}"'
        if not element.content:
            return f"<{name}{spaces}{attributes}/>"
        if isinstance(element.content, str):
            inside = _clean(element.content)
        else:
            inside = "".join(self.text(child, default_declared) for child in element.content)
        return f"<{name}{spaces}{attributes}>{inside}</{name}>"


def write(document, style):
    """Octets of the envelope around an Element or a Fault."""
    element = document.element(style) if isinstance(document, Fault) else document
    soap = style.soap_prefix
    smart = f' xmlns:{style.prefix}="{style.namespace}"' if style.prefix else ""
    text = (
        f'<?xml version="1.0" encoding="{style.encoding}"?>\n{style.doctype}'
        f'<{soap}:Envelope xmlns:{soap}="{SOAP}"{smart}><{soap}:Body>\n'
        f"{_Writer(style).text(element)}\n</{soap}:Body></{soap}:Envelope>")
    return (b"\xef\xbb\xbf" if style.byte_order_mark else b"") + text.encode("utf-8", "replace")
