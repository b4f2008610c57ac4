"""Code tables of tx-smart: scenario token to wire code."""

ROLES = {"noncustodial_parent": "Payor", "custodial_party": "Payee"}
CASE_STATUSES = {"open": "Open", "closed": "Closed"}
AMOUNT_KINDS = {
    "current_due": "Current", "arrears_family": "ArrearsFamily", "arrears_assigned": "ArrearsState",
    "interest": "Interest", "fee": "Fee", "total_arrears": "ArrearsTotal", "total_owed": "OwedTotal",
}
PAYMENT_TYPES = {
    "income_withholding": "WAGE", "direct": "EPAY", "other_state": "OST", "adjustment": "ADJ",
    "other": "OTH",
} | dict.fromkeys((
    "federal_tax_offset", "state_tax_offset", "federal_admin_offset", "unemployment", "workers_comp",
    "lottery", "garnishment"), "INT")
PAYMENT_STATUSES = {
    "received": "Received", "pending": "Pending", "held": "Held", "applied": "Applied",
    "partially_applied": "Partial", "reversed": "Reversed",
}
FREQUENCIES = {
    "weekly": "Weekly", "biweekly": "BiWeekly", "semimonthly": "SemiMonthly", "monthly": "Monthly",
}
ACTION_KINDS = {
    "income_withholding": "WageWithholding", "drivers_license_suspension": "DriverLicense",
    "professional_license_suspension": "ProfessionalLicense",
    "recreational_license_suspension": "RecreationalLicense", "passport_denial": "Passport",
    "federal_tax_offset": "TaxFederal", "state_tax_offset": "TaxState", "fidm_levy": "BankLevy",
    "lien_real": "Lien", "credit_bureau_report": "CreditBureau", "contempt": "Contempt",
}
ACTION_STATUSES = {
    "initiated": "Started", "active": "Active", "released": "Released", "contested": "Contested",
}
