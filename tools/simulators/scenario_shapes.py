"""Shape of a scenario file, member by member."""
from .checks import (
    base64_text, boolean, by_kind, exactly, instant, keyed, listing, mapping, nullable, number, one_of,
    record, text, whole,
)

SYSTEMS = ("tx-icop", "tx-smart", "ca-connect", "oh-csenet", "ks-quick", "ga-batch")
CREDENTIAL_STATES = (
    "active", "none", "disabled", "disabled_safety", "no_case", "password_expired", "locked",
)

TEXT = text()
TEXT_OR_NULL = nullable(TEXT)
DATE = text(r"\d{4}-\d{2}-\d{2}")
DATE_OR_NULL = nullable(DATE)
STATE = text(r"[A-Z]{2}")
LOCATOR = text(r"[0-9A-Z]{7}")
SYSTEM = one_of(*SYSTEMS)
PHONE = text(r"\+1\d{3}55501\d{2}")
CENTS = whole()
FREQUENCIES = (
    "weekly", "biweekly", "semimonthly", "monthly", "bimonthly", "quarterly", "semiannual", "annual", "once",
    "none",
)
FREQUENCY = one_of(*FREQUENCIES)
DEBT_TYPE = one_of(
    "child_support", "spousal_support", "medical_support_cash", "medical_costs", "arrears_judgment",
    "interest", "genetic_test_fee", "annual_fee", "other_fee", "agency_recovery", "voluntary_gift", "other",
)
CONCURRENT = one_of("none", "primary", "secondary")
ARREARS_BUCKETS = (
    "arrears_family", "arrears_assigned", "arrears_unspecified", "medical_arrears", "spousal_arrears",
    "foster_care_arrears", "interest", "fee", "judgment",
)

ADDRESS = record({
    "line1": text(longest=35), "line2": TEXT_OR_NULL, "city": text(longest=25), "state": STATE,
    "zip": text(r"\d{5}(\d{4})?"), "confirmed": DATE_OR_NULL,
})
PERSON = record({
    "id": TEXT,
    "name": record({"first": TEXT, "middle": TEXT_OR_NULL, "last": TEXT, "suffix": TEXT_OR_NULL}),
    "dob": DATE, "ssn": text(r"(9|000)\d+", 9, 9), "gender": one_of("M", "F", "X"),
    "language": one_of("en", "es"), "email": nullable(text(r"[^@]+@example\.[a-z]+")),
    "phone": nullable(PHONE), "address": nullable(ADDRESS),
    "employer": nullable(record({"name": text(longest=40), "ein": text(r"\d{9}"), "address": ADDRESS})),
})
PARTICIPANT = record({
    "person": TEXT,
    "role": one_of("custodial_party", "noncustodial_parent", "child", "putative_father", "caretaker_other"),
    "relationToCp": one_of(
        "adopted", "natural", "foster", "grandchild", "niece_nephew", "none", "other", "sibling", "cousin",
        "ward", None),
    "paternity": one_of(
        "wedlock", "genetic_test", "adoption", "judicial", "acknowledged", "other", None),
    "active": boolean, "memberId": TEXT_OR_NULL, "familyViolence": one_of("P", "C", "D", None),
})
OBLIGATION = record({
    "id": TEXT, "debtType": DEBT_TYPE, "amountCents": CENTS, "frequency": FREQUENCY,
    "arrearsAmountCents": nullable(CENTS), "arrearsFrequency": nullable(FREQUENCY), "start": DATE,
    "end": DATE_OR_NULL, "concurrent": CONCURRENT, "obligor": TEXT_OR_NULL,
})
ORDER = record({
    "orderId": text(longest=17), "docket": text(longest=17), "issuingState": STATE,
    "issuingLocator": LOCATOR, "tribunal": TEXT, "type": one_of("judicial", "administrative", "paternity"),
    "filed": DATE, "effective": DATE, "ends": DATE_OR_NULL, "cancelled": DATE_OR_NULL,
    "controlling": one_of("determined", "presumed", "no", "unknown"), "medicalOrdered": nullable(boolean),
    "obligations": listing(OBLIGATION),
})
BALANCE = record({
    "bucket": one_of("current_due", *ARREARS_BUCKETS, "total_owed", "total_arrears", "monthly_due"),
    "debtType": DEBT_TYPE, "amountCents": CENTS, "assignee": text(r"family|unknown|state:[A-Z]{2}"),
    "periodFrom": DATE_OR_NULL, "periodTo": DATE_OR_NULL, "asOf": DATE, "aggregate": boolean,
}, {"obligor": TEXT_OR_NULL, "concurrent": CONCURRENT})
PAYMENT = record({
    "id": TEXT, "amountCents": CENTS, "collectionDate": DATE, "postedDate": DATE_OR_NULL,
    "source": one_of(
        "income_withholding", "direct", "other_state", "federal_tax_offset", "state_tax_offset",
        "federal_admin_offset", "unemployment", "workers_comp", "lottery", "garnishment", "adjustment",
        "other"),
    "status": one_of("received", "pending", "held", "applied", "partially_applied", "reversed"),
    "allocations": listing(record({
        "bucket": one_of("current", "current_due", *ARREARS_BUCKETS), "cents": CENTS})),
    "adjusts": TEXT_OR_NULL, "ref": TEXT_OR_NULL,
})
DISBURSEMENT = record({
    "id": TEXT, "amountCents": CENTS, "date": DATE, "recipient": TEXT,
    "method": one_of("direct_deposit", "prepaid_card", "check", "other_state"),
    "instrumentLast4": TEXT_OR_NULL, "paymentIds": listing(TEXT),
    "status": one_of("issued", "cleared", "stopped", "returned", "reissued"),
})
ENFORCEMENT = record({
    "id": TEXT,
    "kind": one_of(
        "income_withholding", "direct_income_withholding_interstate", "medical_support_notice",
        "unemployment_intercept", "workers_comp_intercept", "federal_tax_offset", "state_tax_offset",
        "federal_admin_offset", "passport_denial", "fidm_levy", "drivers_license_suspension",
        "professional_license_suspension", "recreational_license_suspension", "credit_bureau_report",
        "lien_real", "lien_vehicle", "lien_personal", "lottery_intercept", "insurance_match", "contempt",
        "bench_warrant", "criminal_referral", "work_program", "other"),
    "status": one_of("initiated", "active", "released", "contested"), "date": DATE,
    "released": DATE_OR_NULL, "detail": TEXT_OR_NULL,
})
EVENT = record({
    "id": TEXT, "kind": one_of("hearing", "appointment", "genetic_test", "review", "notice", "milestone"),
    "start": instant, "end": nullable(instant), "place": TEXT_OR_NULL,
    "for": one_of("both", "custodial_party", "noncustodial_parent"), "status": TEXT,
})
DOCUMENT = record({
    "id": TEXT, "title": TEXT, "kind": TEXT, "date": DATE, "mediaType": exactly("application/pdf"),
}, {"contentBase64": base64_text})
MESSAGE = record({
    "id": TEXT, "thread": TEXT, "direction": one_of("from_state", "to_state"), "sentAt": instant,
    "subject": TEXT, "body": TEXT, "status": TEXT,
})
CONTACT = record({
    "kind": one_of("call_centre", "caseworker", "local_office", "sdu", "central_registry"),
    "name": TEXT_OR_NULL, "office": TEXT, "phone": PHONE, "ext": TEXT_OR_NULL, "email": TEXT_OR_NULL,
    "hours": TEXT_OR_NULL, "address": nullable(ADDRESS),
})
INTERGOV = record({
    "otherState": STATE, "otherLocator": TEXT, "otherCaseId": text(longest=15),
    "role": one_of("initiating", "responding"), "since": DATE,
})
RECURRING = record({
    "id": TEXT, "amountCents": CENTS, "frequency": FREQUENCY, "day": whole(), "methodId": TEXT,
    "nextDate": DATE, "status": one_of("active", "cancelled"),
})
PAYMENT_PLAN = record({
    "id": TEXT, "arrearsStartCents": CENTS, "installmentCents": CENTS, "frequency": FREQUENCY,
    "firstDue": DATE, "lastDue": DATE, "paidCents": CENTS,
    "status": one_of("active", "completed", "broken", "requested"),
})
CASE_LISTS = {
    "balances": listing(BALANCE), "payments": listing(PAYMENT), "disbursements": listing(DISBURSEMENT),
    "enforcement": listing(ENFORCEMENT), "events": listing(EVENT), "documents": listing(DOCUMENT),
    "messages": listing(MESSAGE), "contacts": listing(CONTACT), "recurring": listing(RECURRING),
}
CASE = record({
    "id": TEXT, "family": TEXT, "systems": listing(SYSTEM, 1, distinct=True),
    "caseNumber": text(r"(?!0+$)[A-Z0-9]{1,15}"),
    "caseType": one_of(
        "tanf_current", "foster_care", "medicaid_only", "former_assistance", "never_assistance",
        "arrears_only", "non_iv_d", "locate_only"),
    "status": one_of("open", "closed"), "opened": DATE, "closed": DATE_OR_NULL,
    "closureReason": TEXT_OR_NULL, "locator": LOCATOR,
    "processing": one_of(
        "intake", "locate", "paternity", "establishment", "collection", "delinquent_enforcement",
        "monitoring", "closing"),
    "participants": listing(PARTICIPANT, 1), "orders": listing(ORDER), **CASE_LISTS,
    "intergov": listing(INTERGOV), "paymentPlan": nullable(PAYMENT_PLAN),
    "views": keyed(SYSTEMS, record({}, CASE_LISTS)),
})


def _credential(required, optional=None):
    return record(
        {"id": TEXT, "system": SYSTEM, "person": TEXT, "kind": TEXT, "state": one_of(*CREDENTIAL_STATES),
         **required},
        {"lockedUntil": nullable(instant), "cin": text(r"C\d{9}"), **(optional or {})})


CREDENTIAL = by_kind("kind", {
    "username_password": _credential({"username": TEXT, "password": TEXT}, {
        "otp": one_of("email", "phone", None),
        "securityQuestion": nullable(record({"id": TEXT, "text": TEXT, "answer": TEXT}))}),
    "not_enrolled": _credential({}),
    "participant_pin": _credential({
        "participantId": text(r"\d{10,15}"), "pin": text(r"\d{6}"), "pinTemporary": boolean}),
    "case_ssn4_pin": _credential({
        "caseNumber": text(r"7\d{9}"), "ssn4": text(r"\d{4}"), "pin": text(r"\d{8}")}),
    "assertion": _credential({"subject": TEXT, "personNumber": text(r"\d{10}")}),
    "mailed_pin": _credential({
        "caseNumber": text(r"\d{9}"), "pin": text(r"\d{8}"), "pinHash": TEXT, "mailed": DATE,
        "expires": DATE}),
})
FAULT = record({"id": TEXT, "system": SYSTEM, "op": TEXT, "kind": TEXT}, {
    "params": mapping, "match": record({}, {"person": TEXT, "case": TEXT}), "after": whole(0),
    "times": nullable(whole(1)), "probability": number(0, 1),
})
PAIR = record({
    "id": TEXT, "members": listing(TEXT, 1),
    "kind": one_of("interstate", "same_case_two_systems", "unrelated"),
    "expect": one_of("confirmed", "same_debt", "withheld", "not_a_pair"), "note": TEXT,
})
SCENARIO = record({
    "scenarioVersion": exactly(1), "name": TEXT, "seed": whole(),
    "clock": record({"now": instant, "mode": one_of("frozen", "running")}),
    "otp": record({"mode": one_of("random", "fixed"), "length": whole(4, 8)}, {"value": text(r"\d{4,8}")}),
    "systems": keyed(SYSTEMS, record({
        "enabled": boolean, "latency": one_of("none", "typical"), "options": mapping}), 1),
    "people": listing(PERSON, 1), "credentials": listing(CREDENTIAL), "cases": listing(CASE),
    "pairs": listing(PAIR), "faults": listing(FAULT),
}, {"description": TEXT})
