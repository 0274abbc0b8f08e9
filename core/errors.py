"""The one error that a user may meet: a sentence that says what is wrong, where, and how to mend it."""

from collections.abc import Iterable


class InputError(ValueError):
    """What was given (a file, a number, a combination) cannot be used; the message is one clear sentence."""


class MissingActivationsError(InputError):
    """A file of bare weights does not say its activations; whoever asked for the file may know them."""


def closest(name: str, names: Iterable[str]) -> str | None:
    """Which of the names was probably meant, if one is like it."""
    from difflib import get_close_matches  # takes longer to load than whoever asks, and few ever need it

    return next(iter(get_close_matches(name, list(names), n=1)), None)
