"""What the state tells by itself: notices wait until the next look, then get their serial numbers."""
from ..instants import parse_instant
from . import receipts
from .case_information import information
from .codes import CLOSURE_REASONS, ENFORCEMENT_REASONS

LINES_MAX = 99


class Notice:
    """One transaction to come; blocks are made when it is sent."""

    def __init__(self, kind, born, blocks, resolution=None):
        self.kind = kind
        self.born = born
        self.blocks = blocks
        self.resolution = resolution


def _enforcement(view, writer, born):
    for action in view.rows("enforcement"):
        reason = ENFORCEMENT_REASONS.get(action["kind"])
        if reason:
            detail = action["detail"] if view.is_subject else None
            yield Notice(("ENF", "P", reason), born, [information(view, writer, detail)], action["date"])


def _hearings(view, writer, born, zone):
    for event in view.rows("events"):
        if event["kind"] == "hearing" and view.concerns_viewer(event) and not view.payments_only:
            local = zone.local(parse_instant(event["start"]))
            block = information(view, writer, local.strftime("HEARING %H%M"), event["place"])
            yield Notice(("ENF", "P", "GIHER"), born, [block], local.date())


def _offsets(view, writer, born):
    for payment in receipts.applied(view):
        if payment["source"] == receipts.OFFSET:
            block = receipts.collection(payment, writer, memo=view.ohio_responds)
            yield Notice(("COL", "P", "CITAX"), born, [block])


def _closure(view, writer, born):
    reason = view.case["closureReason"]
    if view.case["status"] == "closed" and reason in CLOSURE_REASONS:
        yield Notice(("MSC", "P", reason), born, [information(view, writer)], view.case["closed"])


class Inbox:
    """The notices of one case for one person; born: Ohio's date when the scenario began."""

    def __init__(self, view, writer, zone, born):
        self._waiting = [
            *_enforcement(view, writer, born), *_hearings(view, writer, born, zone),
            *_offsets(view, writer, born), *_closure(view, writer, born)]
        self._sent = []

    def add(self, notice):
        self._waiting.append(notice)

    def after(self, serial, send):
        """Lines with a greater serial, ascending; send(notice) makes (serial, line)."""
        self._sent += [send(notice) for notice in self._waiting]
        self._waiting.clear()
        return [line for number, line in self._sent if number > serial][:LINES_MAX]
