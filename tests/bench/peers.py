"""What the gateway is measured beside: nginx that serves, nginx that proxies, and a bare Poco server."""
import os
import pwd
import signal
import subprocess

from rooms import free_port, layout, processes, wait_until
from load import fetch

# What both have in common. A connection carries 1000 requests, the default of nginx and of the gateway.
SETTINGS = """\
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 60s;
  default_type application/json;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{http}
}}
"""
STATIC = """\
  open_file_cache max=10;
  open_file_cache_valid 60s;
  server {{
    listen 127.0.0.1:{port} backlog=511;
    location = /v1/cases {{ alias {file}; }}
  }}"""
PROXY = """\
  upstream behind {{
    server 127.0.0.1:{behind};
    keepalive 64;
  }}
  server {{
    listen 127.0.0.1:{port} backlog=511;
    location / {{
      proxy_pass http://behind;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
    }}
  }}"""


class Nginx:
    """One nginx with two workers, in a folder of its own."""

    def __init__(self, folder, http):
        folder.mkdir(parents=True)
        user = f"user {pwd.getpwuid(os.geteuid()).pw_name};" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(SETTINGS.format(folder=folder, user=user, http=http))
        with open(folder / "output.log", "ab") as log:
            self._process = subprocess.Popen(
                ["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def close(self):
        self._process.send_signal(signal.SIGQUIT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Peers:
    """All three, serving `body` under the same path as the gateway."""

    def __init__(self, folder, body):
        file = folder / "cases.json"
        file.write_bytes(body)
        ports = {"nginx_static": free_port(), "nginx_proxy": free_port()}
        self.urls = {name: f"http://127.0.0.1:{port}/v1/cases" for name, port in ports.items()}
        self._nginx, self._poco = [], None
        try:
            self._start(folder, file, ports)
        except BaseException:
            self.close()
            raise

    def _start(self, folder, file, ports):
        static = STATIC.format(port=ports["nginx_static"], file=file)
        proxy = PROXY.format(port=ports["nginx_proxy"], behind=ports["nginx_static"])
        self._nginx.append(Nginx(folder / "nginx_static", static))
        self._nginx.append(Nginx(folder / "nginx_proxy", proxy))
        program = layout.ROOT / "build" / "release" / "bin" / "bench_bare_poco"
        self._poco, ready = processes.start("bare_poco", [str(program), str(file)], folder / "bare_poco.log")
        self.urls["bare_poco"] = ready["address"] + "/v1/cases"
        for url in self.urls.values():
            wait_until(url, lambda asked=url: answers(asked))

    def close(self):
        if self._poco:
            processes.stop([self._poco])
        for one in reversed(self._nginx):
            one.close()


def answers(url):
    try:
        return fetch(url, {})[0] == 200
    except OSError:
        return False
