"""schemas/openapi.yaml as lists of words, and which words of them an answer holds."""
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = "#/components/schemas/"


def words_of(node):
    words = node.get("enum", node.get("x-extensible-enum"))
    return words if isinstance(words, list) else None


def wanted_in(node, place):
    """Every (place, word) of the lists below a node of the document."""
    if isinstance(node, dict):
        for word in words_of(node) or ():
            yield place, word
        for name, inner in node.items():
            yield from wanted_in(inner, place if name in ("properties", "schemas") else f"{place}/{name}")
    elif isinstance(node, list):
        for inner in node:
            yield from wanted_in(inner, place)


class Document:
    def __init__(self, file=ROOT / "schemas" / "openapi.yaml"):
        self.tree = yaml.safe_load(file.read_text(encoding="utf-8"))
        self.wanted = set(wanted_in(self.tree["components"]["schemas"], ""))
        self._operations = [
            (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operation)
            for path, item in self.tree["paths"].items() for method, operation in item.items()]

    def operation(self, method, path):
        """None for what is no operation of the document."""
        for verb, form, operation in self._operations:
            if verb == method and form.fullmatch(path.partition("?")[0]):
                return operation
        return None

    def schema_of(self, operation, status, media_type):
        """The schema of a body with this status; problems have theirs whatever was asked."""
        if media_type == "application/problem+json" or operation is None:
            return {"$ref": SCHEMAS + "Problem"}
        answers = operation["responses"]
        said = answers.get(str(status), {}).get("content", {}).get(media_type, {})
        return said.get("schema")

    def resolve(self, schema, place):
        while "$ref" in schema:
            name = schema["$ref"].removeprefix(SCHEMAS)
            schema, place = self.tree["components"]["schemas"][name], f"/{name}"
        return schema, place

    def found_in(self, schema, value, place=""):
        """Every (place, word, is it in the list?) of a value that has this schema."""
        schema, place = self.resolve(schema, place)
        words = words_of(schema)
        if words is not None and isinstance(value, str):
            yield place, value, value in words
        for one in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
            if value is not None:
                yield from self.found_in(one, value, place)
        if isinstance(value, dict):
            yield from self._found_in_object(schema, value, place)
        elif isinstance(value, list) and "items" in schema:
            for one in value:
                yield from self.found_in(schema["items"], one, f"{place}/items")

    def _found_in_object(self, schema, value, place):
        members, others = schema.get("properties", {}), schema.get("additionalProperties")
        for name, one in value.items():
            if name in members:
                yield from self.found_in(members[name], one, f"{place}/{name}")
            elif isinstance(others, dict):
                yield from self.found_in(others, one, f"{place}/additionalProperties")
