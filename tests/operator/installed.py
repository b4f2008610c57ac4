"""What `cmake --install` makes: one copy in a folder of its own for all tests of a run."""
import atexit
import functools
import os
import pathlib
import shutil
import subprocess
import tempfile

from paths import BUILD, ROOT


@functools.lru_cache(maxsize=1)
def root():
    """The folder that stands for /, installed into with --prefix /usr."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="casebridge-install-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run([str(ROOT / "tools" / "portal")], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--install", str(BUILD), "--prefix", "/usr"], check=True,
                   stdout=subprocess.DEVNULL, env={**os.environ, "DESTDIR": str(folder)})
    return folder


def file(name):
    """Where `name`, an absolute path of the documents, stands in the copy."""
    return root() / name.lstrip("/")
