"""The landing directory: files appear under their name only when they are whole."""
import hashlib
import os
import re
import time

KEPT_DAYS = 30
_REQUEST = re.compile(r"GW_REQ_[0-9]{8}_(?!00)[0-9]{2}\.csv")
_PART_OCTETS = 1 << 20


class Content:
    """Octets of a file: parts, each repeated so many times."""

    def __init__(self, *parts):
        self._parts = [part if isinstance(part, tuple) else (part, 1) for part in parts]
        self.octets = sum(len(part) * times for part, times in self._parts)
        self.lines = sum(part.count(b"\r\n") * times for part, times in self._parts)

    def pieces(self):
        for part, times in self._parts:
            together = max(1, _PART_OCTETS // max(1, len(part)))
            for done in range(0, times, together):
                yield part * min(together, times - done)

    def sha256(self):
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()

    def first(self, count):
        left, kept = count, []
        for piece in self.pieces():
            kept.append(piece[:left])
            left -= len(kept[-1])
        return Content(b"".join(kept))

    def half(self):
        return self.octets // 2


class LandingZone:
    def __init__(self, folder):
        self.folder = folder
        self._outgoing, self._incoming, self._done = (
            os.path.join(folder, *path) for path in (("outgoing",), ("incoming",), ("incoming", "done")))
        self._written = {}

    def empty(self):
        """Makes the three directories, without files in them."""
        for directory in (self._outgoing, self._incoming, self._done):
            os.makedirs(directory, exist_ok=True)
            with os.scandir(directory) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        os.unlink(entry.path)

    def write(self, name, content, now, octets_per_second=None):
        place = os.path.join(self._outgoing, name)
        with open(place + ".tmp", "wb") as file:
            for piece in content.pieces():
                self._write_piece(file, piece, octets_per_second)
        os.replace(place + ".tmp", place)
        self._written[name] = now

    @staticmethod
    def _write_piece(file, piece, octets_per_second):
        if octets_per_second is None:
            file.write(piece)
            return
        step = max(1, octets_per_second // 10)
        for start in range(0, len(piece), step):
            file.write(piece[start:start + step])
            file.flush()
            time.sleep(len(piece[start:start + step]) / octets_per_second)

    def remove_old(self, now):
        for name, written in list(self._written.items()):
            if (now - written).days >= KEPT_DAYS:
                del self._written[name]
                try:
                    os.unlink(os.path.join(self._outgoing, name))
                except FileNotFoundError:
                    pass  # somebody else has cleaned up

    def request_names(self):
        try:
            return sorted(name for name in os.listdir(self._incoming) if _REQUEST.fullmatch(name))
        except FileNotFoundError:
            return []

    def has_checksum(self, name):
        return os.path.exists(self._checksum_path(name))

    def _checksum_path(self, name):
        return os.path.join(self._incoming, name + ".sha256")

    def take(self, name):
        """(octets, checksum file's octets or None) of a request file; both move aside."""
        with open(os.path.join(self._incoming, name), "rb") as file:
            octets = file.read()
        checksum = None
        if self.has_checksum(name):
            with open(self._checksum_path(name), "rb") as file:
                checksum = file.read()
            os.replace(self._checksum_path(name), os.path.join(self._done, name + ".sha256"))
        os.replace(os.path.join(self._incoming, name), os.path.join(self._done, name))
        return octets, checksum
