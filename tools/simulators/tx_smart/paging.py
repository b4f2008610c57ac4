"""Page numbers of tx-smart, and the fault that sends a page again under the next number."""


class Paging:
    """For each list a session reads: the places of the pages that were sent twice."""

    def __init__(self):
        self._turns = {}

    @staticmethod
    def _key(call, scope):
        return (call.session.token, *scope)

    def can_repeat(self, call, scope, number):
        """A repeat is not repeated: else a fault without end would never let the list end."""
        turns = self._turns.get(self._key(call, scope))
        return number == 1 or turns is None or not self._is_repeat(turns, number)

    @staticmethod
    def _is_repeat(turns, number):
        return 2 <= number <= len(turns) and turns[number - 1] == turns[number - 2]

    def turn(self, call, scope, number, pages):
        """(page of the list behind this number or None beyond its end, pages to tell)."""
        key = self._key(call, scope)
        turns = self._turns.get(key)
        if number == 1 or turns is None or max(turns) != pages:
            turns = self._turns[key] = list(range(1, pages + 1))  # a reading from the start is a new one
        if number > len(turns):
            return None, len(turns)
        if call.fault_is("duplicate_page"):
            turns.insert(number, turns[number - 1])
        return turns[number - 1], len(turns)
