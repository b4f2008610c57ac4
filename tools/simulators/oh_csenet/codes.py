"""Code tables of oh-csenet: scenario token to code letter."""

CASE_TYPES = {
    "tanf_current": "A", "foster_care": "F", "medicaid_only": "M", "former_assistance": "S",
    "never_assistance": "T", "arrears_only": "R", "non_iv_d": "V",
}
CASE_STATUSES = {"open": "O", "closed": "C"}
RELATIONSHIPS = {
    "custodial_party": "C", "noncustodial_parent": "A", "child": "D", "putative_father": "P",
    "caretaker_other": "S",
}
RELATIONS_TO_CP = {
    "adopted": "A", "natural": "C", "foster": "F", "grandchild": "G", "niece_nephew": "E", "none": "N",
    "other": "O", "sibling": "S", "cousin": "U", "ward": "W",
}
PATERNITY = {
    "wedlock": "1", "genetic_test": "2", "adoption": "3", "judicial": "4", "acknowledged": "5", "other": "6",
}
GENDERS = {"M": "M", "F": "F", "X": "O"}
ORDER_TYPES = {"administrative": "A", "judicial": "J", "paternity": "P"}
DEBT_TYPES = {"child_support": "CS", "spousal_support": "SS", "medical_support_cash": "MS"}
FREQUENCIES = {
    "weekly": "W", "biweekly": "B", "semimonthly": "S", "monthly": "M", "quarterly": "Q", "semiannual": "E",
    "annual": "A",
}
CONTROLLING = {"determined": "D", "presumed": "P"}
OTHER_SOURCE = "O"
PAYMENT_SOURCES = {
    "income_withholding": "A", "garnishment": "G", "federal_tax_offset": "I", "state_tax_offset": "S",
    "unemployment": "U", "workers_comp": "W", "direct": "N",
}
METHOD_EFT, METHOD_MEMO = "E", "O"
ENFORCEMENT_REASONS = {
    "income_withholding": "ESWAG", "bench_warrant": "EIWAR", "lien_vehicle": "EILMV", "lien_real": "EILRE",
    "lien_personal": "EILPP", "contempt": "SICPS",
}
CLOSURE_REASONS = frozenset(
    ["GSC5B", "GSC4A", "GSC4B", "GSC4C", "GSC4D"]
    + [f"GSC{number:02d}" for number in (2, 3, *range(5, 19))])
