"""What parents handed in during a run of tx-icop: payments, recurring payments, messages, requests."""
import secrets
import string

from ..business_days import add_business_days
from ..instants import format_instant, seconds_after
from .render import date_of

HOSTED_SECONDS = 1800
POSTING_BUSINESS_DAYS = 2
REVIEW_SECONDS = 24 * 3600
DECISION_SECONDS = 30 * 24 * 3600
_LETTERS = string.ascii_letters + string.digits


class PaymentRequest:
    """CREATED until the hosted page decides or its time is over."""

    def __init__(self, number, person, case_number, cents):
        self.number = number
        self.id = f"PR-{number:06d}"
        self.person = person
        self.case_number = case_number
        self.cents = cents
        self.state = "CREATED"
        self.return_url = None
        self.hosted_token = None
        self.hosted_url = None
        self.end = None
        self.paid_day = None

    def host(self, base_url, return_url, now):
        self.return_url = return_url
        self.hosted_token = "h_" + "".join(secrets.choice(_LETTERS) for _ in range(10))
        self.hosted_url = f"{base_url}/hosted/{self.hosted_token}"
        self.end = seconds_after(now, HOSTED_SECONDS)

    def is_open(self, now):
        if self.state == "CREATED" and self.end is not None and now >= self.end:
            self.state = "EXPIRED"
        return self.state == "CREATED"

    def pay(self, day):
        self.state = "PAID"
        self.paid_day = day

    @property
    def post_day(self):
        return add_business_days(self.paid_day, POSTING_BUSINESS_DAYS)

    def description(self, desk, now):
        self.is_open(now)
        members = {"paymentRequestId": self.id, "state": self.state, "amount": desk.echo_amount(self.cents)}
        if self.state == "CREATED":
            members |= {"hostedUrl": self.hosted_url, "expiresAt": format_instant(self.end)}
        if self.state == "PAID":
            members["confirmationNumber"] = f"TXP-{self.paid_day:%Y%m%d}-{self.number:06d}"
            members["expectedPostDate"] = date_of(self.post_day)
        return members

    def payment_row(self, today):
        """The payment as a row of the scenario's form."""
        posted = today >= self.post_day
        return {
            "id": f"TX-W{self.number:06d}", "amountCents": self.cents,
            "collectionDate": self.paid_day.isoformat(),
            "postedDate": self.post_day.isoformat() if posted else None, "source": "direct",
            "status": "applied" if posted else "pending", "allocations": [], "adjusts": None,
            "ref": self.id,
        }


class ReviewRequest:
    def __init__(self, number, person, case_number, kind, now):
        self.number = number
        self.id = f"RQ-{number:06d}"
        self.person = person
        self.case_number = case_number
        self.kind = kind
        self.made = now
        self.is_rejected = False

    def status_at(self, now):
        decided = seconds_after(self.made, DECISION_SECONDS)
        reviewed = seconds_after(self.made, REVIEW_SECONDS)
        if now >= decided:
            state, updated = ("REJECTED" if self.is_rejected else "ACCEPTED"), decided
        elif now >= reviewed:
            state, updated = "IN_REVIEW", reviewed
        else:
            state, updated = "ACKNOWLEDGED", self.made
        return {
            "requestId": self.id, "kind": self.kind, "state": state,
            "updatedAt": format_instant(updated), "note": None,
        }


class Submissions:
    def __init__(self, system_id):
        self._system_id = system_id
        self._last_numbers = {}
        self._payments = {}
        self._requests = {}
        self._recurring = {}
        self._messages = []
        self._uploads = {}
        self._contact_changes = {}

    def next_number(self, kind):
        self._last_numbers[kind] = self._last_numbers.get(kind, 0) + 1
        return self._last_numbers[kind]

    def add_payment(self, person, case_number, cents):
        payment = PaymentRequest(self.next_number("payment"), person, case_number, cents)
        self._payments[payment.id] = payment
        return payment

    def payment_of(self, person, payment_id):
        payment = self._payments.get(payment_id)
        return payment if payment is not None and payment.person == person else None

    def payment_by_token(self, token):
        for payment in self._payments.values():
            if payment.hosted_token == token:
                return payment
        return None

    def paid_rows(self, case_number, today):
        return [
            payment.payment_row(today) for payment in self._payments.values()
            if payment.case_number == case_number and payment.state == "PAID"
        ]

    def add_request(self, person, case_number, kind, now):
        request = ReviewRequest(self.next_number("request"), person, case_number, kind, now)
        self._requests[request.id] = request
        return request

    def request_of(self, person, request_id):
        request = self._requests.get(request_id)
        return request if request is not None and request.person == person else None

    def recurring_of(self, case):
        """Rows in the scenario's form; they are this run's own and may be changed."""
        number = case["caseNumber"]
        if number not in self._recurring:
            rows = case["views"].get(self._system_id, {}).get("recurring", case["recurring"])
            self._recurring[number] = [dict(row) for row in rows]
        return self._recurring[number]

    def messages_of(self, person, case_number):
        """Newest entries last; a sent message is seen by its sender only."""
        return [m for m in self._messages if (m["person"], m["case"]) == (person, case_number)]

    def all_messages(self, case_number):
        return [m for m in self._messages if m["case"] == case_number]

    def add_message(self, person, case_number, row):
        self._messages.append({"person": person, "case": case_number, **row})

    def add_upload(self, person, case_number):
        document_id = f"UP-{self.next_number('upload'):04d}"
        self._uploads[document_id] = (person, case_number)
        return document_id

    def has_upload(self, person, case_number, document_id):
        return self._uploads.get(document_id) == (person, case_number)

    def change_contact(self, person_id, changes):
        self._contact_changes.setdefault(person_id, {}).update(changes)

    def profile_of(self, person):
        address = person["address"]
        if address is not None:
            address = {name: address[name] for name in ("line1", "line2", "city", "state", "zip")}
        phone = person["phone"][2:] if person["phone"] else None
        stored = {"mailingAddress": address, "phone": phone, "email": person["email"]}
        return stored | self._contact_changes.get(person["id"], {})


def free_id(prefix, taken):
    """The first of prefix1, prefix2, ... that is not taken."""
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"
