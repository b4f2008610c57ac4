"""The written contract under the tools of others: a linter of OpenAPI, a strict reader of JSON Schema."""
import json
import os
import pathlib
import subprocess
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "schemas" / "openapi.yaml"
MADE = ROOT / "build" / "portal" / "openapi.json"
PROGRAMS = ROOT / "core" / "portal" / "node_modules" / ".bin"


def setUpModule():
    subprocess.run([str(ROOT / "tools" / "portal"), "--tests"], check=True)


def output_of_failure(command, **environment):
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout if done.returncode else ""


class UnderOtherTools(unittest.TestCase):
    maxDiff = None

    def test_the_document_is_openapi_3_1(self):
        # What only an extension refers to (the data of events) counts as unused there.
        self.assertEqual(output_of_failure(
            [str(PROGRAMS / "redocly"), "lint", "--extends=minimal", "--skip-rule=no-unused-components",
             "--format=stylish", str(DOCUMENT)], REDOCLY_TELEMETRY="off",
            REDOCLY_SUPPRESS_UPDATE_NOTICE="true"), "")

    def test_every_schema_is_one_of_2020_12(self):
        with open(DOCUMENT, encoding="utf-8") as file:
            MADE.write_text(json.dumps(yaml.safe_load(file), default=str), encoding="utf-8")
        self.assertEqual(output_of_failure(
            ["node", "--test", str(ROOT / "tests" / "openapi" / "strict.test.mjs")],
            CASEBRIDGE_OPENAPI_JSON=str(MADE)), "")


if __name__ == "__main__":
    unittest.main()
