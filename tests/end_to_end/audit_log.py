"""The audit log read a second time, from what config/README.md says of it, with nothing of the gateway."""
import base64
import hashlib
import struct

COLUMNS = ("stream", "seq", "id", "at", "actor", "subject", "action", "outcome", "request", "details",
           "personal", "prev_hash", "hash")
GOOD, BROKEN, TRUNCATED, REWRITTEN, UNFIT = range(5)
NO_HASH = "0" * 64

# Ed25519, RFC 8032 §5.1: the curve, its base point and its order.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def x_of(y, odd):
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    return P - x if x % 2 != odd else x


def added(a, b):
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + y1 * x2) * pow(1 + product, -1, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P)


def times(number, point):
    total = (0, 1)
    while number:
        if number & 1:
            total = added(total, point)
        point = added(point, point)
        number >>= 1
    return total


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y)


def encoded(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decoded(octets):
    number = int.from_bytes(octets, "little")
    y, odd = number & (2**255 - 1), number >> 255
    x = x_of(y, odd) if y < P else None
    return None if x is None else (x, y)


def digest_number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def has_signed(public, signature, text):
    point, commitment = decoded(public), decoded(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or commitment is None or number >= ORDER:
        return False
    challenge = digest_number(signature[:32], public, text)
    return times(number, BASE) == added(commitment, times(challenge, point))


class Signer:
    def __init__(self, name, seed):
        wide = hashlib.sha512(seed).digest()
        self._number = int.from_bytes(wide[:32], "little") & (2**254 - 8) | 2**254
        self._prefix = wide[32:]
        self.name, self.public = name, encoded(times(self._number, BASE))

    @property
    def key(self):
        return "+".join((self.name, key_id(self.name, self.public).hex(), b64(b"\x01" + self.public)))

    def note(self, text):
        octets = text.encode()
        secret = digest_number(self._prefix, octets)
        commitment = encoded(times(secret, BASE))
        number = (secret + digest_number(commitment, self.public, octets) * self._number) % ORDER
        signature = commitment + number.to_bytes(32, "little")
        return f"{text}\n\u2014 {self.name} {b64(key_id(self.name, self.public) + signature)}\n"


def b64(octets):
    return base64.b64encode(octets).decode()


def key_id(name, public):
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


# The chain and the tree.

def leaf(row):
    """`row` as COLUMNS names it; without the last one, which is this hash."""
    fields = ["casebridge-audit-1", *(str(value) for value in row[:-1])]
    octets = b"".join(struct.pack(">I", len(one.encode())) + one.encode() for one in fields)
    return hashlib.sha256(b"\x00" + octets).digest()


class Tree:
    def __init__(self):
        self._parts, self.size = [], 0

    def add(self, digest):
        rest = self.size
        while rest & 1:
            digest = hashlib.sha256(b"\x01" + self._parts.pop() + digest).digest()
            rest >>= 1
        self._parts.append(digest)
        self.size += 1

    def root(self):
        if not self._parts:
            return hashlib.sha256(b"").digest()
        total = self._parts[-1]
        for one in reversed(self._parts[:-1]):
            total = hashlib.sha256(b"\x01" + one + total).digest()
        return total


def linked(rows):
    """The same rows with the places and hashes that they would have had."""
    made, before = [], NO_HASH
    for seq, row in enumerate(rows, 1):
        row = (row[0], seq, *row[2:-2], before, "")
        before = leaf(row).hex()
        made.append((*row[:-1], before))
    return made


def checkpoint(signer, rows):
    tree = Tree()
    for row in rows:
        tree.add(leaf(row))
    return signer.note(f"{signer.name}\n{tree.size}\n{b64(tree.root())}\n")


def opened(note, key):
    """(size, root) of a checkpoint that the key has signed about its own log; None for anything else."""
    name, shown_id, octets = key.split("+", 2)
    public = base64.b64decode(octets)[1:]
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        who, _, signed = rest.partition(" ")
        signed = base64.b64decode(signed)
        fits = mark == "\u2014" and who == name and signed[:4].hex() == shown_id == key_id(name, public).hex()
        if fits and has_signed(public, signed[4:], (text + "\n").encode()):
            origin, size, root = text.split("\n")[:3]
            return (int(size), base64.b64decode(root)) if origin == name else None
    return None


def verify(rows, note=None, key=None, size_min=0, stream="accounts"):
    """(code, first bad seq) of one stream, rows in their order."""
    outside = opened(note, key) if note is not None else None
    if note is not None and (outside is None or outside[0] < size_min):
        return UNFIT, None
    tree, before, rewritten = Tree(), NO_HASH, None
    for seq, row in enumerate(rows, 1):
        if outside and outside[0] == tree.size and outside[1] != tree.root():
            rewritten = tree.size
        digest = leaf(row)
        if row[0] != stream or row[1] != seq or row[-2] != before or row[-1] != digest.hex():
            return BROKEN, seq
        before = row[-1]
        tree.add(digest)
    if outside and outside[0] == tree.size and outside[1] != tree.root():
        rewritten = tree.size
    if rewritten is not None:
        return REWRITTEN, rewritten
    if outside and outside[0] > tree.size:
        return TRUNCATED, tree.size + 1
    return GOOD, None


def rows_of(connection, stream="accounts"):
    wanted = f"SELECT {', '.join(COLUMNS)} FROM audit_event WHERE stream = ? ORDER BY seq"
    return list(connection.execute(wanted, (stream,)))
