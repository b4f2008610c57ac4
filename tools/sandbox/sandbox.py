"""Starts the processes of one sandbox: simulators, mail sink, gateway."""
import json
import os
import pathlib
import re
import socket
import subprocess
import urllib.request

import down
import layout
import local_tls
import processes
import vouching

HTTPS_PORT, HTTP_PORT = 8443, 8080
# Each gets a free port, so that several sandboxes stand beside each other.
WIRE_SYSTEMS = ("tx-icop", "tx-smart", "ca-connect", "oh-csenet", "ks-quick")


def get_json(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)


def post_json(url, body):
    request = urllib.request.Request(url, data=json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def free_or(port):
    """The port when nobody listens there, else any free one: the public origin must name it beforehand."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_simulators(place, scenario, clock):
    program = os.environ.get("CASEBRIDGE_SIMULATE", str(layout.ROOT / "tools" / "simulate"))
    listen = [word for system in WIRE_SYSTEMS for word in ("--listen", f"{system}=127.0.0.1:0")]
    record, ready = processes.start(
        "simulators", [program, "--scenario", str(scenario), "--control", "127.0.0.1:0", *listen,
                       "--tls-dir", str(place.run / "systems-tls"),
                       "--ks-jwks", str(vouching.ensure(place.run)),
                       "--ga-drop", str(place.run / "ga-drop")], place.run / "simulators.log")
    if clock:
        post_json(ready["control"] + "/control/clock", {"set": clock})
    return record, ready


def known_systems():
    """The ids that states/ lists; a simulator may know more systems than there are adapters for."""
    ids = set()
    for file in (layout.ROOT / "states").glob("*/systems.yaml"):
        ids.update(re.findall(r"^  - id: ([a-z0-9-]+)$", file.read_text(encoding="utf-8"), re.M))
    return ids


def adapter_settings(scenario):
    """Settings of adapters that must agree with how the scenario's systems write; a line for each system."""
    options = scenario["systems"].get("oh-csenet", {}).get("options", {})
    return {"oh-csenet": f"{{code_page: {options.get('codePage', 'ascii')}, "
                         f"amount_sign: {options.get('amountSign', 'leading_minus')}}}"}


def write_overrides(place, ready, scenario):
    """Points the systems at the simulators, and says which certificate authority to trust there."""
    settings = adapter_settings(scenario)
    lines = ["systems:"]
    known = known_systems()
    for system, address in ready["systems"].items():
        if system in known and system == "ga-batch":
            drop = pathlib.Path(address).resolve()
            lines += [f"  {system}:",
                      f"    files: {{inbound: \"{drop}/outgoing\", outbound: \"{drop}/incoming\"}}"]
        elif system in known and address.startswith("http"):
            lines += [f"  {system}:", f"    origins: [\"{address}\"]", f"    ca: {ready['ca']}"]
            lines += [f"    settings: {settings[system]}"] if system in settings else []
            lines += vouching.overrides(place.run, scenario, ready["ca"]) if system == "ks-quick" else []
    (place.run / "systems.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_settings(place, mail, ports, database, deadline_permille, more):
    root = layout.ROOT
    https_port, http_port = ports
    database = database or f"sqlite:{place.run}/casebridge.db"
    portal = f"portal: {layout.PORTAL}" if layout.PORTAL.exists() else "# portal: not built"
    (place.run / "gateway.yaml").write_text(f"""\
http:
  listen:
    - address: 127.0.0.1
      port: {https_port}
      certificate: {layout.TLS}/server.pem
      key: {layout.TLS}/server.key
    - {{address: 127.0.0.1, port: {http_port}}}
  public_origin: https://localhost:{https_port}
storage: {{url: "{database}"}}
folders:
  keys: {place.run}/keys
  plugins: {place.plugins}
  states: {root}/states
  schemas: {root}/schemas
  messages: {root}/config/messages
  password_list: {root}/config/passwords/common.txt
  {portal}
mail: {{host: 127.0.0.1, port: {mail["smtp_port"]}, from: no-reply@casebridge.example, starttls: false}}
sign_in: {{second_factor: offered}}
workers: {{deadline_permille: {deadline_permille}}}
audit: {{checkpoint: {place.run}/audit.checkpoint}}
log: {{path: {place.run}/gateway.log, level: info}}
system_overrides: [{place.run}/systems.yaml]
{more}""", encoding="utf-8")


def start_gateway(place, now, name="gateway"):
    """Starts a gateway on the settings `name`.yaml of the sandbox's folder; its clock begins at `now`."""
    command = [str(place.bin / "casebridge-gateway"), "--config", str(place.run / f"{name}.yaml"),
               "--sandbox", "--clock-start", now]
    return processes.start(name, command, place.run / f"{name}.out")


def start(place, scenario=layout.SCENARIO, clock=None, ports=(HTTPS_PORT, HTTP_PORT), database=None,
          deadline_permille=1000, more=""):
    """Starts everything and returns the sandbox's record, also written to its folder. All or nothing runs.

    `database` is a storage url; without it the sandbox keeps a SQLite file of its own. `more`: further lines
    of the gateway's settings.
    """
    down.stop_sandbox(place)
    place.run.mkdir(parents=True, exist_ok=True)
    local_tls.ensure(layout.TLS)
    records = []
    try:
        record, simulators = start_simulators(place, scenario, clock)
        records.append(record)
        record, mail = processes.start("mail-sink", [str(layout.ROOT / "tools" / "mail-sink")],
                                       place.run / "mail-sink.log")
        records.append(record)
        write_overrides(place, simulators, json.loads(pathlib.Path(scenario).read_text(encoding="utf-8")))
        write_settings(place, mail, [free_or(port) for port in ports], database, deadline_permille, more)
        if not (place.run / "keys").exists():
            program = str(place.bin / "casebridge-gateway")
            subprocess.run([program, "--make-keys", str(place.run / "keys")], check=True)
        now = get_json(simulators["control"] + "/control/clock")["now"]
        record, ready = start_gateway(place, now)
        records.append(record)
    except BaseException:
        processes.stop(records)
        raise
    secure, plain = ready["addresses"]
    made = {"processes": records, "control": simulators["control"], "mail": mail["url"].rstrip("/"),
            "secure": secure.replace("127.0.0.1", "localhost"), "plain": plain}
    place.write_record(made)
    return made
