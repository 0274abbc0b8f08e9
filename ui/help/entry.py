"""What help is made of: sections of entries, each with an anchor that others lead to."""

from core.record import record


@record
class Entry:
    """`formulas` are lines of mathematics, some with a remark behind a bar; `table` pairs of a key and what it does;
    `words` are what the entry is also called: links and the search know them."""

    anchor: str
    title: str
    text: str
    formulas: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    table: tuple[tuple[str, str], ...] = ()

    @property
    def called(self) -> str:
        """Its names, in small letters."""
        return " ".join((self.title, *self.words)).casefold()

    @property
    def plain(self) -> str:
        """All of it in small letters, for the search."""
        cells = (cell for row in self.table for cell in row)
        return " ".join((self.called, self.text, *self.formulas, *cells)).casefold()


@record
class Section:
    """Entries under one heading, with a sentence or two before them."""

    anchor: str
    title: str
    text: str
    entries: tuple[Entry, ...] = ()
