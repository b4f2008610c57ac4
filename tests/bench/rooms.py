"""Where the parts of the sandbox and the client of the tests are found."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools" / "sandbox"), str(ROOT / "tests" / "end_to_end")]
import build  # noqa: E402, F401
import down  # noqa: E402, F401
import layout  # noqa: E402, F401
import postgres  # noqa: E402, F401
import processes  # noqa: E402, F401
import sandbox  # noqa: E402, F401
from client import Client, Parent, sign_in_fields, wait_until  # noqa: E402, F401


def free_port():
    """A port of this machine that nobody listens on."""
    return sandbox.free_or(0)
