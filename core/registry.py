"""Named choices (activations, losses, data sets, …): each is added once, in one place, and found by name."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from core.errors import InputError, closest


class Named(Protocol):
    """Anything with a stable name: the one in menus, in files and on the command line."""

    @property
    def name(self) -> str:
        """Lower case, words joined by hyphens; never changed once released."""
        ...


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Entries in the order they were added; `kind` is the word for one of them in messages."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def add(self, entry: T) -> T:
        """Add `entry` and return it; a second entry of the same name is a programming error (ValueError)."""
        if entry.name in self._entries:
            raise ValueError(f"{self.kind} {entry.name!r} is registered twice")
        self._entries[entry.name] = entry
        return entry

    def __getitem__(self, name: str) -> T:
        """The entry of that name; InputError, naming what there is, when there is none."""
        try:
            return self._entries[name]
        except KeyError:
            raise InputError(self._unknown(name)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def names(self) -> tuple[str, ...]:
        """Every name, in order."""
        return tuple(self._entries)

    def _unknown(self, name: str) -> str:
        close = closest(name, self._entries)
        hint = f"did you mean {close!r}?" if close else f"choose one of {', '.join(self._entries)}."
        return f"There is no {self.kind} {name!r}; {hint}"
