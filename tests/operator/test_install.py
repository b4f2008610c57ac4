"""`cmake --install`: all that a machine without the sources needs, and a gateway that starts from it."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import installed
import paths
from box import Box, sample
from client import Client
import local_tls

CREDENTIALS = "/run/credentials/casebridge.service"


def gateway(*arguments):
    command = [str(installed.file("/usr/bin/casebridge-gateway")), *map(str, arguments)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                          check=False)


class Place:
    """/etc/casebridge and the service's credentials, made as config/README.md says, in another place."""

    def __init__(self, folder):
        self.etc, self.credentials = folder / "etc", folder / "credentials"
        (self.etc / "tls").mkdir(parents=True)
        made = gateway("--make-keys", self.credentials)
        assert made.returncode == 0, made.stderr
        local_tls.ensure(self.etc / "tls")
        shutil.copy(self.etc / "tls" / "server.key", self.credentials / "tls.key")
        for name in ("database-password", "mail-password"):
            (self.credentials / name).write_text("plum-ladder-cloud-41\n", encoding="utf-8")
        for file in self.credentials.iterdir():  # as systemd leaves them
            file.chmod(0o400)
        self.credentials.chmod(0o500)
        (self.etc / "systems.yaml").write_text("systems: {}\n", encoding="utf-8")
        self.settings = self.etc / "gateway.yaml"
        shipped = installed.file("/usr/share/casebridge/config/production.yaml")
        text = shipped.read_text(encoding="utf-8")
        text = text.replace(CREDENTIALS, str(self.credentials)).replace("/etc/casebridge", str(self.etc))
        self.settings.write_text(text.replace("/usr/", f"{installed.root()}/usr/"), encoding="utf-8")


class Production(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="casebridge-production-")
        self.addCleanup(folder.cleanup)
        self.place = Place(pathlib.Path(folder.name))

    def check(self):
        done = gateway("--config", self.place.settings, "--check-config")
        return done.returncode, done.stderr

    def test_the_shipped_settings_are_good_where_they_are_installed(self):
        code, said = self.check()
        self.assertEqual(code, 0, said)

    def test_the_real_paths_stand_in_it(self):
        text = paths.text_of("config/production.yaml")
        for name in re.findall(r"(?<= )/usr/[\w./-]+", text):
            self.assertTrue(installed.file(name).exists(), name)

    def test_a_secret_that_is_missing_is_named_and_not_worth_a_restart(self):
        for name in ("database-password", "mail-password", "tls.key", "root.key"):
            with self.subTest(name=name):
                file = self.place.credentials / name
                self.place.credentials.chmod(0o700)
                kept = file.rename(self.place.etc / name)
                code, said = self.check()
                kept.rename(file)
                self.assertEqual(code, 78)
                self.assertIn(str(file), said)

    def test_no_secret_stands_in_a_settings_file(self):
        for name in ("config/production.yaml", "config/gateway.yaml"):
            text = re.sub(r"(?m)#.*$", "", paths.text_of(name))
            self.assertNotRegex(text, r"(?i)password\s*[:=]|://[^/\s]*:[^/\s]*@", name)


class Installed(unittest.TestCase):
    def test_every_part_is_in_its_place(self):
        programs = {file.name for file in installed.file("/usr/bin").iterdir()}
        self.assertEqual(programs, {"casebridge", "casebridge-gateway"})
        share = installed.file("/usr/share/casebridge")
        for name in ("schemas/openapi.yaml", "schemas/migrations/0001_accounts.sql", "states/tx/systems.yaml",
                     "config/messages/es.json", "config/passwords/common.txt", "config/README.md",
                     "config/nginx/casebridge.conf", "portal/index.html"):
            self.assertTrue((share / name).is_file(), name)

    def test_every_adapter_that_a_system_names_is_there_with_its_manifest(self):
        systems = installed.file("/usr/share/casebridge/states").glob("*/systems.yaml")
        named = {name for file in systems
                 for name in re.findall(r"(?m)^    adapter: (\w+)$", file.read_text(encoding="utf-8"))}
        self.assertTrue(named)
        plugins = installed.file("/usr/lib/casebridge/plugins")
        for name in named:
            files = {file.name for file in (plugins / name).iterdir()}
            self.assertEqual(files, {f"{name}.so", "manifest.yaml"})
        self.assertFalse((plugins / "sample").exists())

    def test_nothing_points_back_to_where_it_was_built(self):
        for name in ("casebridge", "casebridge-gateway"):
            head = subprocess.run(["readelf", "-d", str(installed.file(f"/usr/bin/{name}"))], check=True,
                                  capture_output=True, text=True).stdout
            self.assertNotRegex(head, "RPATH|RUNPATH")

    def test_a_parent_links_and_reads_with_a_gateway_that_runs_from_there(self):
        box = Box(sample())
        self.addCleanup(box.close)
        box.end_gateway()
        text = box.settings.read_text(encoding="utf-8")
        text = text.replace(str(box.place.plugins), str(installed.file("/usr/lib/casebridge/plugins")))
        for name in ("states", "schemas", "config/"):
            text = text.replace(f"{paths.ROOT}/{name}", f"{installed.file('/usr/share/casebridge')}/{name}")
        self.assertNotIn(f"{paths.ROOT}/s", text)
        box.settings.write_text(text, encoding="utf-8")
        box.place.bin = installed.file("/usr/bin")
        _, ready = box.start_gateway()
        self.assertEqual(Client(ready["addresses"][1]).get("/health/ready").status, 200)
        parent = box.parent().join()
        parent.link_and_read(next(one for one in box.scenario["credentials"] if one["id"] == "k1"))
        self.assertTrue(parent.read("/v1/cases")["data"])
        lines = [line for line in box.log_lines() if line["event"] == "gateway_started"]
        self.assertEqual(len(lines), 2, json.dumps(lines))


if __name__ == "__main__":
    unittest.main()
