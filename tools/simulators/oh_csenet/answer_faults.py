"""Faults of oh-csenet: which calls each can change, and what it does to the lines of an answer."""
import re

from . import amounts
from .case_information import KIND as CASE_INFORMATION
from .layouts import (
    COLLECTION, HEADER, INFORMATION, NCP_ID, ORDER, PARTICIPANT, join, split,
)

_ARREARS = ("arrears_total", "tanf", "non_tanf", "foster", "medical")
_REQUESTS_FOR_CASE = ("FRINF", "FRNNF")
_DOTTED = "000000123.45"
_AMOUNT = re.compile(r"[-0-9][0-9]{10}[0-9}J-R]")


def _edited(line, edit):
    """The line with edit(block, text) applied to each of its blocks."""
    return join([(block, edit(block, text)) for block, text in split(line)])


def _first_edited(lines, edit):
    """Lines with edit applied to blocks until it changed one."""
    changed = list(lines)
    for place, line in enumerate(lines):
        parts = split(line)
        for index, (block, text) in enumerate(parts):
            after = edit(block, text)
            if after != text:
                parts[index] = (block, after)
                changed[place] = join(parts)
                return changed
    return changed


def _in_header(lines, name, value_of):
    """Lines with a header field rewritten from its present value."""
    return [HEADER.put(line, name, value_of(HEADER.get(line, name))) for line in lines]


def _last_with_counter_too_high(lines):
    if not lines:
        return lines
    line = lines[-1]
    count = int(HEADER.get(line, "collection_count"))
    if count < 9:
        return [*lines[:-1], HEADER.put(line, "collection_count", str(count + 1))]
    parts = split(line)
    parts.remove(next(part for part in parts if part[0] is COLLECTION))
    return [*lines[:-1], join(parts)]


def _blank_arrears(block, text):
    if block is ORDER:
        for name in _ARREARS:
            text = block.put(text, name, amounts.BLANK)
    return text


def _dotted(block, text):
    """A decimal point in the first amount of the block."""
    if block is INFORMATION and _AMOUNT.match(block.get(text, "line_1")):
        return block.put(text, "line_1", _DOTTED + block.get(text, "line_1")[12:])
    for name, field in block.fields.items():
        if field.kind == "M" and block.get(text, name).strip():
            return block.put(text, name, _DOTTED)
    return text


def _in_other_style(style, reason):
    other = amounts.other_style(style)

    def rewrite(text):
        return amounts.write(amounts.read(text, style), other)

    def edit(block, text):
        for name, field in block.fields.items():
            if field.kind == "M":
                text = block.put(text, name, rewrite(block.get(text, name)))
        if block is INFORMATION and reason == "GSTAI":
            line = block.get(text, "line_1")
            text = block.put(text, "line_1", rewrite(line[:12]) + rewrite(line[12:24]) + line[24:])
        return text
    return edit


def _unknown_source(block, text):
    return block.put(text, "source", "Z") if block is COLLECTION else text


def _letter_outside_ascii(block, text):
    if block not in (NCP_ID, PARTICIPANT):
        return text
    name = block.get(text, "last").rstrip(" ")
    return block.put(text, "last", (name[:-1] + "\u00c9").ljust(21)) if name else text


def _same_serials(lines):
    if len(lines) < 2:
        return lines
    first = HEADER.get(lines[0], "serial")
    return [lines[0], HEADER.put(lines[1], "serial", first), *lines[2:]]


def _swapped_sides(lines):
    return [line[7:14] + line[:7] + line[14:] for line in lines]


def _unknown_reason(lines):
    known = CASE_INFORMATION[2]
    return _in_header(lines, "reason", lambda reason: "FSXXX" if reason == known else reason)


def _other_sign(lines, style):
    return [_edited(line, _in_other_style(style, HEADER.get(line, "reason"))) for line in lines]


# kind: new lines from (lines, amount style); the lines are whole transactions.
_CHANGES = {
    "drift": lambda lines, _: _in_header(lines, "version", lambda _version: "004"),
    "duplicate_page": lambda lines, _: lines + lines,
    "short_line": lambda lines, _: [line[:-1] for line in lines[:1]] + lines[1:],
    "long_line": lambda lines, _: [line + " " for line in lines[:1]] + lines[1:],
    "rstrip_line": lambda lines, _: [line.rstrip(" ") for line in lines],
    "bad_counter": lambda lines, _: _last_with_counter_too_high(lines),
    "blank_amounts": lambda lines, _: [_edited(line, _blank_arrears) for line in lines],
    "bad_amount": lambda lines, _: _first_edited(lines, _dotted),
    "other_sign": _other_sign,
    "unknown_reason": lambda lines, _: _unknown_reason(lines),
    "unknown_source": lambda lines, _: _first_edited(lines, _unknown_source),
    "dup_serial": lambda lines, _: _same_serials(lines),
    "cont_missing": lambda lines, _: lines[:-1],
    "cont_order": lambda lines, _: lines[::-1],
    "swap_local_other": lambda lines, _: _swapped_sides(lines),
    "leading_zero_case": lambda lines, _: _in_header(
        lines, "case_id", lambda number: number.rstrip(" ").rjust(15, "0")),
    "latin1": lambda lines, _: _first_edited(lines, _letter_outside_ascii),
}
_SHAPES = {"trailing_cr": {"carriage_return": True}, "no_newline": {"last_end": False}, "wrong_codepage": {}}
_IN_CASE_INFORMATION = (
    "blank_amounts", "unknown_reason", "cont_missing", "cont_order", "latin1")
_NOT_EVERYWHERE = {
    "bad_amount": ("GRINT",), "other_sign": ("GRINT",), "unknown_source": (), "dup_serial": ()}

KINDS = (
    *(kind for kind in _CHANGES if kind not in ("drift", "duplicate_page")), *_SHAPES, "abend", "job_lost",
    "job_never", "aadin")


def _requests_changed(kind):
    """Reasons of the requests whose answer a fault can change; None for all."""
    if kind in _IN_CASE_INFORMATION:
        return _REQUESTS_FOR_CASE
    if kind in _NOT_EVERYWHERE:
        return _REQUESTS_FOR_CASE + _NOT_EVERYWHERE[kind]
    return None


def can_act(fault, op, request_reason, has_lines, page):
    """request_reason: of the transaction that is answered; has_lines: whether its lines come now."""
    kind = fault.kind
    if kind in ("job_lost", "job_never"):
        return op == "job"
    if kind == "aadin":
        return op == "csenet" and request_reason in ("SRADJ", "SRMOD")
    if kind in _SHAPES and op == "auth":
        return True
    if kind == "latin1" and page.name == "cp037":
        return False
    if kind not in _CHANGES and kind not in _SHAPES:
        return True
    if op == "inbox":
        return kind not in _IN_CASE_INFORMATION
    reasons = _requests_changed(kind)
    return op in ("csenet", "job") and has_lines and (reasons is None or request_reason in reasons)


def apply(call, answer, amount_style):
    """The answer as the fault of the call wants it; answers without lines stay as they are."""
    if call.fault is None or not hasattr(answer, "lines"):
        return answer
    kind = call.fault.kind
    if kind in _CHANGES and answer.has_transactions:
        answer.body = answer.page.encode(_CHANGES[kind](answer.lines, amount_style))
    elif kind in _SHAPES:
        page = answer.page.other() if kind == "wrong_codepage" else answer.page
        answer.body = page.encode(answer.lines, **_SHAPES[kind])
    return answer
