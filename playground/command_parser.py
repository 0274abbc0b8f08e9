"""argparse with the manners of this program: every mistake is one sentence, and numbers work as written."""

import argparse
import re
import sys
from typing import NoReturn

from core.errors import InputError, closest

# -5e-05, -.5,1 and -inf are values. No option of ours begins like this, yet argparse takes most for options.
_NEGATIVE = re.compile(r"-(\d|\.\d|inf\b|nan\b)", re.IGNORECASE)
_OF_ARGUMENT = re.compile(r"argument (\S+): (.*)", re.DOTALL)
_IN_OUR_WORDS = {
    "expected one argument": "needs a value",
    "ignored explicit argument": "takes no value, but is given",
}


class CommandParser(argparse.ArgumentParser):
    """Raises InputError where argparse prints its usage and ends the process; takes no abbreviations.

    An option that is not given leaves no attribute behind, so that "not said" is told apart from every value.
    """

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            argument_default=argparse.SUPPRESS,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def read(self, arguments: list[str]) -> argparse.Namespace:
        """What `arguments` say; InputError when they cannot be understood."""
        namespace, unknown = self.parse_known_args(join_negative_numbers(arguments))
        if unknown:
            self._refuse(unknown[0])
        return namespace

    def error(self, message: str) -> NoReturn:
        """Turn argparse's "argument --eta: expected one argument" into a sentence."""
        if match := _OF_ARGUMENT.fullmatch(message):
            message = f"{match[1]} {match[2]}"
        for theirs, ours in _IN_OUR_WORDS.items():
            message = message.replace(theirs, ours)
        raise InputError(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.")

    def _refuse(self, unknown: str) -> NoReturn:
        name = unknown.partition("=")[0]
        if not name.startswith("-"):
            raise InputError(f"{unknown!r} is one argument too many; see {self.prog} --help.")
        close = closest(name, self._option_string_actions)
        hint = f"did you mean {close}?" if close else f"see {self.prog} --help."
        raise InputError(f"There is no option {name!r}; {hint}")


def join_negative_numbers(arguments: list[str]) -> list[str]:
    """`--eta -1e-2` as `--eta=-1e-2`, which leaves no doubt; what follows a bare `--` stays as it is."""
    joined: list[str] = []
    for at, argument in enumerate(arguments):
        if argument == "--":
            return joined + arguments[at:]
        before = joined[-1] if joined else ""
        if _NEGATIVE.match(argument) and before.startswith("--") and "=" not in before:
            joined[-1] = f"{before}={argument}"
        else:
            joined.append(argument)
    return joined


def whole_number(text: str) -> int:
    """The type of an option that takes an integer."""
    number = _integer(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"takes a whole number, not {text!r}")
    return number


def count(text: str) -> int:
    """The type of an option that takes an integer from 0 on."""
    number = whole_number(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"takes a whole number from 0 on, not {text}")
    return number


def real_number(text: str) -> float:
    """The type of an option that takes a floating-point number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"takes a number, not {text!r}") from None


def layer_sizes(text: str) -> tuple[int, ...]:
    """The type of --hidden: "4,2" is (4, 2) and "" is ()."""
    sizes = [_integer(size) for size in text.split(",")] if text.strip() else []
    whole = tuple(size for size in sizes if size is not None)
    if len(whole) < len(sizes):
        raise argparse.ArgumentTypeError(f"takes the sizes of the hidden layers, like 4,2 or '' for none, not {text!r}")
    return whole


def batch_size(text: str) -> int | None:
    """The type of --batch: a number of samples, or "full", which is None."""
    size = _integer(text)
    if size is None and text != "full":
        raise argparse.ArgumentTypeError(f"takes a number of samples or 'full', not {text!r}")
    return size


def _integer(text: str) -> int | None:
    """The integer that `text` is, if it is one."""
    try:
        number = int(text)
    except ValueError:
        return None
    if abs(number) > sys.maxsize:
        raise argparse.ArgumentTypeError(f"takes no number as large as {text}")
    return number
