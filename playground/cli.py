"""What stands on the command line, and which part of the program answers it.

Each verb is imported when it is called, so that `train` and `datasets` start at once and need no Qt.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from core.errors import InputError, closest
from core.record import record
from playground import console
from playground.command_parser import CommandParser


@record
class Verb:
    """A verb, what it does in a few words, and what answers it, given the arguments behind it."""

    name: str
    help: str
    answer: Callable[[list[str]], int]


def run(arguments: list[str]) -> int:
    """Do what `arguments` ask for and return the exit code; whatever went wrong is said in one sentence."""
    console.prepare()
    try:
        try:
            return _answer(arguments)
        finally:
            console.flush()
    except InputError as error:
        return _end(2, str(error))
    except KeyboardInterrupt:
        return _end(console.INTERRUPTED, "Interrupted.")
    except MemoryError:
        return _end(1, "There is not enough memory; choose fewer samples, fewer units or a smaller batch.")
    except console.OutputError as error:
        return _end(1, str(error))
    except OSError as error:
        return _end(1, f"The system refused to go on: {error}.")
    except SystemExit as end:  # argparse has answered --help
        return end.code if isinstance(end.code, int) else 0


def _end(code: int, sentence: str) -> int:
    console.complain(sentence)
    return code


def _answer(arguments: list[str]) -> int:
    verb = VERBS.get(arguments[0]) if arguments else None
    return verb.answer(arguments[1:]) if verb else _window(arguments)


def _train(arguments: list[str]) -> int:
    from playground import train_command

    return train_command.main(arguments)


def _datasets(arguments: list[str]) -> int:
    from playground import datasets_command

    return datasets_command.main(arguments)


def _explain(arguments: list[str]) -> int:
    from playground import explain_command

    return explain_command.main(arguments)


def _check(arguments: list[str]) -> int:
    from playground import check_command

    return check_command.main(arguments)


def _bench(arguments: list[str]) -> int:
    from playground.benchmarks import command

    return command.main(arguments)


VERBS = {
    verb.name: verb
    for verb in (
        Verb("train", "train a network and write it", _train),
        Verb("datasets", "list the data sets, or write one", _datasets),
        Verb("explain", "work one backpropagation through", _explain),
        Verb("check", "compare gradients with central differences", _check),
        Verb("bench", "measure the speed on this machine", _bench),
    )
}


def _window(arguments: list[str]) -> int:
    # First of all, or a misspelt verb would be blamed on its options.
    if arguments and not arguments[0].startswith("-"):
        _check_file(arguments[0])
    namespace = window_parser().read(arguments)
    if hasattr(namespace, "version"):
        console.say(version())
        return 0
    file = getattr(namespace, "file", None)
    if file is not None:
        _check_file(file)
    from playground.app import run_window

    missing = {name: vars(namespace)[name] for name in ("activation", "output_activation") if name in namespace}
    return run_window(file, **missing)


def window_parser() -> CommandParser:
    """The command line without a verb."""
    verbs = "\n".join(f"  {verb.name:<12}{verb.help}" for verb in VERBS.values())
    parser = CommandParser(
        "playground",
        "See backpropagation happen: without a verb, open the window.",
        epilog=f"verbs (each has its own --help):\n{verbs}",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a network to open")
    parser.add_argument("--activation", metavar="NAME", help="of the hidden layers, where FILE does not say it")
    parser.add_argument("--output-activation", metavar="NAME", help="of the output, where FILE does not say it")
    parser.add_argument("--version", action="store_true", help="print the version and what it runs on")
    return parser


def _check_file(file: str) -> None:
    """Tell a file from a misspelt verb."""
    path = Path(file)
    if path.is_dir():
        raise InputError(f"{file!r} is a folder; name a file in it.")
    if not path.exists():
        close = closest(file, [*VERBS, *_siblings(path)])
        hint = f"did you mean {close!r}?" if close else f"the verbs are {', '.join(VERBS)}."
        raise InputError(f"There is no such verb or file: {file!r}; {hint}")


def _siblings(path: Path) -> list[str]:
    """The files beside it, spelt as it is."""
    try:
        return [str(path.with_name(each.name)) for each in path.parent.iterdir() if each.is_file()]
    except (OSError, ValueError):
        return []


def version() -> str:
    """The versions of the program and of what the numbers depend on."""
    import numpy

    from core.formats.metadata import program_version

    python = ".".join(map(str, sys.version_info[:3]))
    return f"Backprop Playground {program_version()} (Python {python}, NumPy {numpy.__version__})"
