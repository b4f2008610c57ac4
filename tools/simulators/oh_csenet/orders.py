"""The order blocks: one for each obligation that has codes, with the case's arrears in the first."""
from .codes import CONTROLLING, DEBT_TYPES, FREQUENCIES, ORDER_TYPES
from .layouts import ORDER

ORDERS_MAX = 9
# Bucket of the scenario: field of the amount, and the fields of its period where there are any.
_ARREARS = {
    "total_arrears": ("arrears_total", None, None),
    "arrears_assigned": ("tanf", "tanf_from", "tanf_to"),
    "arrears_family": ("non_tanf", "non_tanf_from", "non_tanf_to"),
    "foster_care_arrears": ("foster", "foster_from", "foster_to"),
    "medical_arrears": ("medical", "medical_from", "medical_to"),
}
_MEDICAL = {True: "Y", False: "N"}


def _is_secondary(obligation):
    return obligation["concurrent"] == "secondary"


def _has_codes(obligation):
    return obligation["debtType"] in DEBT_TYPES and obligation["frequency"] in FREQUENCIES


def _arrears_values(view):
    """Fields of the arrears; a period only where one balance stands for its bucket."""
    values = {}
    for bucket, (amount, start, end) in _ARREARS.items():
        rows = view.counted(bucket)
        values[amount] = view.sum_of(bucket)
        if start and len(rows) == 1:
            values |= {start: rows[0]["periodFrom"], end: rows[0]["periodTo"]}
    return values


def _order_values(order):
    locator = order["issuingLocator"]
    return {
        "fips_state": locator[:2], "fips_county": locator[2:5], "fips_sub": locator[5:],
        "order_id": order["orderId"], "filed": order["filed"], "type": ORDER_TYPES[order["type"]],
        "effective": order["effective"], "ends": order["ends"], "cancelled": order["cancelled"],
        "medical_ordered": _MEDICAL.get(order["medicalOrdered"]),
        "controlling": CONTROLLING.get(order["controlling"]), "new_order": "N", "docket": order["docket"],
    }


def _repayment_values(obligation):
    frequency = FREQUENCIES.get(obligation["arrearsFrequency"])
    if frequency is None:
        return {}
    return {"arrears_frequency": frequency, "arrears_amount": obligation["arrearsAmountCents"]}


def _obligation_values(obligation):
    return {
        "debt_type": DEBT_TYPES[obligation["debtType"]], "frequency": FREQUENCIES[obligation["frequency"]],
        "amount": obligation["amountCents"],
    } | _repayment_values(obligation)


def _without_obligation(view):
    """Carries arrears that no obligation can carry."""
    if not view.case["orders"]:
        return {}
    order = view.case["orders"][0]
    first = next((o for o in order["obligations"] if not _is_secondary(o)), None)
    return _order_values(order) | (_repayment_values(first) if first else {})


def orders(view, writer, last_payment):
    """[(ORDER, text)]; last_payment: the date all of them show, or None."""
    rows = [
        _order_values(order) | _obligation_values(obligation)
        for order in view.case["orders"] for obligation in order["obligations"]
        if not _is_secondary(obligation) and _has_codes(obligation)
    ][:ORDERS_MAX]
    arrears = _arrears_values(view)
    if not rows and any(view.counted(bucket) for bucket in _ARREARS):
        rows = [_without_obligation(view)]
    if rows:
        rows[0] |= arrears
    return [(ORDER, writer.block(ORDER, **row, last_payment=last_payment)) for row in rows]
