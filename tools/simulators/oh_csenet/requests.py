"""The transactions a parent's gateway may send, what each must carry, and the answer to each."""
import datetime

from ..instants import seconds_after
from .case_information import case_information, information
from .inbox import Notice
from .layouts import CASE, INFORMATION, NCP_ID, NCP_LOCATE, PARTICIPANT

DECISION_DAYS = 30
BY_WITHHOLDING = "PAYMENTS ARE BEING RECEIVED BY INCOME WITHHOLDING."
MORE_NEEDED = "MORE INFORMATION IS NEEDED. PLEASE SEND PROOF OF INCOME."
_ACKNOWLEDGED = ("MSC", "P", "")


def _all_data(desk, _call, view, _transaction):
    if view.case["caseType"] == "locate_only":
        return _nothing_to_give(desk, view)
    return case_information(view, desk.writer, lambda kind, blocks: desk.send(view, kind, blocks))


def _non_iv_d_data(desk, call, view, transaction):
    if view.case["caseType"] == "non_iv_d":
        return _all_data(desk, call, view, transaction)
    return _nothing_to_give(desk, view)


def _nothing_to_give(desk, view):
    return [desk.send(view, ("CSI", "P", "FUINF"), [information(view, desk.writer)])]


def _status(desk, _call, view, _transaction):
    withheld = any(
        action["kind"] == "income_withholding" and action["status"] == "active"
        for action in view.rows("enforcement"))
    block = information(
        view, desk.writer, f"PROCESSING {view.case['processing']}", BY_WITHHOLDING if withheld else None)
    return [desk.send(view, ("MSC", "P", "GSPUD"), [block])]


def _interest(desk, _call, view, _transaction):
    money = desk.writer.money
    rows = view.counted("total_arrears") or view.counted("interest")
    as_of = max((row["asOf"].replace("-", "") for row in rows), default="")
    text = money(view.sum_of("total_arrears")) + money(view.sum_of("interest") or 0) + as_of
    block, blank = information(view, desk.writer)
    # Not as text: the sign of an amount may be a character that text must not have.
    return [desk.send(view, ("MSC", "P", "GSTAI"), [(block, block.put(blank, "line_1", text.ljust(80)))])]


def _acknowledge(desk, call, view, transaction, kind, confirmation):
    call.effect = True
    text = f"ACK {transaction.header('serial')} {confirmation}"
    return [desk.send(view, kind, [information(view, desk.writer, text)])]


def _update(desk, call, view, transaction):
    return _acknowledge(desk, call, view, transaction, _ACKNOWLEDGED, desk.confirmation("OHU"))


def _review(desk, call, view, transaction):
    if call.fault_is("aadin"):
        block = information(view, desk.writer, MORE_NEEDED)
        return [desk.send(view, ("EST", "A", "AADIN"), [block])]
    confirmation = desk.confirmation("OHR")
    decided = seconds_after(desk.now(), datetime.timedelta(days=DECISION_DAYS).total_seconds())
    outcome = "S" if view.case["status"] == "open" else "U"
    reason = "S" + outcome + transaction.header("reason")[2:]

    def decide():
        today = desk.today()
        block = information(view, desk.writer, f"REF {confirmation}")
        desk.inbox(view).add(Notice(("EST", "P", reason), today, [block], today))

    desk.run.clock.schedule(decided, decide)
    return _acknowledge(desk, call, view, transaction, ("EST", "A", "ANOAD"), confirmation)


HANDLERS = {
    ("CSI", "R", "FRINF"): _all_data,
    ("CSI", "R", "FRNNF"): _non_iv_d_data,
    ("MSC", "R", "GRUPD"): _status,
    ("MSC", "R", "GRINT"): _interest,
    ("MSC", "P", "LICAD"): _update,
    ("MSC", "P", "LICEM"): _update,
    ("MSC", "P", "GSUPD"): _update,
    ("EST", "R", "SRADJ"): _review,
    ("EST", "R", "SRMOD"): _review,
}
_NCP_ROLES = ("noncustodial_parent", "putative_father")


def _lacks(transaction, *blocks):
    return [block.name.upper().replace("_", "-") for block in blocks if not transaction.of_block(block)]


def _relationships(transaction):
    return [PARTICIPANT.get(text, "relationship") for text in transaction.of_block(PARTICIPANT)]


def missing_blocks(transaction, role):
    """Names of what the transaction lacks for a sender of that role; None when nobody may send it."""
    if transaction.kind not in HANDLERS:
        return None
    reason = transaction.kind[2]
    if reason in ("LICAD", "LICEM"):
        if role in _NCP_ROLES:
            return _lacks(transaction, NCP_ID, NCP_LOCATE)
        wanted = "S" if role == "caretaker_other" else "C"
        found = any(letter in ("C", wanted) for letter in _relationships(transaction))
        return [] if found else ["PARTICIPANT C"]
    if reason == "GSUPD":
        return _lacks(transaction, INFORMATION)
    if reason in ("SRADJ", "SRMOD"):
        missing = _lacks(transaction, CASE, NCP_ID, NCP_LOCATE, INFORMATION)
        relationships = _relationships(transaction)
        if not {"C", "S"}.intersection(relationships):
            missing.append("PARTICIPANT C")
        return missing if "D" in relationships else [*missing, "PARTICIPANT D"]
    return []


def answer(desk, call, view, transaction):
    """(lines, outcome) of a transaction that was found right."""
    if transaction.case_number != view.number:
        return [desk.reject(transaction)], "not_found"
    return HANDLERS[transaction.kind](desk, call, view, transaction), "ok"
