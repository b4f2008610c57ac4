"""A private PostgreSQL server for one test class: its own folder, a socket in it, no port."""
import os
import pathlib
import pwd
import signal
import subprocess
import tempfile

from client import wait_until


def programs():
    """The folder of the newest server that is installed; None without one."""
    found = pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda one: int(one.parts[-3]), default=None)
    return newest.parent if newest else None


class PostgresServer:
    """A running server; `url` of a database is what the gateway's settings want."""

    def __init__(self):
        self._bin = programs()
        self._folder = tempfile.TemporaryDirectory(prefix="casebridge-postgres-")
        self.folder = pathlib.Path(self._folder.name)
        self._user = None
        if os.geteuid() == 0:  # the server refuses to run as root
            self._user = "postgres"
            owner = pwd.getpwnam(self._user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._count = 0
        self._process = None
        self._run("initdb", f"--pgdata={self.folder}/data", "--auth=trust", "--username=casebridge",
                  "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        self.start()

    def _options(self):
        return {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}

    def _run(self, program, *arguments):
        subprocess.run([str(self._bin / program), *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._options())

    def start(self):
        with open(self.folder / "output.log", "ab") as log:
            self._process = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder),
                 "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB",
                 "-c", "max_connections=60"],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._options())
        wait_until("PostgreSQL", self._answers)

    def _answers(self):
        asked = [str(self._bin / "pg_isready"), "-q", "-h", str(self.folder)]
        return subprocess.run(asked, check=False).returncode == 0

    def stop(self):
        """At once, without waiting for clients."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)

    def new_database(self):
        self._count += 1
        name = f"test{self._count}"
        self._run("createdb", "-h", str(self.folder), "-U", "casebridge", name)
        return f"postgresql:host={self.folder} user=casebridge dbname={name}"

    def run_sql(self, url, statements):
        """On a database that new_database has made."""
        self._run("psql", "-q", "-v", "ON_ERROR_STOP=1", url.removeprefix("postgresql:"), "-c", statements)

    def close(self):
        if self._process.poll() is None:
            self.stop()
        self._folder.cleanup()
