"""The one error that a user may meet: a sentence that says what is wrong, where, and how to mend it."""


class InputError(ValueError):
    """What was given (a file, a number, a combination) cannot be used; the message is one clear sentence."""
