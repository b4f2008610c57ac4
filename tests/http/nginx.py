"""nginx with a configuration of a test's own, in a temporary folder, on the loopback address."""
import pathlib
import shutil
import socket
import subprocess
import tempfile

from wire import wait_for

PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """\
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
}}
"""


def is_installed():
    return pathlib.Path(PROGRAM).exists()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """Runs until closed. `http` is the inside of its http block; FOLDER is its own."""

    def __init__(self, port, http):
        self._temporary = tempfile.TemporaryDirectory(prefix="casebridge-nginx-")
        self.folder = pathlib.Path(self._temporary.name)
        self.folder.chmod(0o755)
        text = MAIN.format(folder=self.folder, http=http)
        (self.folder / "nginx.conf").write_text(text.replace("FOLDER", str(self.folder)), encoding="utf-8")
        self.process = subprocess.Popen(
            [PROGRAM, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e",
             str(self.folder / "error.log"), "-g", "daemon off;"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, self.process)
        except BaseException:
            self.close()
            raise

    def text(self, name):
        file = self.folder / name
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self._temporary.cleanup()
