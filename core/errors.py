"""The one error that a user may meet: a sentence that says what is wrong, where, and how to mend it."""


class InputError(ValueError):
    """What was given (a file, a number, a combination) cannot be used; the message is one clear sentence."""


class MissingActivationsError(InputError):
    """A file of bare weights does not say its activations; whoever asked for the file may know them."""
