"""Common faults that change an answer on its way out."""

OVERSIZE_BYTES = 20 * 1024 * 1024
DRIP_BYTES_PER_SECOND = 10


class Delivery:
    """How an answer is sent: octets, announced length, and whether the connection ends."""

    def __init__(self, body):
        self.body = body
        self.announced_length = len(body)
        self.nothing = False
        self.cut = False
        self.close = False
        self.octets_per_second = None


def _pad(answer, total_bytes):
    missing = max(0, total_bytes - len(answer.body))
    if answer.padding:
        return answer.body + answer.padding * -(-missing // len(answer.padding))
    if (answer.content_type or "").startswith("text/html"):
        return answer.body + b"<!--" + b"x" * max(0, missing - 7) + b"-->"
    return answer.body[:-1] + b" " * missing + answer.body[-1:]


def _truncate(delivery, fault):
    size = len(delivery.body)
    kept = fault.params.get("bytes", int(size * fault.params.get("fraction", 0.5)))
    delivery.body = delivery.body[:min(kept, size)]
    delivery.cut = delivery.close = True


def _truncate_clean(delivery, fault):
    size = len(delivery.body)
    delivery.body = delivery.body[:int(size * fault.params.get("fraction", 0.5))]
    delivery.announced_length = len(delivery.body)


def _malformed(delivery, _fault):
    middle = len(delivery.body) // 2
    delivery.body = delivery.body[:middle] + b"\0" + delivery.body[middle + 1:]


def _slow_drip(delivery, fault):
    delivery.octets_per_second = fault.params.get("bytesPerSecond", DRIP_BYTES_PER_SECOND)


_CHANGES = {
    "truncate": _truncate, "truncate_clean": _truncate_clean, "malformed": _malformed,
    "slow_drip": _slow_drip,
}


def alter(answer, fault):
    """The delivery of an answer under a fault; changes the answer's head where the fault says so."""
    delivery = Delivery(answer.body)
    if fault is None:
        return delivery
    if fault.kind == "lost_answer":
        delivery.nothing = True
    if not answer.body:
        return delivery
    if fault.kind in _CHANGES:
        _CHANGES[fault.kind](delivery, fault)
    elif fault.kind == "wrong_content_type":
        answer.content_type = fault.params.get("contentType", "text/plain")
    elif fault.kind == "oversize":
        delivery = Delivery(_pad(answer, fault.params.get("bytes", OVERSIZE_BYTES)))
    elif fault.kind == "empty_body":
        answer.status = 200
        delivery = Delivery(b"")
    return delivery
