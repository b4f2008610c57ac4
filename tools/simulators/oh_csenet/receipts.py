"""The collection blocks: which payments are shown, and how."""
from .codes import METHOD_EFT, METHOD_MEMO, OTHER_SOURCE, PAYMENT_SOURCES
from .layouts import COLLECTION

COLLECTIONS_MAX = 108
OFFSET = "federal_tax_offset"
_NOT_YET = ("received", "pending", "held")


def applied(view):
    return [payment for payment in view.rows("payments") if payment["status"] not in _NOT_YET]


def shown(view):
    """Newest first. Where Ohio responds, federal offsets are only told of by COL P CITAX."""
    payments = [p for p in applied(view) if not (view.ohio_responds and p["source"] == OFFSET)]
    payments.sort(key=lambda p: (p["collectionDate"], p["postedDate"] or ""), reverse=True)
    return payments[:COLLECTIONS_MAX]


def last_payment(payments):
    """Newest date with money that came from the payer."""
    dates = [p["collectionDate"] for p in payments if p["amountCents"] > 0 and p["source"] != OFFSET]
    return max(dates, default=None)


def collection(payment, writer, memo=False):
    return COLLECTION, writer.block(
        COLLECTION, collected=payment["collectionDate"], posted=payment["postedDate"],
        amount=payment["amountCents"], source=PAYMENT_SOURCES.get(payment["source"], OTHER_SOURCE),
        method=METHOD_MEMO if memo else METHOD_EFT)
