"""The forms of ca-connect that a parent sends in: contact data and messages."""
import html
import re

from . import pages
from .routes import BASE
from .sessions import PAGE_VERSION
from .sign_in import take_form

TOPICS = ("PAYMENT", "ADDRESS", "REVIEW", "OTHER")
BODY_LENGTH_MAX = 1500
_EMAIL = re.compile(r"(?=.{3,64}\Z)[^@]+@[^@]+", re.DOTALL)
_CONTACT_RULES = {  # field: what its trimmed value must be, in the order of the form
    "addr1": lambda value: 1 <= len(value) <= 35,
    "addr2": lambda value: len(value) <= 35,
    "city": lambda value: 1 <= len(value) <= 25,
    "state": lambda value: re.fullmatch("[A-Z]{2}", value) is not None,
    "zip": lambda value: re.fullmatch("[0-9]{5}([0-9]{4})?", value) is not None,
    "phone": lambda value: re.fullmatch("([0-9]{10})?", value) is not None,
    "email": lambda value: not value or _EMAIL.fullmatch(value) is not None,
}
_MESSAGE_RULES = {
    "topic": lambda value: value in TOPICS,
    "body": lambda value: 1 <= len(value) <= BODY_LENGTH_MAX,
}


def _trimmed(value):
    return value.replace("\r\n", "\n").strip()


def _first_wrong(posted, rules):
    """The first field that is missing or breaks its rule, or None."""
    for name, rule in rules.items():
        if name not in posted or not rule(_trimmed(posted[name])):
            return name
    return None


def _contact_form(desk, call, wrong=None):
    look = desk.look(call)
    inputs = "".join(
        f'<input name="{name}" value="{html.escape(call.session.account.contact[name])}">'
        for name in _CONTACT_RULES)
    form = look.form(f"{BASE}/contact", call.session.new_token("contact"), PAGE_VERSION, inputs)
    return _with_error(look, "cc-addr", form, wrong)


def _message_form(desk, call, wrong=None):
    look = desk.look(call)
    options = "".join(f'<option value="{topic}">{topic}</option>' for topic in TOPICS)
    fields = f'<select name="topic">{options}</select><textarea name="body"></textarea>'
    token = call.session.new_token(_message_name(call))
    form = look.form(f"{BASE}/case/{call.case}/message", token, PAGE_VERSION, fields)
    return _with_error(look, "cc-msg", form, wrong)


def _with_error(look, body_id, form, wrong):
    if wrong is None:
        return pages.page(look, body_id, form)
    return pages.page(look, body_id, f"{look.error('E-FIELD', wrong, wrong)}\n{form}", outcome="refused")


def _message_name(call):
    return f"message of {call.case}"


def _confirm(desk, call):
    """Numbers the accepted post; the same post once more shows this number."""
    call.effect = True
    number = desk.confirm(call)
    call.form_token.repeat = lambda again: pages.sent_before(desk.look(again), number)
    return pages.redirect(f"/confirm/{number}")


def contact_page(desk, call):
    return _contact_form(desk, call)


def contact_update(desk, call):
    posted = take_form(desk, call, "contact")
    wrong = _first_wrong(posted, _CONTACT_RULES)
    if wrong is not None:
        return _contact_form(desk, call, wrong)
    call.session.account.contact.update({name: _trimmed(posted[name]) for name in _CONTACT_RULES})
    return _confirm(desk, call)


def message_page(desk, call):
    return _message_form(desk, call)


def message_send(desk, call):
    posted = take_form(desk, call, _message_name(call))
    wrong = _first_wrong(posted, _MESSAGE_RULES)
    if wrong is not None:
        return _message_form(desk, call, wrong)
    return _confirm(desk, call)


def confirm(desk, call):
    number = call.fields["number"]
    if desk.confirmed_by(number) != call.session.account.credential_id:
        return pages.nothing(desk.look(call))
    return pages.confirmed(desk.look(call), number)


HANDLERS = {
    "contact_page": contact_page, "contact_update": contact_update, "message_page": message_page,
    "message_send": message_send, "confirm": confirm,
}
