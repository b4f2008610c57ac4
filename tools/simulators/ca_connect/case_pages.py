"""The pages of ca-connect that show cases."""
import base64
import html
import urllib.parse

from ..http_messages import Answer
from ..instants import parse_instant
from ..pdf import make_pdf
from . import pages, texts
from .look import NO_VALUE
from .routes import BASE

PAGE_SIZE = 10
BALANCE_KEYS = ("balance_type", "amount", "as_of")
PAYMENT_KEYS = ("payment_date", "posted", "source", "amount")
SCRIPT_IN_NAME = "<script>alert(1)</script><img onerror=x>"


def _path(case_number, rest):
    return f"{BASE}/case/{urllib.parse.quote(case_number)}/{rest}"


def home(desk, call):
    look = desk.look(call)
    rows, items = [], []
    for case, viewer in desk.cases_of(call.person):
        number = look.text(case["caseNumber"])
        role = look.loose_word(texts.ROLES[viewer["role"]], "home", case["caseNumber"])
        status = look.code(texts.STATUSES, case["status"])
        link = html.escape(_path(case["caseNumber"], "summary"))
        rows.append([f'<a href="{link}">{number}</a>', role, status])
        items.append(f'<li data-case="{html.escape(case["caseNumber"])}">{role}, {status}</li>')
    return pages.page(look, "cc-home", look.listing("cases", ("case_number", "role", "status"), rows, items))


def _support(look, found, place):
    if found is None:
        return NO_VALUE
    cents, frequency = found
    blank = "&nbsp;" if look.fault == "nbsp_all" else " "
    return f"{look.amount(cents, place)}{blank}{look.code(texts.FREQUENCIES, frequency)}"


def _names(look, names):
    return look.text("; ".join(f"{first} {last}" for first, last in names) or None)


def _parents(look, names):
    if look.fault == "script_inject" and names:
        names = [(names[0][0] + SCRIPT_IN_NAME, names[0][1]), *names[1:]]
    return _names(look, names)


def _facts(look, values):
    case = values.case
    facts = [
        (look.label("case_number"), look.text(case["caseNumber"])),
        (look.label("case_type"), look.code(texts.CASE_TYPES, case["caseType"])),
        (look.label("status"), look.code(texts.STATUSES, case["status"])),
        (look.label("role"), look.code(texts.ROLES, values.viewer["role"])),
        (look.label("other_parent"), _parents(look, values.other_parents())),
        (look.label("children"), _names(look, values.children())),
        (look.label("court_case"), look.text(values.court_case())),
        (look.label("current_support"), _support(look, values.current_support(), "current")),
        (look.label("arrears_payment"), _support(look, values.arrears_payment(), "arrears")),
        (look.label("other_state"), look.text(values.other_state())),
    ]
    if look.fault == "dup_label":
        facts.append((look.label("arrears_payment"), "$ 1.00"))
    return look.facts(facts)


def summary(desk, call):
    look, values = desk.look(call), call.values
    rows = [[look.code(texts.BALANCES, row["bucket"]), look.amount(row["amountCents"], "balance", place),
             look.date(row["asOf"])] for place, row in enumerate(values.balances())]
    comment = look.old_balances(BALANCE_KEYS)
    parts = [_facts(look, values), comment, look.money_table("balances", BALANCE_KEYS, rows)]
    if look.fault == "comment_dup":
        parts.append(comment)
    return pages.page(look, "cc-sum", "\n".join(parts))


def page_wish(call):
    """The number of the payments page asked for; None when it is no number."""
    number = call.request.parameters().get("page", "1")
    good = number.isascii() and number.isdigit() and len(number) <= 6 and int(number) > 0
    return int(number) if good else None


def page_key(call):
    return call.session.id, call.case


def payments(desk, call):
    look, number = desk.look(call), page_wish(call)
    rows = call.values.payments()
    pages_there = max(1, -(-len(rows) // PAGE_SIZE))
    if number is None:
        return pages.nothing(look)
    place, count = desk.paging.turn(
        page_key(call), number, pages_there, call.fault_is("duplicate_page"))
    if place is None:
        return pages.nothing(look)
    first = (place - 1) * PAGE_SIZE
    cells = [
        [look.date(row["collectionDate"]), look.date(row["postedDate"]),
         look.code(texts.SOURCES, row["source"]), look.amount(row["amountCents"], "payment", first + index)]
        for index, row in enumerate(rows[first:first + PAGE_SIZE])]
    table = look.money_table("payments", PAYMENT_KEYS, cells) + look.empty_mark(cells)
    if look.is_b:
        return pages.page(look, "cc-pay", f'<nav data-page="{number}" data-pages="{count}"></nav>{table}')
    if number < count:
        following = number if look.fault == "next_loop" else number + 1
        link = _path(call.case, f"payments?page={following}")
        table += f'\n<a rel="next" href="{link}">{look.message("next")}</a>'
    return pages.page(look, "cc-pay", table)


def documents(desk, call):
    look = desk.look(call)
    rows, items = [], []
    for row in call.values.documents():
        link = html.escape(_path(call.case, f"documents/{urllib.parse.quote(row['id'], safe='')}.pdf"))
        title, date = look.text(row["title"]), look.date(row["date"])
        rows.append([title, date, f'<a href="{link}">PDF</a>'])
        items.append(f'<li><a href="{link}">{title}</a> <time>{date}</time></li>')
    return pages.page(look, "cc-doc", look.listing("docs", ("document", "date", "link"), rows, items))


def document_content(desk, call):
    for row in call.values.documents():
        if row["id"] == call.fields["document"]:
            octets = (base64.b64decode(row["contentBase64"]) if "contentBase64" in row
                      else make_pdf(desk.run.scenario.seed, row["id"], row["title"]))
            return Answer(200, octets, "application/pdf")
    return pages.nothing(desk.look(call))


def appointments(desk, call):
    look = desk.look(call)
    rows = [[look.code(texts.APPOINTMENTS, row["kind"]), look.time(parse_instant(row["start"])),
             look.text(row["place"])] for row in call.values.appointments()]
    return pages.page(look, "cc-appt", look.listing("appts", ("appointment", "when", "place"), rows, None))


def _phone(phone):
    return f"{phone[2:5]}-{phone[5:8]}-{phone[8:12]}" if phone else None


def contacts(desk, call):
    look = desk.look(call)
    rows = [[look.text(row["office"]), look.text(_phone(row["phone"])), look.text(row["hours"])]
            for row in call.values.contacts()]
    return pages.page(look, "cc-cont", look.listing("contacts", ("office", "phone", "hours"), rows, None))


HANDLERS = {
    "home": home, "summary": summary, "payments": payments, "documents": documents,
    "document_content": document_content, "appointments": appointments, "contacts": contacts,
}
