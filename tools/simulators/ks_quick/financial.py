"""The answer to GetFinancial."""
from . import receipts
from .codes import ASSISTANCE, DEBT_TYPES, FREQUENCIES, SIDES
from .debts import Balances, Monthly, arrears_of
from .markup import LINE, element, empty
from .values import NEVER, OPEN_END, amount, date, plain_date


def _money(name, cents):
    return element(name, amount(cents))


def _figures(view):
    monthly, balances = Monthly(view), Balances(view)
    last_date, last_cents = receipts.last_payment(view)
    return [
        _money("q:MonthlySupportAmount", monthly.support),
        _money("hs:ChildSupportArrearsPaymentAmount", monthly.arrears),
        _money("q:OtherMonthlyAmount", monthly.other), _money("q:TotalMonthlyAmount", monthly.total), LINE,
        _money("q:LastPaymentAmount", last_cents),
        element("q:LastPaymentDate", date(last_date, NEVER)), LINE,
        _money("hs:ChildSupportTotalArrearsAmount", balances.total_arrears),
        _money("q:TotalInterestOwed", balances.interest), _money("hs:ChildSupportFeesAmount", balances.fees),
        _money("q:TotalJudgmentAmount", balances.judgment),
        _money("hs:ChildSupportAssignedArrearsAmount", balances.assigned),
        _money("q:TotalOwedAmount", balances.total), element("q:AsOfDate", plain_date(balances.as_of)), LINE,
    ]


def _obligations(view):
    shown = []
    for order, row in view.obligations():
        debt, frequency = DEBT_TYPES.get(row["debtType"]), FREQUENCIES.get(row["frequency"])
        if debt is None or frequency is None:
            continue
        side = SIDES.get(row["concurrent"])
        shown.append(element(
            "q:Obligation", element("q:CourtOrder", order["orderId"]),
            element("q:OrderLocator", order["issuingLocator"]), element("q:DebtType", debt),
            _money("q:Amount", row["amountCents"]), element("q:Frequency", frequency),
            element("q:PrimarySecondaryCode", side) if side else empty("q:PrimarySecondaryCode"),
            _money("q:ArrearsAmount", arrears_of(view, row)),
            element("q:StartDate", date(row["start"], NEVER)),
            element("q:EndDate", date(row["end"], OPEN_END))))
    return element("q:Obligations", *_lines(shown)[1:])


def _lines(elements):
    """Each element on a line of its own."""
    return [part for child in elements for part in (LINE, child)]


def _recipient_class(view, recipient):
    if recipient in view.people:
        return "SELF" if recipient == view.asker else "PARTY"
    if recipient.lower().startswith("state:"):
        return "STATE" if recipient.upper() == f"STATE:{view.state}" else "OTHERSTATE"
    return "STATE"


def _flag(value):
    return "true" if value else "false"


def _payments(rows, more):
    return element("q:Payments", *_lines([
        element(
            "q:Payment", element("q:Date", plain_date(row.date)), _money("q:Amount", row.cents),
            element("q:SourceCode", row.source))
        for row in rows]), more=_flag(more))


def _disbursements(view, rows, more):
    def shown(row):
        last_digits = row["instrumentLast4"]
        return element(
            "q:Disbursement", element("q:Date", date(row["date"], NEVER)),
            element("q:RecipientClass", _recipient_class(view, row["recipient"])),
            _money("q:Amount", row["amountCents"]),
            *([element("q:InstrumentLast4", last_digits)] if last_digits else []))

    return element("q:Disbursements", *map(shown, rows), more=_flag(more))


def financial(view, message, change_receipts):
    """Content after the case number. change_receipts(rows, more, range): what a fault makes of them."""
    dates = receipts.Range(message.start, message.end, view.today)
    rows, more = change_receipts(*receipts.payments(view, dates), dates)
    assistance = ASSISTANCE.get(view.case["caseType"])
    return [
        LINE,
        *([element("hs:ChildSupportAssistanceStatusIndicatorCode", assistance), LINE] if assistance else []),
        *_figures(view), _obligations(view), LINE, _payments(rows, more), LINE,
        _disbursements(view, *receipts.disbursements(view, dates)),
    ]
