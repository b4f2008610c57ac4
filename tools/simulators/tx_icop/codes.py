"""Code tables of tx-icop: scenario token to wire code."""

CASE_TYPES = {
    "tanf_current": "TANF", "former_assistance": "FORMER", "never_assistance": "NEVER",
    "medicaid_only": "MEDICAID", "foster_care": "FOSTER", "arrears_only": "ARREARS",
    "non_iv_d": "NONIVD", "locate_only": "LOCATE",
}
ROLES = {
    "custodial_party": "CP", "noncustodial_parent": "NCP", "child": "CHILD", "putative_father": "PF",
    "caretaker_other": "OTHER",
}
PROCESSING = {
    "intake": "INTAKE", "locate": "LOCATE", "paternity": "PATERNITY", "establishment": "ESTABLISH",
    "collection": "COLLECT", "delinquent_enforcement": "DELINQUENT", "monitoring": "MONITOR",
    "closing": "CLOSING",
}
FREQUENCIES = {
    "weekly": "WK", "biweekly": "BW", "semimonthly": "SM", "monthly": "MO", "bimonthly": "BM",
    "quarterly": "QT", "semiannual": "SA", "annual": "AN", "once": "OT",
}
DEBT_TYPES = {
    "child_support": "CS", "spousal_support": "SP", "medical_support_cash": "MS", "medical_costs": "MC",
    "arrears_judgment": "JD", "interest": "IN", "other_fee": "FE", "genetic_test_fee": "FE",
    "annual_fee": "FE",
}
BUCKETS = {
    "current_due": "CURRENT", "arrears_family": "ARR_FAM", "arrears_assigned": "ARR_STATE",
    "medical_arrears": "MED", "spousal_arrears": "SPOUSAL", "interest": "INTEREST", "fee": "FEE",
    "total_arrears": "TOT_ARR", "total_owed": "TOT_OWED",
}
APPLIED_BUCKETS = BUCKETS | {"current": "CURRENT"}
ORDER_TYPES = {"judicial": "JUDICIAL", "administrative": "ADMIN", "paternity": "PATERNITY"}
PAYMENT_TYPES = {
    "income_withholding": "WITHHOLD", "direct": "ONLINE", "federal_tax_offset": "TAXFED",
    "state_tax_offset": "TAXST", "federal_admin_offset": "ADMOFF", "unemployment": "UNEMP",
    "workers_comp": "WCOMP", "lottery": "LOTT", "garnishment": "GARN", "other_state": "OSTATE",
    "adjustment": "ADJ", "other": "OTHER",
}
PAYMENT_STATUSES = {
    "received": "RECEIVED", "pending": "PENDING", "held": "HELD", "applied": "APPLIED",
    "partially_applied": "PARTIAL", "reversed": "REVERSED",
}
DISBURSEMENT_METHODS = {
    "direct_deposit": "DD", "prepaid_card": "CARD", "check": "CHECK", "other_state": "OSTATE",
}
ENFORCEMENT_KINDS = {
    "income_withholding": "IWO", "direct_income_withholding_interstate": "DIWO",
    "medical_support_notice": "NMSN", "unemployment_intercept": "UIB", "workers_comp_intercept": "WC",
    "federal_tax_offset": "FTO", "state_tax_offset": "STO", "passport_denial": "PPD",
    "fidm_levy": "FIDM", "drivers_license_suspension": "DLS", "professional_license_suspension": "PLS",
    "recreational_license_suspension": "RLS", "credit_bureau_report": "CBR", "lien_real": "LNR",
    "lien_vehicle": "LNV", "lien_personal": "LNP", "lottery_intercept": "LOT", "contempt": "CTM",
    "bench_warrant": "BW", "other": "OTH",
}
ENFORCEMENT_STATUSES = {
    "initiated": "STARTED", "active": "ACTIVE", "released": "RELEASED", "contested": "CONTESTED",
}
EVENT_KINDS = {
    "hearing": "HEARING", "appointment": "APPT", "genetic_test": "GENTEST", "review": "REVIEW",
    "notice": "NOTICE",
}


def assigned_to(assignee):
    if assignee.startswith("state:"):
        return "STATE-" + assignee[6:]
    return assignee.upper()
