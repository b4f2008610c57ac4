"""The tables of config/README.md against the code: no setting, event, metric or exit code is missing."""
import json
import re
import unittest

from paths import ROOT, table, text_of

DOCUMENT = "config/README.md"
LITERAL = re.compile(r'"([a-z][a-z0-9_.]*)"')


def sources(folder, *endings):
    return [file for file in sorted((ROOT / folder).rglob("*")) if file.suffix in endings]


def events_in(text):
    """Literal event names in calls of Log::write: those before the fields, after a level."""
    found = set()
    for call in re.finditer(r"\blog_?\.write\(", text):
        head = re.split(r"[{;]", text[call.end():call.end() + 400])[0]
        if not head.startswith('"'):
            found.update(LITERAL.findall(head))
    return found


def events_of_the_gateway():
    return set().union(*(events_in(file.read_text(encoding="utf-8")) for file in sources("core", ".cpp")))


def events_of_adapters():
    text = text_of("core/switchboard/log_facts.cpp")
    names = re.search(r"events\[\] = \{(.*?)\}", text, re.S)
    return {f"adapter.{name}" for name in LITERAL.findall(names.group(1))}


def names_in(rows):
    return [re.fullmatch(r"`([^`]+)`", row[0]).group(1) for row in rows]


def settings_in(schema, prefix=""):
    """(path, node) of each setting that has no settings below it."""
    for name, node in schema["properties"].items():
        path = f"{prefix}{name}"
        if "properties" in node:
            yield from settings_in(node, path + ".")
        elif "properties" in node.get("items", {}):
            yield from settings_in(node["items"], path + "[].")
        else:
            yield path, node


def shown_default(path, node, required):
    if "default" in node:
        shown = json.dumps(node["default"]).strip('"')
        return shown or "empty"
    return "required" if path in required else "none"


def required_in(schema, prefix=""):
    found = {prefix + name for name in schema.get("required", [])}
    for name, node in schema["properties"].items():
        if "properties" in node:
            found |= required_in(node, f"{prefix}{name}.")
        elif "properties" in node.get("items", {}):
            found |= required_in(node["items"], f"{prefix}{name}[].")
    return found


class Tables(unittest.TestCase):
    maxDiff = None

    def test_every_event_has_a_row_and_every_row_an_event(self):
        rows = names_in(table(DOCUMENT, "events"))
        self.assertEqual(sorted(rows), sorted(events_of_the_gateway() | events_of_adapters()))

    def test_the_events_are_looked_for_where_they_are(self):
        self.assertEqual(events_in('log_.write(LogLevel::info, "one.two",\n {{"field", x}});'), {"one.two"})
        self.assertEqual(events_in('parts.log.write(level, over ? "a" : "b", {{"c", d}})'), {"a", "b"})
        self.assertEqual(events_in('log.write("", "", 0, "kind", now)'), set())

    def test_every_metric_has_a_row_and_every_row_a_metric(self):
        found = set()
        for file in sources("core", ".cpp"):
            text = file.read_text(encoding="utf-8")
            found.update(re.findall(r"# TYPE (casebridge_\w+)", text))
            found.update(re.findall(r'add_gauge\(\s*"(casebridge_\w+)"', text))
        self.assertGreater(len(found), 1)
        self.assertEqual(sorted(names_in(table(DOCUMENT, "metrics"))), sorted(found))

    def test_every_exit_code_has_a_row(self):
        codes = re.findall(r"exit_\w+ = (\d+)", text_of("core/gateway/main.cpp"))
        self.assertEqual(sorted(names_in(table(DOCUMENT, "exit-codes")), key=int),
                         sorted(["0", *codes], key=int))

    def test_every_setting_has_the_row_that_its_schema_says(self):
        schema = json.loads(text_of("schemas/config/gateway.json"))
        required = required_in(schema)
        expected = [[f"`{path}`", shown_default(path, node, required),
                     node["description"].replace("|", "\\|")] for path, node in settings_in(schema)]
        self.assertEqual(table(DOCUMENT, "settings"), expected)

    def test_the_schema_names_the_settings_that_the_gateway_reads(self):
        readers = text_of("core/gateway/configuration.cpp") + text_of("core/vault/vault_settings.cpp")
        code = re.findall(r"only\(\s*\{(.*?)\}\)", readers, re.S)
        read = sorted(sorted(LITERAL.findall(names)) for names in code)
        schema = json.loads(text_of("schemas/config/gateway.json"))
        named = {tuple(sorted(node["properties"])) for node in self.objects(schema)}
        self.assertEqual([tuple(names) for names in read], sorted(named))

    def objects(self, node):
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                yield node
            for child in node.values():
                yield from self.objects(child)


if __name__ == "__main__":
    unittest.main()
