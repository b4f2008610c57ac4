"""Code values of ks-quick for the tokens of a scenario; a token without a row has no code."""

RESPONSES = {
    "000": "", "406": "Case Not Found", "407": "Disclosure prohibited on the case requested.",
    "410": "Date range not valid",
}
ASSISTANCE = {
    "tanf_current": "Current Assistance",
    "former_assistance": "Former Assisstance",  # spelt so by the NIEM human services domain
    "never_assistance": "Never Assistance",
}
ASSISTANCE_SPELT_RIGHT = "Former Assistance"
STATUSES = {"open": "O", "closed": "C"}
PARENT_ROLES = {"noncustodial_parent": "AP", "custodial_party": "AR"}
ROLES = PARENT_ROLES | {"child": "CH"}
DEBT_TYPES = {
    "child_support": "CS", "spousal_support": "SP", "medical_support_cash": "MS", "medical_costs": "MC",
    "arrears_judgment": "AJ", "interest": "IJ", "genetic_test_fee": "FEE",
}
ACCRUING = {"CS", "SP", "MS"}
FREQUENCIES = {
    "weekly": "W", "biweekly": "B", "semimonthly": "S", "monthly": "M", "quarterly": "Q", "semiannual": "E",
    "annual": "A",
}
MONTHLY_FACTORS = {  # numerator and denominator
    "weekly": (52, 12), "biweekly": (26, 12), "semimonthly": (2, 1), "monthly": (1, 1), "bimonthly": (1, 2),
    "quarterly": (1, 3), "semiannual": (1, 6), "annual": (1, 12),
}
SIDES = {"primary": "P", "secondary": "S"}
SOURCES = {
    "income_withholding": "NIW", "direct": "NDP", "federal_tax_offset": "FTO", "state_tax_offset": "STO",
    "unemployment": "UBI", "federal_admin_offset": "FAO",
}
OTHER_SOURCE = "OTH"
ENFORCEMENT = {
    "income_withholding": "IWO", "medical_support_notice": "NMSN", "credit_bureau_report": "CBR",
    "state_tax_offset": "SDSO", "federal_tax_offset": "FDSO", "passport_denial": "PASS",
    "fidm_levy": "FIDM", "drivers_license_suspension": "DL", "professional_license_suspension": "PL",
    "lottery_intercept": "LOTT", "lien_real": "LIEN",
}
ALWAYS_NAMED = "FDSO"
PATERNITY = {
    "wedlock": "E", "genetic_test": "E", "adoption": "E", "judicial": "E", "other": "E", "acknowledged": "A",
    None: "N",
}
CONTACTS = {
    "call_centre": "CallCentre", "caseworker": "Caseworker", "local_office": "LocalOffice", "sdu": "SDU",
    "central_registry": "CentralRegistry",
}
PROVIDER_ROLES = {"initiating": "I", "responding": "R"}
