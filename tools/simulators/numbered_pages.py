"""Lists that are read by page number, and the fault that sends a page again under the next number."""


class NumberedPages:
    """For each list (key: session and what is listed) the pages behind its numbers; some came twice."""

    def __init__(self):
        self._turns = {}

    def can_repeat(self, key, number):
        """A repeat is not repeated: else a fault without end would never let the list end."""
        turns = self._turns.get(key)
        return number == 1 or turns is None or not self._is_repeat(turns, number)

    @staticmethod
    def _is_repeat(turns, number):
        return 2 <= number <= len(turns) and turns[number - 1] == turns[number - 2]

    def turn(self, key, number, pages, repeat):
        """(page of the list behind this number or None beyond its end, pages to tell)."""
        turns = self._turns.get(key)
        if number == 1 or turns is None or max(turns) != pages:
            turns = self._turns[key] = list(range(1, pages + 1))  # a reading from the start is a new one
        if number > len(turns):
            return None, len(turns)
        if repeat:
            turns.insert(number, turns[number - 1])
        return turns[number - 1], len(turns)
