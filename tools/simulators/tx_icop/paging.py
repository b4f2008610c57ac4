"""Page tokens of tx-icop: bound to session, list, case and range, good for 10 minutes."""
import secrets

from ..instants import seconds_after
from .replies import refuse

TOKEN_SECONDS = 600
PAGED = ("payments", "disbursements")


class _Place:
    """Where a token leads; repeats and follows_empty mark the pages made by a fault."""

    def __init__(self, session, scope, offset, end, repeats=False, follows_empty=False):
        self.session = session
        self.scope = scope
        self.offset = offset
        self.end = end
        self.repeats = repeats
        self.follows_empty = follows_empty


class Paging:
    def __init__(self, page_size):
        self._page_size = page_size
        self._places = {}

    def can_act(self, kind, token):
        """Whether a page fault changes the page behind this token. Its own pages are left alone,
        or a fault without end would never let the list end."""
        place = self._places.get(token)
        if kind in ("page_loop", "page_token_expired"):
            return token is not None
        if kind == "duplicate_page":
            return place is None or not place.repeats
        return place is None or not place.follows_empty

    def page(self, call, rows, scope, now):
        """(rows of the page, next token or None); raises Refusal for a token that is not good."""
        token = call.request.parameters().get("pageToken")
        place = None
        if token is not None:
            place = self._places.get(token)
            good = (
                place is not None and place.session is call.session and place.scope == scope
                and now < place.end and not call.fault_is("page_token_expired"))
            if not good:
                raise refuse("ICOP-2002", field="pageToken")
        offset = place.offset if place else 0
        if call.fault_is("empty_page_with_token"):
            return [], self._new_token(call, scope, offset, now, follows_empty=True)
        shown = rows[offset:offset + self._page_size]
        if call.fault_is("page_loop"):
            return shown, token
        if call.fault_is("duplicate_page"):
            return shown, self._new_token(call, scope, offset, now, repeats=True)
        following = offset + self._page_size
        if following >= len(rows):
            return shown, None
        return shown, self._new_token(call, scope, following, now)

    def _new_token(self, call, scope, offset, now, **marks):
        token = secrets.token_urlsafe(14)
        self._places[token] = _Place(call.session, scope, offset, seconds_after(now, TOKEN_SECONDS), **marks)
        return token
