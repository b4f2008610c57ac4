"""The operations of tx-smart and what each needs before it is carried out."""
PATH = "/itexas/SmartService"
RESET_PATH = "/itexas/reset/"

_READ, _WRITE, _OPEN = "read", "write", "open"


class Operation:
    def __init__(self, name, access, of_case=False, latency_ms=(200, 900)):
        self.name = name
        self.of_case = of_case
        self.latency_ms = latency_ms
        self.needs_session = access != _OPEN
        self.is_write = access == _WRITE


OPERATIONS = {operation.name: operation for operation in (
    Operation("Login", _OPEN, latency_ms=(500, 2000)),
    Operation("VerifyCode", _OPEN),
    Operation("ResendCode", _OPEN),
    Operation("Logout", _READ),
    Operation("ForgotUserName", _OPEN),
    Operation("ForgotPassword", _OPEN),
    Operation("GetCases", _READ),
    Operation("GetBalance", _READ, of_case=True),
    Operation("GetPayments", _READ, of_case=True),
    Operation("GetPaymentMethods", _READ),
    Operation("AddPaymentMethod", _WRITE),
    Operation("RemovePaymentMethod", _WRITE),
    Operation("SubmitPayment", _WRITE, of_case=True, latency_ms=(1000, 4000)),
    Operation("GetPaymentStatus", _READ),
    Operation("GetRecurring", _READ),
    Operation("CreateRecurring", _WRITE, of_case=True),
    Operation("CancelRecurring", _WRITE),
    Operation("GetPaymentPlan", _READ, of_case=True),
    Operation("RequestPaymentPlan", _WRITE, of_case=True),
    Operation("GetEnforcement", _READ, of_case=True),
    Operation("GetDocuments", _READ, of_case=True),
    Operation("GetDocument", _READ, of_case=True, latency_ms=(500, 3000)),
    Operation("UpdateContact", _WRITE),
)}
