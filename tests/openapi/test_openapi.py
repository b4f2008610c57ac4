"""Lints schemas/openapi.yaml: references resolve, names are unique, every operation says what it answers."""
import json
import pathlib
import re
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = yaml.safe_load((ROOT / "schemas" / "openapi.yaml").read_text(encoding="utf-8"))
METHODS = {"get", "post", "put", "patch", "delete", "head"}


def operations():
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def resolve(node):
    while "$ref" in node:
        target = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


class OpenApiLint(unittest.TestCase):
    def test_version_is_three_one(self):
        self.assertRegex(DOCUMENT["openapi"], r"^3\.1\.\d+$")

    def test_every_reference_resolves(self):
        for reference in references(DOCUMENT):
            self.assertIsNotNone(resolve({"$ref": reference}), reference)

    def test_every_component_schema_is_used(self):
        used = {reference.rsplit("/", 1)[1] for reference in references(DOCUMENT)}
        self.assertEqual(set(DOCUMENT["components"]["schemas"]) - used, set())

    def test_operation_ids_are_unique(self):
        ids = [operation["operationId"] for _, _, operation in operations()]
        self.assertEqual(len(ids), len(set(ids)))

    def test_every_operation_has_tag_summary_and_a_problem_answer(self):
        tags = {tag["name"] for tag in DOCUMENT["tags"]}
        for path, method, operation in operations():
            with self.subTest(operation=f"{method} {path}"):
                self.assertTrue(operation["summary"])
                self.assertTrue(set(operation["tags"]) <= tags)
                problem = {"$ref": "#/components/responses/Problem"}
                self.assertEqual(operation["responses"]["default"], problem)
                self.assertTrue(any(status[0] in "23" for status in operation["responses"]))

    def test_path_parameters_are_declared_and_nothing_else(self):
        for path, method, operation in operations():
            named = set(re.findall(r"\{(\w+)\}", path))
            declared = [resolve(p) for p in operation.get("parameters", [])]
            in_path = {p["name"] for p in declared if p["in"] == "path"}
            with self.subTest(operation=f"{method} {path}"):
                self.assertEqual(in_path, named)

    def test_required_members_are_described(self):
        for name, schema in DOCUMENT["components"]["schemas"].items():
            if schema.get("type") == "object" and "properties" in schema:
                missing = set(schema.get("required", [])) - set(schema["properties"])
                self.assertEqual(missing, set(), name)

    def test_request_bodies_refuse_unknown_members(self):
        for path, method, operation in operations():
            if "requestBody" not in operation:
                continue
            schema = resolve(operation["requestBody"]["content"]["application/json"]["schema"])
            self.assertIs(schema.get("additionalProperties"), False, f"{method} {path}")

    def test_no_example_holds_what_could_be_a_real_ssn(self):
        self.assertNotRegex(json.dumps(DOCUMENT), r"\b(?!9\d\d)\d{3}-\d{2}-\d{4}\b")


if __name__ == "__main__":
    unittest.main()
