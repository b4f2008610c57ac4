"""Group `start`: how long a clean build, the second tools/up and a start of the gateway take."""
import os
import shutil
import subprocess
import time
from contextlib import ExitStack

from figures import spread
from rooms import ROOT, layout
from world import World, family, family_parent

STARTS = 5


def timed(command, **environment):
    """Seconds that a program took; its output goes to a log of the bench."""
    with open(layout.ROOT / "build" / "bench" / "start.log", "ab") as log:
        began = time.monotonic()
        subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL, stdout=log,
                       stderr=subprocess.STDOUT, env={**os.environ, **environment})
        return time.monotonic() - began


def clean_build():
    """The release preset into an empty folder, without the compiler cache."""
    folder = layout.ROOT / "build" / "bench" / "clean"
    try:
        return (timed(["cmake", "--preset", "release", "-B", str(folder)])
                + timed(["cmake", "--build", str(folder)], CCACHE_DISABLE="1"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def second_up():
    folder = str(layout.ROOT / "build" / "bench" / "up")
    up = [str(ROOT / "tools" / "up"), "--detach", "--folder", folder]
    try:
        timed(up)
        return timed(up)
    finally:
        timed([str(ROOT / "tools" / "down"), "--folder", folder])


def gateway_starts():
    """From the start of the process to its ready line, on a database with a parent's cases."""
    seconds = []
    with ExitStack() as stack:
        world = World(layout.ROOT / "build" / "bench" / "start", family())
        stack.callback(world.close)
        family_parent(world)
        for _ in range(STARTS):
            world.stop_gateway()
            began = time.monotonic()
            world.start_gateway()
            seconds.append(time.monotonic() - began)
    return seconds


def run(report, _chosen, say):
    report.add("start_gateway_s", spread(gateway_starts()))
    report.add("start_second_up_s", spread([second_up()]))
    say("a clean build, without the compiler cache ...")
    report.add("start_clean_build_s", spread([clean_build()]))
