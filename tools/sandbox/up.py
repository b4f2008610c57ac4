"""Starts a sandbox and shows a parent's cases in it. See --help for what can be chosen."""
import argparse
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import build  # noqa: E402
import down  # noqa: E402
import journey  # noqa: E402
import layout  # noqa: E402
import local_tls  # noqa: E402
import processes  # noqa: E402

HTTPS_PORT, HTTP_PORT = 8443, 8080


def arguments():
    parser = argparse.ArgumentParser(prog="tools/up", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="continue the last sandbox instead of a new one")
    parser.add_argument("--detach", action="store_true", help="leave it running; tools/down stops it")
    return parser.parse_args()


def free_or(port):
    """The port itself when nobody listens there, else 0: any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return port
        except OSError:
            return 0


def start_simulators(clock):
    import os
    program = os.environ.get("CASEBRIDGE_SIMULATE", str(layout.ROOT / "tools" / "simulate"))
    record, ready = processes.start(
        "simulators", [program, "--scenario", str(layout.SCENARIO), "--control", "127.0.0.1:0",
                       "--tls-dir", str(layout.RUN / "systems-tls")], layout.RUN / "simulators.log")
    if clock:
        request = __import__("urllib.request", fromlist=["request"])
        body = json.dumps({"set": clock}).encode()
        request.urlopen(request.Request(ready["control"] + "/control/clock", data=body,
                                        headers={"Content-Type": "application/json"}), timeout=5).close()
    return record, ready


def write_overrides(ready):
    """Points the systems at the simulators, and says which certificate authority to trust there."""
    lines = ["systems:"]
    for system, address in ready["systems"].items():
        if address.startswith("http"):
            lines += [f"  {system}:", f"    origin: {address}", f"    ca: {ready['ca']}"]
    (layout.RUN / "systems.yaml").write_text("\n".join(lines) + "\n")


def write_settings(mail, https_port, http_port):
    root = layout.ROOT
    (layout.RUN / "gateway.yaml").write_text(f"""\
http:
  listen:
    - {{address: 127.0.0.1, port: {https_port}, certificate: {layout.TLS}/server.pem, key: {layout.TLS}/server.key}}
    - {{address: 127.0.0.1, port: {http_port}}}
  public_origin: https://localhost:{https_port or HTTPS_PORT}
storage: {{url: "sqlite:{layout.RUN}/casebridge.db"}}
folders:
  keys: {layout.RUN}/keys
  plugins: {build.plugin_folder()}
  states: {root}/states
  schemas: {root}/schemas
  messages: {root}/config/messages
  password_blocklist: {root}/config/passwords/blocklist.txt
mail: {{host: 127.0.0.1, port: {mail["smtp_port"]}, from: "Casebridge <no-reply@casebridge.example>", starttls: false}}
log: {{path: {layout.RUN}/gateway.log, level: info}}
system_overrides: [{layout.RUN}/systems.yaml]
""")


def start_everything(keep, last):
    records = []
    clock = last.get("clock") if keep else None
    try:
        record, simulators = start_simulators(clock)
        records.append(record)
        record, mail = processes.start("mail-sink", [str(layout.ROOT / "tools" / "mail-sink"), "--folder",
                                                     str(layout.RUN / "mail")], layout.RUN / "mail-sink.log")
        records.append(record)
        write_overrides(simulators)
        write_settings(mail, free_or(HTTPS_PORT), free_or(HTTP_PORT))
        gateway = build.bin_folder() / "casebridge-gateway"
        if not (layout.RUN / "keys").exists():
            subprocess.run([str(gateway), "--make-keys", str(layout.RUN / "keys")], check=True)
        now = journey.get_json(simulators["control"] + "/control/clock")["now"]
        record, ready = processes.start("gateway", [str(gateway), "--config", str(layout.RUN / "gateway.yaml"),
                                                    "--sandbox", "--clock-start", now], layout.RUN / "gateway.out")
        records.append(record)
    except BaseException:
        processes.stop(records)
        raise
    return {"processes": records, "control": simulators["control"], "mail": mail["http"],
            "addresses": ready["addresses"]}


def print_addresses(record):
    secure = record["addresses"][0].replace("127.0.0.1", "localhost")
    print(f"""
The gateway answers at   {secure}   (certificate authority: {layout.TLS}/ca.pem)
and without TLS at       {record["addresses"][1]}
Mail of the sandbox      {record["mail"]}/
Simulators' control port {record["control"]}
Sign in as               {journey.EMAIL} with password {journey.PASSWORD}
  {build.bin_folder()}/casebridge --server {secure} --ca {layout.TLS}/ca.pem sign-in""", flush=True)


def main():
    chosen = arguments()
    down.stop_sandbox()
    build.build()
    last = layout.read_record() or {}
    keep = chosen.keep and (layout.RUN / "casebridge.db").exists()
    if not keep:
        shutil.rmtree(layout.RUN, ignore_errors=True)
    layout.RUN.mkdir(parents=True, exist_ok=True)
    local_tls.ensure(layout.TLS)
    print("Starting simulators, mail sink and gateway ...", flush=True)
    record = start_everything(keep, last)
    layout.write_record(record)
    try:
        secure = record["addresses"][0].replace("127.0.0.1", "localhost")
        visit = journey.Visit(build.bin_folder() / "casebridge", secure, layout.TLS / "ca.pem",
                              layout.RUN / "session")
        if not keep:
            scenario = json.loads(layout.SCENARIO.read_text())
            journey.first_visit(visit, record["mail"], record["control"], scenario)
        else:
            visit.run("sign-in", lines=[journey.EMAIL, journey.PASSWORD])
        journey.show(visit)
    except BaseException:
        down.stop_sandbox()
        raise
    print_addresses(record)
    if chosen.detach:
        print("It keeps running; tools/down stops it.")
        return
    print("Press Ctrl-C to stop it.", flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    down.stop_sandbox()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    main()
