"""The writes of tx-smart."""
from . import codes, fields
from .reading import arrears_cents
from .refusals import refuse, result, wrong_field
from .soap_writer import Element, amount

SMALLEST_INSTALLMENT_CENTS = 7500
DECLINED_CARD_CENTS = 10000
_WIRE_FREQUENCIES = {wire: token for token, wire in codes.FREQUENCIES.items()}
_VAULT_TOKEN = r"vt_[0-9a-f]{16}"


def _require_payor(viewer):
    if viewer["role"] != "noncustodial_parent":
        raise refuse("S-403")


def _usable_method(desk, call):
    """The method a payment names; raises Refusal for one that cannot pay now."""
    wanted = fields.text(call.message.body, "MethodId", 64)
    for method in desk.wallet.methods(call.user):
        if method.id != wanted:
            continue
        if method.removed:
            raise refuse("S-401")
        if method.status(desk.today()) != "Verified":
            raise refuse("S-401", Element("UsableFrom", method.usable_from.isoformat()))
        return method
    raise refuse("S-301")


def add_payment_method(desk, call):
    token = fields.matching(call.message.body, "VaultToken", _VAULT_TOKEN)
    if token.endswith("0"):
        raise wrong_field("VaultToken")
    method = desk.wallet.add_method(call.user, token, desk.today())
    call.effect = True
    return result("AddPaymentMethod", [
        Element("MethodId", method.id), Element("Status", method.status(desk.today())),
        Element("UsableFrom", method.usable_from.isoformat())])


def remove_payment_method(desk, call):
    wanted = fields.text(call.message.body, "MethodId", 64)
    for method in desk.wallet.methods(call.user):
        if method.id == wanted and not method.removed:
            method.removed = True
            call.effect = True
            return result("RemovePaymentMethod", [Element("Result", "Ok")])
    raise refuse("S-301")


def _require_fee(call, method, cents, accepted):
    """The fee, when the caller accepted exactly it; no word is needed where there is none."""
    fee = method.fee(cents)
    if call.fault_is("fee_changed"):
        fee += call.fault_param("cents", 50)
    if (accepted or 0) != fee:
        raise refuse("S-405", amount("Fee", fee))
    return fee


def submit_payment(desk, call):
    body = call.message.body
    _require_payor(call.viewer)
    cents = fields.positive_cents(body, "Amount")
    fields.text(body, "MethodId", 64)
    pay_on = fields.optional_date(body, "PayOn")
    fields.optional_choice(body, "ApplyTo", ("Current", "Arrears"))
    accepted = fields.cents(body, "AcceptFee") if fields.optional(body, "AcceptFee") is not None else None
    method = _usable_method(desk, call)
    earliest = method.earliest(desk.today())
    pay_on = pay_on or earliest
    if pay_on < earliest:
        raise wrong_field("PayOn")
    fee = _require_fee(call, method, cents, accepted)
    if method.is_card and (cents == DECLINED_CARD_CENTS or call.fault_is("declined")):
        raise refuse("S-402")
    payment = desk.wallet.add_payment(call.user, call.case, cents, method, pay_on)
    payment.confirmation = f"SMP-{desk.today():%Y%m%d}-{payment.number:06d}"
    payment.will_fail = call.fault_is("declined")
    call.effect = True
    return result("SubmitPayment", [
        Element("PaymentId", payment.id), Element("Status", payment.status(desk.today())),
        amount("Fee", fee), Element("Confirmation", payment.confirmation)])


def create_recurring(desk, call):
    body = call.message.body
    _require_payor(call.viewer)
    cents = fields.positive_cents(body, "Amount")
    fields.text(body, "MethodId", 64)
    frequency = fields.choice(body, "Frequency", _WIRE_FREQUENCIES)
    first, last = fields.date(body, "FirstDate"), fields.optional_date(body, "LastDate")
    method = _usable_method(desk, call)
    if first < method.earliest(desk.today()):
        raise wrong_field("FirstDate")
    if last is not None and last < first:
        raise wrong_field("LastDate")
    row = {
        "id": desk.wallet.free_recurring_id(), "amountCents": cents, "methodId": method.id,
        "frequency": _WIRE_FREQUENCIES[frequency], "nextDate": first.isoformat(), "status": "active",
    }
    desk.wallet.recurring_of(call.case).append(row)
    call.effect = True
    return result("CreateRecurring", [
        Element("RecurringId", row["id"]), Element("NextDate", row["nextDate"])])


def cancel_recurring(desk, call):
    found = desk.recurring_named(call.person, fields.text(call.message.body, "RecurringId", 64))
    if found is None:
        raise refuse("S-301")
    viewer, row = found
    _require_payor(viewer)
    call.effect = row["status"] == "active"
    row["status"] = "cancelled"
    return result("CancelRecurring", [Element("RecurringId", row["id"]), Element("Status", "Cancelled")])


def request_payment_plan(desk, call):
    body = call.message.body
    _require_payor(call.viewer)
    cents = fields.positive_cents(body, "Installment")
    frequency = fields.choice(body, "Frequency", _WIRE_FREQUENCIES)
    first = fields.date(body, "FirstDue")
    if first < desk.today():
        raise wrong_field("FirstDue")
    if cents < SMALLEST_INSTALLMENT_CENTS:
        raise refuse("S-404", amount("Smallest", SMALLEST_INSTALLMENT_CENTS))
    number = desk.wallet.request_plan(call.case, {
        "arrearsStartCents": arrears_cents(desk, call), "installmentCents": cents,
        "frequency": _WIRE_FREQUENCIES[frequency], "firstDue": first.isoformat(),
        "lastDue": first.isoformat(), "paidCents": 0, "status": "requested"})
    call.effect = True
    return result("RequestPaymentPlan", [Element("PlanRequestId", number), Element("Status", "Submitted")])


def _check_address(address):
    fields.text(address, "Line1", 35)
    if len(fields.optional(address, "Line2") or "") > 35:
        raise wrong_field("Line2")
    fields.text(address, "City", 25)
    fields.matching(address, "State", "[A-Z]{2}")
    fields.matching(address, "Zip", r"[0-9]{5}([0-9]{4})?")


def update_contact(desk, call):
    body = call.message.body
    addresses = fields.nodes(body, "Address")
    if addresses:
        _check_address(addresses[0])
    changes = {}
    if fields.optional(body, "Phone") is not None:
        changes["phone"] = "+1" + fields.matching(body, "Phone", r"[0-9]{10}")
    if fields.optional(body, "Email") is not None:
        changes["email"] = fields.matching(body, "Email", r"[^@\s]{1,64}@[^@\s]{1,189}")
    if not changes and not addresses:
        raise wrong_field("Address")
    call.session.account.contact.update(changes)
    call.effect = True
    number = desk.wallet.next_number("contact")
    return result("UpdateContact", [Element("Confirmation", f"SMU-{desk.today():%Y%m%d}-{number:06d}")])


HANDLERS = {
    "AddPaymentMethod": add_payment_method, "RemovePaymentMethod": remove_payment_method,
    "SubmitPayment": submit_payment, "CreateRecurring": create_recurring,
    "CancelRecurring": cancel_recurring, "RequestPaymentPlan": request_payment_plan,
    "UpdateContact": update_contact,
}
