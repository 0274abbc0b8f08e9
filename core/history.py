"""Undo and redo over immutable values: going back and forth returns exactly what was."""

from typing import Generic, TypeVar

Value = TypeVar("Value")
LIMIT = 200


class History(Generic[Value]):
    """Values with the label of the change that led on from (undo) or back to (redo) each of them."""

    def __init__(self) -> None:
        self._past: list[tuple[str, Value]] = []
        self._future: list[tuple[str, Value]] = []
        self._merge: str | None = None

    def record(self, label: str, before: Value, merge: str | None = None) -> None:
        """Remember what was before a change; changes in a row with the same `merge` are one."""
        if self.merges(merge):
            self._past[-1] = (label, self._past[-1][1])
        else:
            self._past.append((label, before))
            del self._past[:-LIMIT]
        self._merge = merge
        self._future.clear()

    def merges(self, merge: str | None) -> bool:
        """Whether a change with that `merge` would become one with the last."""
        return merge is not None and merge == self._merge and bool(self._past)

    @property
    def values(self) -> list[Value]:
        """All that is remembered."""
        return [value for _, value in (*self._past, *self._future)]

    def __len__(self) -> int:
        """How many changes undo could take back."""
        return len(self._past)

    def forget_oldest(self) -> None:
        """Give up the value that undo would come to last. IndexError when there is none."""
        del self._past[0]

    @property
    def undo_label(self) -> str | None:
        """What undo would take back."""
        return self._past[-1][0] if self._past else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back."""
        return self._future[-1][0] if self._future else None

    def before(self) -> Value:
        """What undo would return. IndexError when there is none."""
        return self._past[-1][1]

    def after(self) -> Value:
        """What redo would return. IndexError when there is none."""
        return self._future[-1][1]

    def undo(self, now: Value) -> Value:
        """The value before the last change; `now` is what redo returns to. IndexError when there is none."""
        label, before = self._past.pop()
        self._future.append((label, now))
        self._merge = None
        return before

    def redo(self, now: Value) -> Value:
        """The value that undo left; `now` is what undo returns to. IndexError when there is none."""
        label, after = self._future.pop()
        self._past.append((label, now))
        return after
