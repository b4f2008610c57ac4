"""What payors hold and hand in during a run of tx-smart: methods, payments, recurring, plan requests."""
import datetime
import hashlib

from ..business_days import add_business_days

PRENOTE_BUSINESS_DAYS = 5
BANK_NOTICE_BUSINESS_DAYS, CARD_NOTICE_BUSINESS_DAYS = 2, 1
POSTING_BUSINESS_DAYS = 2
FIRST_PAYMENT_NUMBER = 501
CARD_FEE_BASIS_POINTS = 255


class Method:
    def __init__(self, number, is_card, last4, usable_from, expires):
        self.id = f"PM-{number}"
        self.is_card = is_card
        self.label = "VISA" if is_card else "CHECKING"
        self.last4 = last4
        self.usable_from = usable_from
        self.expires = expires
        self.removed = False

    def status(self, today):
        return "PrenotePending" if today < self.usable_from else "Verified"

    def earliest(self, today):
        """First day on which this method can pay."""
        notice = CARD_NOTICE_BUSINESS_DAYS if self.is_card else BANK_NOTICE_BUSINESS_DAYS
        return add_business_days(today, notice)

    def fee(self, cents):
        return (cents * CARD_FEE_BASIS_POINTS + 5000) // 10000 if self.is_card else 0


def _first_methods():
    long_ago = datetime.date.min
    return [Method(1, False, "6789", long_ago, None), Method(2, True, "4242", long_ago, "2027-09")]


class Payment:
    def __init__(self, number, user, case_number, cents, method, pay_on):
        self.number = number
        self.id = f"SP-{number:06d}"
        self.user = user
        self.case_number = case_number
        self.cents = cents
        self.is_card = method.is_card
        self.pay_on = pay_on
        self.posting_day = add_business_days(pay_on, POSTING_BUSINESS_DAYS)
        self.will_fail = False
        self.has_failed = False
        self.confirmation = None

    def status(self, today):
        if self.has_failed:
            return "Failed"
        if today >= self.posting_day:
            return "Failed" if self.will_fail else "Posted"
        return "Processing" if today >= self.pay_on else "Scheduled"

    def decline(self, today):
        """The bank refuses a payment that has not been posted."""
        if not self.is_card and self.status(today) in ("Scheduled", "Processing"):
            self.has_failed = True

    def row(self):
        """The posted payment as a row of the scenario's form."""
        return {
            "id": self.id, "amountCents": self.cents, "collectionDate": self.pay_on.isoformat(),
            "postedDate": self.posting_day.isoformat(), "source": "direct", "status": "applied",
            "adjusts": None, "ref": self.confirmation,
        }


class Wallet:
    """user: credential id of the payor."""

    def __init__(self, cases, list_of):
        self._methods = {}
        self._payments = {}
        self._plans = {}
        self._last_numbers = {}
        self._recurring = {
            case["caseNumber"]: [dict(row) for row in list_of(case, "recurring")] for case in cases}

    def next_number(self, kind, first=1):
        self._last_numbers[kind] = self._last_numbers.get(kind, first - 1) + 1
        return self._last_numbers[kind]

    def methods(self, user):
        """All methods of the user, removed ones too."""
        return self._methods.setdefault(user, _first_methods())

    def add_method(self, user, token, today):
        methods = self.methods(user)
        is_card = token.endswith("f")
        digits = int(hashlib.sha256(token.encode("ascii")).hexdigest()[:8], 16) % 10000
        usable_from = today if is_card else add_business_days(today, PRENOTE_BUSINESS_DAYS)
        expires = f"{today.year + 3}-{today.month:02d}" if is_card else None
        method = Method(len(methods) + 1, is_card, f"{digits:04d}", usable_from, expires)
        methods.append(method)
        return method

    def add_payment(self, user, case_number, cents, method, pay_on):
        number = self.next_number("payment", FIRST_PAYMENT_NUMBER)
        payment = Payment(number, user, case_number, cents, method, pay_on)
        self._payments[payment.id] = payment
        return payment

    def payment_of(self, user, payment_id):
        payment = self._payments.get(payment_id)
        return payment if payment is not None and payment.user == user else None

    def posted_rows(self, case_number, today):
        return [payment.row() for payment in self._payments.values()
                if payment.case_number == case_number and payment.status(today) == "Posted"]

    def recurring_of(self, case_number):
        """Rows in the scenario's form; they are this run's own and may be changed."""
        return self._recurring[case_number]

    def free_recurring_id(self):
        taken = {row["id"] for rows in self._recurring.values() for row in rows}
        number = 1
        while f"RP-{number}" in taken:
            number += 1
        return f"RP-{number}"

    def request_plan(self, case_number, plan):
        plan["id"] = f"PLR-{self.next_number('plan'):06d}"
        self._plans[case_number] = plan
        return plan["id"]

    def requested_plan(self, case_number):
        return self._plans.get(case_number)
