"""From the start of a process to its painted window; what the window holds in memory, and what it does at rest."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from statistics import median
from typing import Any

from playground.benchmarks.rows import Row

STARTS, SETTLE, IDLE = 7, 8.0, 10.0
# The program as it is, telling when its first frame was on the screen.
PROGRAM = """
import sys, time
from playground import assembly
assemble = assembly.assemble

def watched(*arguments, **named):
    controller = assemble(*arguments, **named)

    def painted():
        controller.pump.painted.disconnect(painted)
        print(time.time(), flush=True)

    controller.pump.painted.connect(painted)
    return controller

assembly.assemble = watched
from playground.__main__ import main
sys.exit(main([]))
"""


def measure(skipped: Callable[[str], None]) -> Iterator[Row]:
    """All rows; the first start, which may have to read everything from the disk, is not counted."""
    with tempfile.TemporaryDirectory() as home:
        times: list[float] = []
        for _ in range(STARTS + 1):
            program, seconds = _start(home)
            times.append(seconds)
            _end(program)
        yield Row("process to painted window, warm, median", median(times[1:]), "s", at_most=0.6)
        try:
            psutil: Any = import_module("psutil")
        except ImportError:
            skipped("memory and idle time, which need psutil (python -m pip install psutil)")
            return
        program, _ = _start(home)
        process: Any = psutil.Process(program.pid)
        yield Row("memory, window open", process.memory_info().rss / 2**20, "MiB", at_most=200)
        time.sleep(SETTLE)
        yield Row("memory, compiled kernel loaded", process.memory_info().rss / 2**20, "MiB", at_most=350)
        before = sum(process.cpu_times()[:2])
        time.sleep(IDLE)
        used = sum(process.cpu_times()[:2]) - before
        yield Row("idle window, processor time", 100 * used / IDLE, "%", at_most=0.1)
        _end(program)


def _start(home: str) -> tuple["subprocess.Popen[str]", float]:
    """The program with its settings and logs in `home`, and the seconds until its window was painted."""
    places = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "PYTHONPYCACHEPREFIX"), home)
    # The first start compiles, as an installation does, and the others are warm, whatever this shell keeps.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.time()
    program = subprocess.Popen(
        [sys.executable, "-P", "-c", PROGRAM],
        env={**kept, **places},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert program.stdout is not None
    return program, float(program.stdout.readline()) - began


def _end(program: "subprocess.Popen[str]") -> None:
    program.terminate()
    program.wait()
