"""`playground bench [PART]`: run the parts and print their rows."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from importlib import import_module

from core.errors import InputError
from playground import app, console
from playground.benchmarks.rows import Row, table
from playground.command_parser import CommandParser

# Each part is a module here, whose `measure(skipped)` gives rows and calls `skipped` with what it left out and why.
PARTS = ("kernel", "window", "start", "soak")
Measure = Callable[[Callable[[str], None]], Iterator[Row]]


def main(arguments: list[str]) -> int:
    """Measure, and print a table as it grows or one JSON object; 0 when every goal is met, else 1."""
    parser = CommandParser("playground bench", "Measure how fast the program is on this machine.")
    parser.add_argument("part", metavar="PART", nargs="?", help=f"{', '.join(PARTS)}; without it all of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    options = parser.read(arguments)
    part = getattr(options, "part", None)
    if part is not None and part not in PARTS:
        raise InputError(f"There is no bench {part!r}; choose one of {', '.join(PARTS)}.")
    code = app.prepare("Measuring off-screen instead.")
    return code if code is not None else _measure(PARTS if part is None else (part,), options)


def _measure(parts: tuple[str, ...], options: Namespace) -> int:
    rows: list[Row] = []
    skipped: list[str] = []
    for part in parts:
        measure: Measure = import_module(f"playground.benchmarks.{part}").measure
        found = list(measure(skipped.append))
        rows += found
        if not getattr(options, "json", False):
            print(f"{part}\n{table(found)}\n", flush=True)
    if getattr(options, "json", False):
        console.say(json.dumps({"rows": [row.as_json() for row in rows], "skipped": skipped}))
    for sentence in skipped:
        print(f"Skipped: {sentence}", file=sys.stderr)
    return 0 if all(row.met for row in rows) else 1
