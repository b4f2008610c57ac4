"""Starts the sandbox's processes, remembers them by id and start time, and ends exactly those."""
import json
import os
import select
import signal
import subprocess
import time


def start_time_of(pid):
    """The kernel's start tick of a process, so that a reused id is not taken for ours; None: it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return None if fields[0] == "Z" else int(fields[19])
    except (OSError, IndexError, ValueError):
        return None


def start(name, command, log_file, ready_timeout_s=60):
    """Starts a program that prints one JSON line when ready; returns (its record, that line as an object)."""
    with open(log_file, "ab") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                                   start_new_session=True)
    line = read_line(process, ready_timeout_s)
    if line is None:
        process.kill()
        process.wait()
        raise SystemExit(f"{name} did not start; its log is {log_file}")
    process.stdout.close()
    process.returncode = 0  # it is ended and waited for by its id; the object must not do that
    record = {"name": name, "pid": process.pid, "started": start_time_of(process.pid)}
    return record, json.loads(line)


def read_line(process, timeout_s):
    deadline = time.monotonic() + timeout_s
    data = b""
    while not data.endswith(b"\n"):
        readable, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        octet = os.read(process.stdout.fileno(), 1) if readable else b""
        if not octet:
            return None
        data += octet
    return data.decode()


def is_running(record):
    return record["started"] is not None and start_time_of(record["pid"]) == record["started"]


def stop(records, timeout_s=20):
    """Ends the processes in reverse order of their start: asks, waits, then insists."""
    for record in reversed(records):
        if is_running(record):
            os.kill(record["pid"], signal.SIGTERM)
            wait_for_end(record, timeout_s)
        if is_running(record):
            os.kill(record["pid"], signal.SIGKILL)
            wait_for_end(record, 5)


def wait_for_end(record, timeout_s):
    deadline = time.monotonic() + timeout_s
    while is_running(record) and time.monotonic() < deadline:
        try:
            os.waitpid(record["pid"], os.WNOHANG)  # reaps it when it is our child
        except ChildProcessError:
            pass
        time.sleep(0.02)
    try:
        os.waitpid(record["pid"], os.WNOHANG)
    except ChildProcessError:
        pass
