"""What the answers say, in short rows that a test can set beside figures written by hand."""
import re

from client import DATASETS


def usd(money):
    """Dollars as text; None for what is not said."""
    if money is None:
        return None
    if money["currency"] != "USD":
        raise AssertionError(f"another currency: {money['currency']}")
    return money["amount"]


def case_row(record):
    said = record["data"]
    return said["number"], said["status"], said["assistance"], said["processing"], said["my_role"]


def people(record):
    return [(one["role"], one["name"]["first"], one["name"]["last"], one["active"], one["is_me"])
            for one in record["data"]["participants"]]


def order_row(record):
    said = record["data"]
    return (said["order_number"], said["issuing_state"], said["type"], said["effective_on"], said["ends_on"],
            said["cancelled_on"])


def obligation_row(record):
    said = record["data"]
    return (said["debt_type"], usd(said["amount"]), said["frequency"], usd(said["arrears_amount"]),
            said["arrears_frequency"])


def balance_row(record):
    said = record["data"]
    return said["bucket"], usd(said["amount"]), said["as_of"], said["is_aggregate"]


def receipt_row(record):
    said = record["data"]
    return said["collected_on"], said["posted_on"], usd(said["amount"]), said["source"], said["status"]


def disbursement_row(record):
    said = record["data"]
    return said["paid_on"], usd(said["amount"]), said["recipient"], said["status"]


def legs_row(record):
    return [(leg["jurisdiction"], leg["kind"], usd(leg["amount"]), leg["date"]) for leg in record["legs"]]


def contact_row(record):
    said = record["data"]
    return said["kind"], said["name"], said["office"], said["phone"], record["missing"].get("office")


def figure_row(figure):
    return figure["jurisdiction"], usd(figure["amount"]), figure["as_of"]


def due_row(due):
    return due and (usd(due["amount"]), due["date"], due["frequency"])


def paid_row(payment):
    return payment and (usd(payment["amount"]), payment["date"])


def rows(make, records):
    return [make(one) for one in records]


def kinds(records, kind):
    return [one for one in records if one["data"]["kind"] == kind]


class Reading:
    """Everything the API tells a parent about the cases, as read at one moment."""

    def __init__(self, parent):
        self.answers = parent.client.answers
        self.cases = parent.read("/v1/cases")
        asked = ",".join((*DATASETS, "obligations", "ledger"))
        self.files = {case["data"]["number"]: parent.read(f"/v1/cases/{case['id']}?include={asked}")
                      for case in self.cases["data"]}
        self.ledger = parent.read("/v1/ledger")
        self.ledgers = {case["data"]["number"]: parent.read(f"/v1/ledger?case={case['id']}")["data"]
                        for case in self.cases["data"]}
        self.summary = parent.read("/v1/me/summary")
        parent.read("/v1/links")

    def case(self, number):
        return next(one for one in self.cases["data"] if one["data"]["number"] == number)

    def section(self, number, name):
        return self.files[number]["sections"][name]["data"]

    def says(self, amount):
        """Whether any octet that was answered holds this amount, as dollars or as cents."""
        whole, cents = amount.split(".")
        spelt = rf"(?<![\w.]){whole[:-3]},?{whole[-3:]}(\.{cents})?(?![\w])|(?<!\w){whole}{cents}(?!\w)"
        return any(re.search(spelt, one.body.decode()) for one in self.answers)
