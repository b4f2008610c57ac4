"""Names under which the systems are shown: interface ids, unless the command line says otherwise."""


class Names:
    """aliases: interface id -> id shown. Inside, a system always has its interface id."""

    def __init__(self, aliases=None):
        self._shown = dict(aliases or {})
        self._inner = {shown: inner for inner, shown in self._shown.items()}

    def shown(self, system_id):
        return self._shown.get(system_id, system_id)

    def inner(self, shown):
        """The interface id of a name that is shown; any other name stays as it is."""
        return self._inner.get(shown, shown)

    def show_rows(self, rows):
        """Rows with a member system, as the outside sees them."""
        return [row | {"system": self.shown(row["system"])} for row in rows]
