"""Makes the modules of the end-to-end tests importable: they start a sandbox and talk to it."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))
