"""Pages of tx-icop that a parent opens in a browser: paying, and setting a new password."""
import html
import secrets
import urllib.parse

from ..http_messages import Answer
from .enrolment import password_is_good
from .replies import html_page
from .routes import BASE

_OUTCOMES = {"pay": "PAID", "cancel": "CANCELLED", "fail": "FAILED"}


class _ResetLink:
    def __init__(self, account, end):
        self.account = account
        self.end = end
        self.used = False


class Pages:
    def __init__(self):
        self._reset_links = {}

    def new_reset_link(self, account, end):
        token = "r_" + secrets.token_urlsafe(16)
        self._reset_links[token] = _ResetLink(account, end)
        return f"{BASE}/reset/{token}"

    def reset_link(self, token, now):
        """None for an unknown, used or old one."""
        link = self._reset_links.get(token)
        return None if link is None or link.used or now >= link.end else link

    def owner(self, desk, found):
        if "reset" in found:
            link = self._reset_links.get(found["reset"])
            return link.account.person if link else None
        payment = desk.submissions.payment_by_token(found["hosted"])
        return payment.person if payment else None


def _gone():
    return html_page(404, "Not found", "<p>This page is not there any more.</p>", "not_found")


def _form(request):
    pairs = urllib.parse.parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return dict(pairs)


def _payment_page(desk, call):
    payment = desk.submissions.payment_by_token(call.fields["hosted"])
    if payment is None or not payment.is_open(desk.now()):
        return _gone()
    call.case = payment.case_number
    if call.request.method == "GET":
        buttons = "".join(
            f'<button name="action" value="{action}">{action}</button>' for action in _OUTCOMES)
        amount = html.escape(f"{payment.cents // 100}.{payment.cents % 100:02d}")
        return html_page(200, "Pay child support", f'<p>{amount}</p><form method="post">{buttons}</form>')
    outcome = _OUTCOMES.get(_form(call.request).get("action"))
    if outcome is None:
        return html_page(400, "Not understood", "<p>Choose one of the buttons.</p>", "refused")
    if outcome == "PAID":
        payment.pay(desk.today())
        call.effect = True
    else:
        payment.state = outcome
    mark = "&" if "?" in payment.return_url else "?"
    query = urllib.parse.urlencode({"paymentRequestId": payment.id, "outcome": outcome})
    return Answer(302, headers=[("Location", f"{payment.return_url}{mark}{query}")])


def _reset_page(desk, call):
    link = desk.pages.reset_link(call.fields["reset"], desk.now())
    if link is None:
        return _gone()
    if call.request.method == "GET":
        return html_page(
            200, "New password",
            '<form method="post"><input type="password" name="newPassword"><button>Save</button></form>')
    password = _form(call.request).get("newPassword", "")
    if not password_is_good(password):
        return html_page(400, "Not accepted", "<p>This password does not follow the rules.</p>", "refused")
    account = link.account
    link.used = True
    account.password = password
    desk.accounts.guard.clear(account.username)
    desk.sessions.end_all(account)
    if account.state in ("password_expired", "locked"):
        account.state = "active"
    call.effect = True
    return html_page(200, "Done", "<p>Your password has been changed.</p>")


def hosted_page(desk, call):
    return _reset_page(desk, call) if "reset" in call.fields else _payment_page(desk, call)


HANDLERS = {"hosted_page": hosted_page}
