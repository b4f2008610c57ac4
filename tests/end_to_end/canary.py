"""How planted secrets are recognized, in files and in memory, and how a database is made to refuse writes."""
import base64
import contextlib
import json
import re
import sqlite3
import urllib.parse

from box import ROOT

STATE_TOKEN = "Curlew-Token_92f1"       # what every token of the simulated Texas begins with
OHIO_TOKEN = "c0ffee5eed9b41d0a7e3"     # and of the simulated Ohio, which are hexadecimal

# The states' tokens are random; this starts the same simulators with tokens that can be recognized.
SIMULATE = f"""#!/usr/bin/python3
import secrets, sys
sys.path.insert(0, {str(ROOT / 'tools')!r})
sys.dont_write_bytecode = True
token_urlsafe, token_hex = secrets.token_urlsafe, secrets.token_hex
secrets.token_urlsafe = lambda octets=32: ({STATE_TOKEN!r} + token_urlsafe(octets))[:43]
secrets.token_hex = lambda octets=16: ({OHIO_TOKEN!r} + token_hex(octets))[:2 * octets]
from simulators.command_line import main
sys.exit(main(sys.argv[1:]))
"""


def forms(secret):
    """How the secret looks raw, escaped and encoded, wherever it begins within what was encoded."""
    raw = secret.encode()
    made = {raw, raw.hex().encode(), raw.hex().upper().encode(), json.dumps(secret)[1:-1].encode(),
            urllib.parse.quote(secret, safe="").encode(), urllib.parse.quote_plus(secret).encode(),
            secret.replace('"', "&quot;").replace("&", "&amp;").encode(), raw.replace(b'"', b'""')}
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            # The first and last characters hold bits of their neighbours.
            text = encode(b"\0" * shift + raw).rstrip(b"=")
            made.add(text[(0, 2, 3)[shift]:-1])
    return made


@contextlib.contextmanager
def unique_violations(file, *tables):
    """While inside, every insert into these tables breaks a unique constraint, whoever makes it."""
    database = sqlite3.connect(file, timeout=10, isolation_level=None)
    try:
        database.execute("CREATE TABLE canary_trap (only_once INTEGER UNIQUE)")
        database.execute("INSERT INTO canary_trap VALUES (1)")
        for table in tables:
            database.execute(f"CREATE TRIGGER canary_trap_{table} BEFORE INSERT ON {table} "
                             "BEGIN INSERT INTO canary_trap VALUES (1); END")
        yield
    finally:
        for table in tables:
            database.execute(f"DROP TRIGGER IF EXISTS canary_trap_{table}")
        database.execute("DROP TABLE IF EXISTS canary_trap")
        database.close()


def core_of(pid):
    """(where, octets) of each mapping that a core file of this process would hold; needs to be root."""
    with open(f"/proc/{pid}/smaps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for mapping in re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", maps.read(), flags=re.M)[1:]:
            begin, end, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", mapping).groups()
            flags = re.search(r"^VmFlags: (.*)$", mapping, re.M).group(1).split()
            name = mapping.splitlines()[0].split()[-1]
            if "r" not in rights or "w" not in rights or "dd" in flags or "io" in flags:
                continue
            memory.seek(int(begin, 16))
            yield f"{name} {rights}", memory.read(int(end, 16) - int(begin, 16))
