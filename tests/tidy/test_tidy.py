#!/usr/bin/python3
"""Each house rule fires on a bad snippet in a temporary tree, and keeps quiet on a good one."""
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
SCRIPT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..", "tools", "tidy")


def load():
    loader = importlib.machinery.SourceFileLoader("tidy", SCRIPT)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tidy", loader))
    loader.exec_module(module)
    return module


TIDY = load()

# A small house in order: two rooms, the contract, the kit and one adapter.
GOOD = {
    "core/base/CMakeLists.txt": "casebridge_library(NAME base LEVEL 0\n  SOURCES money.cpp)\n",
    "core/base/money.hpp": "// Money.\n#pragma once\n",
    "core/base/money.cpp": '// Money.\n#include "core/base/money.hpp"\n',
    "core/desk/CMakeLists.txt":
        "casebridge_library(NAME desk LEVEL 4\n  SOURCES ask.cpp\n  DEPENDS base\n  LINKS x::y)\n",
    "core/desk/ask.cpp": '// Asks.\n#include "core/base/money.hpp"\nvoid ask() {}\n',
    "plugins/abi/contract.h": "/* The contract. */\n",
    "plugins/sdk/CMakeLists.txt": "add_library(kit STATIC kit.cpp)\n",
    "plugins/sdk/kit.hpp": "// The kit.\n#pragma once\n",
    "plugins/sdk/kit.cpp": '// The kit.\n#include "plugins/abi/contract.h"\n#include "plugins/sdk/kit.hpp"\n',
    "plugins/ohio/CMakeLists.txt": "casebridge_adapter(ohio SOURCES ohio.cpp)\n",
    "plugins/ohio/ohio.cpp": '// Ohio.\n#include "plugins/sdk/kit.hpp"\n#include <nlohmann/json.hpp>\n',
    "schemas/model/case.json": '{"definitions": {"id": {"type": "string"}}, "properties": {"$defs": true,'
                               ' "id": {"$ref": "#/definitions/id", "description": "An id"}}}',
    "README.md": "A house.\n",
}


class TidyTest(unittest.TestCase):
    def rules_of(self, files):
        """The breaches of the good house with these files added or changed, as (file, line, rule)."""
        files = {**GOOD, **files}
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = os.path.join(root, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            return [breach[:3] for breach in TIDY.check(root)]

    def assert_rule(self, rule, name, text, line=1, **more):
        found = self.rules_of({name: text, **more})
        self.assertIn((name, line, rule), found)

    def assert_quiet(self, **files):
        self.assertEqual(self.rules_of(files=files), [])

    def test_a_house_in_order_has_no_breach(self):
        self.assert_quiet()

    def test_a_foreign_top_level_folder_is_named(self):
        self.assert_rule("top-level", "drafts/plan.md", "plan\n")

    def test_dot_files_are_welcome_at_the_top(self):
        self.assert_quiet(**{".editorconfig": "root = true\n"})

    def test_a_file_of_501_lines_is_too_long(self):
        self.assert_rule("file-length", "core/base/money.cpp", "// x\n" * 501, line=501)

    def test_a_file_of_500_lines_is_not(self):
        text = '// Money.\n#include "core/base/money.hpp"\n' + "\n" * 497 + "int x;\n"
        self.assert_quiet(**{"core/base/money.cpp": text})

    def test_a_line_of_111_characters_is_too_long(self):
        self.assert_rule("line-length", "tools/thing.sh", "#!/bin/sh\n#" + "é" * 110 + "\n", line=2)

    def test_a_line_of_110_characters_is_not(self):
        self.assert_quiet(**{"tools/thing.sh": "#!/bin/sh\n#" + "é" * 109 + "\n"})

    def test_a_function_of_71_lines_is_too_long(self):
        body = "// x\nnamespace a {\n\nint f(int x)\n{\n" + "  x++;\n" * 68 + "}\n}\n"
        self.assert_rule("function-length", "core/base/money.cpp", body, line=4)

    def test_a_function_of_70_lines_is_not(self):
        body = '// x\n#include "core/base/money.hpp"\nint f(int x)\n{\n' + "  x++;\n" * 67 + "}\n"
        self.assert_quiet(**{"core/base/money.cpp": body})

    def test_braces_in_texts_and_comments_do_not_count(self):
        body = '// x\n#include "core/base/money.hpp"\nvoid f() { g("{", \'{\', R"x({{)x"); /* { */ } // {\n'
        self.assert_quiet(**{"core/base/money.cpp": body + "\n" * 90 + "void h() {}\n"})

    def test_a_long_class_is_no_long_function(self):
        body = "// x\n#pragma once\nstruct alignas(8) A {\n" + "  void f() {}\n" * 90 + "};\n"
        self.assert_quiet(**{"core/base/money.hpp": body})

    def test_a_long_python_function_is_too_long(self):
        body = "#!/usr/bin/python3\ndef f():\n" + "    pass\n" * 70
        self.assert_rule("function-length", "tools/thing", body, line=2)

    def test_a_source_without_its_one_job_is_named(self):
        self.assert_rule("opening", "core/base/money.hpp", "#pragma once\n")

    def test_another_python_is_named(self):
        self.assert_rule("opening", "tools/thing", "#!/usr/bin/env python3\n")

    def test_an_upward_include_is_refused(self):
        self.assert_rule("include-direction", "core/base/money.cpp",
                         '// x\n#include "core/desk/ask.hpp"\n', line=2,
                         **{"core/desk/ask.hpp": "// Asks.\n"})

    def test_a_room_that_is_not_named_is_refused(self):
        cmake = "casebridge_library(NAME desk LEVEL 4\n  SOURCES ask.cpp)\n"
        found = self.rules_of({"core/desk/CMakeLists.txt": cmake})
        self.assertEqual(found, [("core/desk/ask.cpp", 2, "include-direction")])

    def test_a_room_without_its_line_is_named(self):
        self.assert_rule("include-direction", "core/mail/send.cpp", "// Sends.\n")

    def test_an_adapter_sees_only_the_kit_and_the_nouns(self):
        for address in ("core/desk/ask.hpp", "plugins/abi/contract.h", "plugins/texas/page.hpp"):
            with self.subTest(address):
                self.assert_rule("include-direction", "plugins/ohio/ohio.cpp",
                                 f'// Ohio.\n#include "{address}"\n', line=2, **{address: "// x\n"})

    def test_the_switchboard_may_see_the_contract(self):
        self.assert_quiet(**{
            "core/switchboard/CMakeLists.txt":
                "casebridge_library(NAME switchboard LEVEL 3 SOURCES a.cpp)\n",
            "core/switchboard/a.cpp": '// Calls.\n#include "plugins/abi/contract.h"\n'})

    def test_an_include_must_be_an_address_from_the_root(self):
        self.assert_rule("include-address", "core/base/money.cpp", '// x\n#include "money.hpp"\n', line=2)

    def test_fences(self):
        headers = ["Poco/Net/HTTPServer.h", "Poco/Net/ServerSocket.h", "soci/soci.h", "boost/dll.hpp",
                   "boost/dll/shared_library.hpp", "nlohmann/json.hpp", "simdjson.h"]
        for header in headers:
            with self.subTest(header):
                self.assert_rule("fence", "core/base/money.cpp", f"// x\n#include <{header}>\n", line=2)

    def test_fenced_headers_are_free_in_their_room(self):
        self.assert_quiet(**{
            "core/base/CMakeLists.txt":
                "casebridge_library(NAME base LEVEL 0 SOURCES money.cpp a_codec.cpp)\n",
            "core/base/a_codec.cpp": "// Reads.\n#include <nlohmann/json.hpp>\n#include <simdjson.h>\n",
            "core/http/CMakeLists.txt": "casebridge_library(NAME http LEVEL 5 SOURCES a.cpp)\n",
            "core/http/a.cpp": "// Serves.\n#include <Poco/Net/TCPServer.h>\n"})

    def test_the_schema_checker_lives_in_one_file(self):
        line = "// x\n#include <valijson/schema.hpp>\n"
        found = self.rules_of({"core/base/money.cpp": line, "core/desk/ask.cpp": line})
        self.assertIn(("core/desk/ask.cpp", 2, "fence"), found)

    def test_banned_type_names(self):
        for declaration in ("class CaseManager;", "struct UrlUtil {};", "enum class CommonKind { a };",
                            "using LinkImpl = int;", "class MailService;", "struct FormHelper;"):
            with self.subTest(declaration):
                self.assert_rule("banned-name", "core/base/money.hpp", f"// x\n{declaration}\n", line=2)

    def test_banned_file_names(self):
        for name in ("core/base/money_util.hpp", "tests/common/data.txt.sh", "tools/state_manager.py"):
            with self.subTest(name):
                self.assert_rule("banned-name", name, "// x\n" if name.endswith("hpp") else "#!/bin/sh\n")

    def test_words_of_the_house_are_not_banned(self):
        text = ("// A CaseManager is only spoken of.\n"
                "struct ServiceRequest;\nstruct HostServices;\nclass Utility;\n")
        self.assert_quiet(**{"core/base/money.hpp": text})

    def test_a_source_nobody_builds_is_dead(self):
        self.assert_rule("dead-file", "core/base/lost.cpp", "// x\n")

    def test_a_header_nobody_includes_is_dead(self):
        self.assert_rule("dead-file", "core/base/lost.hpp", "// x\n")

    def test_a_source_built_in_a_loop_is_alive(self):
        self.assert_quiet(**{
            "tests/CMakeLists.txt":
                "foreach(n a b)\n  add_library(${n} MODULE ${n}_plugin.cpp)\nendforeach()\n",
            "tests/a_plugin.cpp": "// A.\n", "tests/b_plugin.cpp": "// B.\n"})

    def test_markers_and_foreign_places(self):
        for text in ("// " + "TO" + "DO later", "FIX" + "ME", "see .." + "/shared/x", "cd /" + "work/x"):
            rule = "marker" if "TO" + "DO" in text or "FIX" + "ME" in text else "foreign"
            with self.subTest(text):
                self.assert_rule(rule, "README.md", "fine\n" + text + "\n", line=2)

    def test_a_masked_number_is_no_marker(self):
        self.assert_quiet(**{"README.md": "X" * 3 + "-XX-0001 and https://x.example/work/\n"})

    def test_schema_words_of_one_draft_only(self):
        for schema in ('{"$defs": {}}', '{"unevaluatedProperties": false}', '{"items": [{}]}',
                       '{"properties": {"a": {"prefixItems": []}}}', '{"anyOf": [{"dependentSchemas": {}}]}',
                       '{"$ref": "other.json"}', '{"$ref": "#/definitions/a", "type": "string"}', '{"a": ',
                       '{"contains": {"minContains": 2}}', '{"$dynamicRef": "#x"}'):
            with self.subTest(schema):
                self.assert_rule("schema", "schemas/adapter/a.json", schema)

    def test_the_line_of_a_schema_word_is_given(self):
        self.assert_rule("schema", "schemas/a.json", '{\n "type": "object",\n "minContains": 1}', line=3)

    def test_the_script_prints_one_line_per_breach_and_leaves_with_1(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(self.run_script(root).returncode, 0)
            with open(os.path.join(root, "notes.md"), "w", encoding="utf-8") as file:
                file.write("x\n")
            ended = self.run_script(root)
            self.assertEqual(ended.returncode, 1)
            self.assertEqual(ended.stdout, "notes.md:1: top-level: `notes.md` is not a room of this house\n")

    def run_script(self, root):
        return subprocess.run([SCRIPT, "--root", root], capture_output=True, text=True, check=False)


if __name__ == "__main__":
    unittest.main()
