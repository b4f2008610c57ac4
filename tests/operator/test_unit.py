"""The systemd unit: well formed, well confined, and the gateway does its work inside of what it allows."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import installed
import paths
import unit_file
from box import BoxCase
from client import Client

# Tenths of systemd's exposure level; services left as they come have 95.
EXPOSURE_MAX = 20


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *map(str, arguments)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60, check=False)


class UnitFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="casebridge-unit-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.unit = pathlib.Path(cls.folder.name, "casebridge.service")
        text = installed.file("/usr/lib/systemd/system/casebridge.service").read_text(encoding="utf-8")
        text = text.replace("/usr/bin/", f"{installed.file('/usr/bin')}/")
        cls.unit.write_text(text, encoding="utf-8")

    def test_systemd_understands_every_line(self):
        done = analyze("verify", "--man=no", self.unit)
        complaints = [line for line in done.stderr.splitlines() if "casebridge.service" in line]
        self.assertEqual((done.returncode, complaints), (0, []), done.stderr)

    def test_it_is_confined(self):
        done = analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}", self.unit)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_exit_codes_that_a_restart_does_not_mend_prevent_one(self):
        code = paths.text_of("core/gateway/main.cpp")
        number = lambda name: re.search(rf"exit_{name} = (\d+)", code).group(1)
        self.assertEqual(unit_file.settings("RestartPreventExitStatus"),
                         [f"{number('usage')} {number('configuration')}"])
        self.assertEqual(unit_file.settings("Restart"), ["on-failure"])

    def test_every_credential_that_the_settings_use_is_loaded(self):
        used = set(re.findall(r"/run/credentials/casebridge\.service/([\w.-]+)",
                              paths.text_of("config/production.yaml")))
        loaded = {value.split(":")[0] for value in unit_file.settings("LoadCredential")}
        self.assertEqual(loaded, used | {"root.key", "seal-0001.key"})

    def test_its_user_is_made(self):
        user = unit_file.settings("User")[0]
        self.assertRegex(installed.file("/usr/lib/sysusers.d/casebridge.conf").read_text(), f"(?m)^u {user} ")


class Confined(BoxCase):
    """The gateway under the unit's system calls, address families and memory rule; a breach would kill it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box.end_gateway()
        program = cls.box.place.bin / "casebridge-gateway"
        wrapper = cls.box.place.run / "bin"
        wrapper.mkdir()
        (wrapper / "casebridge-gateway").write_text(
            f"#!{sys.executable}\nimport os, sys\n"
            f"sys.path.insert(0, {str(pathlib.Path(__file__).parent)!r})\n"
            f"import unit_file\nunit_file.confine()\nos.execv({str(program)!r}, sys.argv)\n",
            encoding="utf-8")
        (wrapper / "casebridge-gateway").chmod(0o755)
        cls.box.place.bin = wrapper
        _, cls.ready = cls.box.start_gateway()

    def status(self):
        return pathlib.Path("/proc", str(self.box.gateway["pid"]), "status").read_text(encoding="ascii")

    def test_it_is_confined_at_all(self):
        self.assertRegex(self.status(), r"(?m)^NoNewPrivs:\t1$")
        self.assertRegex(self.status(), r"(?m)^Seccomp:\t2$")

    def test_adapters_are_loaded_and_a_parent_links_and_reads(self):
        health = Client(self.ready["addresses"][1]).get("/health/ready")
        self.assertEqual(health.status, 200)
        parent = self.box.parent().join()
        parent.link_and_read(self.credential("k1"))
        self.assertTrue(parent.read("/v1/cases")["data"])

    def test_it_writes_no_core(self):
        limits = pathlib.Path("/proc", str(self.box.gateway["pid"]), "limits").read_text(encoding="ascii")
        self.assertRegex(limits, r"(?m)^Max core file size +0 +0 ")

    def test_it_stops_as_it_should(self):
        self.assertEqual(self.box.end_gateway(), 0)
        self.box.start_gateway()


class Rules(unittest.TestCase):
    """The confinement of these tests bites, else the class above would show nothing."""

    def run_confined(self, code):
        program = f"import unit_file\nimport ctypes, mmap, socket\nunit_file.confine()\n{code}"
        return subprocess.run([sys.executable, "-c", program], cwd=pathlib.Path(__file__).parent,
                              stderr=subprocess.DEVNULL, timeout=30, check=False).returncode

    def test_memory_cannot_be_written_and_executed(self):
        code = "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)"
        tried = f"try:\n {code}\nexcept PermissionError:\n raise SystemExit(7)"
        self.assertEqual(self.run_confined(tried), 7)

    def test_other_address_families_are_refused(self):
        code = "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"
        self.assertEqual(self.run_confined(f"try:\n {code}\nexcept OSError:\n raise SystemExit(7)"), 7)

    def test_privileged_calls_end_the_process(self):
        self.assertLess(self.run_confined("ctypes.CDLL(None).chroot(b'/')"), 0)


if __name__ == "__main__":
    unittest.main()
