"""The page of tx-smart on which a parent sets a new password in a browser."""
import secrets

from ..form_fields import read_form
from ..http_messages import Answer
from .operations import RESET_PATH
from .refusals import page

PASSWORD_LENGTH_MAX = 128


class _Link:
    def __init__(self, account, end):
        self.account = account
        self.end = end
        self.used = False


class Resets:
    def __init__(self):
        self._links = {}

    def new_link(self, account, end):
        path = RESET_PATH + secrets.token_urlsafe(16)
        self._links[path] = _Link(account, end)
        return path

    def owner(self, path):
        link = self._links.get(path)
        return link.account.person if link else None

    def live(self, path, now):
        """None for an unknown, used or old one."""
        link = self._links.get(path)
        return None if link is None or link.used or now >= link.end else link


def serve(desk, call):
    if call.request.method not in ("GET", "POST"):
        return Answer(405, headers=[("Allow", "GET, POST")], outcome="refused")
    link = desk.resets.live(call.request.path, desk.now())
    if link is None:
        return page(404, "Not found", "<p>This page is not there any more.</p>", "not_found")
    if call.request.method == "GET":
        return page(
            200, "New password",
            '<form method="post"><input type="password" name="newPassword"><button>Save</button></form>')
    password = read_form(call.request).get("newPassword", "")
    if not 1 <= len(password) <= PASSWORD_LENGTH_MAX:
        return page(400, "Not accepted", "<p>Choose a password of 1 to 128 characters.</p>", "refused")
    account = link.account
    link.used = True
    account.password = password
    desk.accounts.guard.clear(account.username)
    desk.sessions.end_all(account)
    if account.state in ("password_expired", "locked"):
        account.state = "active"
    call.effect = True
    return page(200, "Done", "<p>Your password has been changed.</p>")
