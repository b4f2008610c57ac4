"""Reads the shipped unit as far as it confines the gateway, and confines a process the same way."""
import ctypes
import errno
import os
import re
import socket
import subprocess

from paths import text_of

UNIT = "config/systemd/casebridge.service"
ALLOW, KILL = 0x7FFF0000, 0x80000000
PROT_WRITE, PROT_EXEC = 2, 4
EQUAL, MASKED_EQUAL = 4, 7
FAMILIES_MAX = 46
FORBIDDEN = 0x00050000 | errno.EPERM
UNSUPPORTED = 0x00050000 | errno.EAFNOSUPPORT


def settings(name):
    """Every value of a setting of the unit, in order."""
    return re.findall(rf"^{name}=(.*)$", text_of(UNIT), re.M)


def group(name):
    """The system calls of one of systemd's groups, other groups within it included."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True,
                            text=True).stdout
    words = [line.strip() for line in listed.splitlines()[1:] if line.startswith("    ")]
    found = set()
    for word in (word for word in words if not word.startswith("#")):
        found |= group(word) if word.startswith("@") else {word}
    return found


def allowed_calls():
    """What SystemCallFilter leaves, read line by line as systemd does."""
    allowed = group("@default")
    for value in settings("SystemCallFilter"):
        removes = value.startswith("~")
        for word in value.lstrip("~").split():
            calls = group(word) if word.startswith("@") else {word}
            allowed = allowed - calls if removes else allowed | calls
    return allowed


class Compare(ctypes.Structure):
    """scmp_arg_cmp of libseccomp."""
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


class Filter:
    """A seccomp filter; what is not allowed kills, so that a test cannot overlook it."""

    def __init__(self):
        self.lib = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self.lib.seccomp_init.restype = ctypes.c_void_p
        self.lib.seccomp_load.argtypes = [ctypes.c_void_p]
        self.lib.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int,
                                                    ctypes.c_uint, ctypes.c_void_p]
        self.context = self.lib.seccomp_init(KILL)

    def number(self, call):
        return self.lib.seccomp_syscall_resolve_name(call.encode())

    def rule(self, action, call, *compares):
        number = self.number(call)
        if number < 0:  # a call of another architecture
            return
        array = (Compare * len(compares))(*compares)
        if self.lib.seccomp_rule_add_array(self.context, action, number, len(compares), array) != 0:
            raise OSError(f"no rule for {call}")

    def allow(self, call):
        """Allows a call, but for what MemoryDenyWriteExecute and RestrictAddressFamilies take from it."""
        if call == "mmap":
            both = PROT_WRITE | PROT_EXEC
            self.rule(FORBIDDEN, call, Compare(2, MASKED_EQUAL, both, both))
            for part in (0, PROT_WRITE, PROT_EXEC):
                self.rule(ALLOW, call, Compare(2, MASKED_EQUAL, both, part))
        elif call in ("mprotect", "pkey_mprotect"):
            self.rule(FORBIDDEN, call, Compare(2, MASKED_EQUAL, PROT_EXEC, PROT_EXEC))
            self.rule(ALLOW, call, Compare(2, MASKED_EQUAL, PROT_EXEC, 0))
        elif call == "socket":
            allowed = [getattr(socket, name) for name in settings("RestrictAddressFamilies")[0].split()]
            for family in range(FAMILIES_MAX):
                action = ALLOW if family in allowed else UNSUPPORTED
                self.rule(action, call, Compare(0, EQUAL, family, 0))
        else:
            self.rule(ALLOW, call)

    def load(self):
        if self.lib.seccomp_load(self.context) != 0:
            raise OSError("the filter cannot be loaded")


def confine():
    """Confines this process, and what it becomes, as the unit does."""
    made = Filter()
    for call in sorted(allowed_calls()):
        made.allow(call)
    if os.geteuid() == 0:  # SQLite gives new files to the database's owner, but only as root
        made.allow("fchown")
    os.umask(int(settings("UMask")[0], 8))
    made.load()
