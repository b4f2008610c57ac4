"""Idempotency store of tx-smart writes: user and request id -> content and answer, for 24 hours."""
from ..instants import seconds_after
from .refusals import refuse, soap_answer

KEPT_SECONDS = 24 * 3600
_KEPT_FAULTS = ("S-301", "S-400", "S-401", "S-402", "S-403", "S-404", "S-405")


def content_of(message):
    """Operation with all attribute and element values but the request id, whatever their order."""
    values = []

    def collect(node, path):
        values.append((path, "", node.text.strip()))
        values.extend(
            (path, name, value.strip()) for name, value in node.attributes.items() if name != "requestId")
        for child in node.children:
            collect(child, f"{path}/{child.namespace} {child.name}")

    collect(message.body, message.operation)
    return sorted(values)


class Replays:
    def __init__(self):
        self._kept = {}

    def find(self, key, content, now):
        """The first answer again, or None; raises Refusal when the id was used for something else."""
        kept = self._kept.get(key)
        if kept is None or now >= kept[2]:
            return None
        if kept[0] != content:
            raise refuse("S-409")
        document, outcome = kept[1]
        return soap_answer(document, outcome)

    def keep(self, key, content, answer, now):
        """Answers that may be different next time are not kept."""
        code = getattr(answer.document, "code", None)
        if code is None or code in _KEPT_FAULTS:
            self._kept[key] = (content, (answer.document, answer.outcome), seconds_after(now, KEPT_SECONDS))
