"""One update: ours, plain C, NumPy, scikit-learn and PyTorch at the same work, in turn, medians of ROUNDS."""

import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

from core.errors import InputError
from core.initializers import INITIALIZERS
from core.kernels import KERNELS, Task, choose
from core.kernels.layout import Layout
from core.network import Network, draw_network
from core.record import record
from playground.benchmarks import c_rival, libraries
from playground.benchmarks.rows import Row

ROUNDS, SECONDS, ETA = 7, 0.1, 1e-3
GRID_ROUNDS, GRID_SECONDS, MOST_WORK = 5, 0.02, 3e8
WIDTHS, BATCHES, DEPTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512), (1, 4, 16, 64, 256, 1024, 4096), (1, 2)
Contender = Callable[[int], object]  # makes that many updates


@record
class Work:
    """A network of tanh layers, the last softmax if `softmax`, on a set of `rows` random rows."""

    sizes: tuple[int, ...]
    batch: int
    softmax: bool = False
    against_c: float | None = None
    or_numpy: bool = False

    @property
    def name(self) -> str:
        """How the rows call it."""
        return f"{'-'.join(map(str, self.sizes))}{' softmax' if self.softmax else ''}, batch {self.batch}"

    @property
    def rows(self) -> int:
        """As many as the toy sets have to train on, or one batch."""
        return max(250, self.batch)

    def task(self, rng: np.random.Generator) -> Task:
        """What a kernel is given."""
        x = rng.uniform(-1.0, 1.0, (self.rows, self.sizes[0]))
        if self.softmax:
            t = np.eye(self.sizes[-1])[rng.integers(0, self.sizes[-1], self.rows)]
        else:
            t = np.sign(rng.standard_normal((self.rows, self.sizes[-1])))
        last, loss = ("softmax", "softmax-cross-entropy") if self.softmax else ("tanh", "half-squared-error")
        activations = ("tanh",) * (len(self.sizes) - 2) + (last,)
        return Task(x, t, self.sizes, activations, loss, "gradient-descent", "none", ETA, self.batch, None)


WORKS = (
    Work((2, 4, 2, 1), 10, against_c=0.4),
    Work((2, 8, 8, 8, 8, 8, 8, 1), 10, against_c=0.7),
    Work((2, 8, 8, 1), 250, against_c=0.35),
    Work((4, 3, 3), 10, softmax=True, against_c=0.6, or_numpy=True),
    Work((64, 32, 10), 32, softmax=True, against_c=0.6, or_numpy=True),
    Work((64, 512, 512, 10), 256, softmax=True, against_c=0.6, or_numpy=True),
    # Sample by sample, which is what C does too.
    Work((64, 64, 10), 1, softmax=True),
    Work((64, 512, 512, 10), 4, softmax=True),
)
# What the libraries are compared on: regression, which scikit-learn has with a linear output only.
LIBRARY_WORKS = (
    Work((2, 4, 2, 1), 10),
    Work((2, 16, 16, 1), 32),
    Work((64, 128, 128, 10), 64),
    Work((64, 512, 512, 10), 256),
)


def measure(skipped: Callable[[str], None]) -> Iterator[Row]:
    """All rows; `skipped` is told what was left out, and why."""
    try:
        KERNELS["compiled"].prepare()
    except InputError as error:
        skipped(f"the compiled kernel: {error}")
    plain = c_rival.compile_it(skipped)
    for work in WORKS:
        yield from _against_c(work, plain)
    yield from _against_libraries(skipped)
    yield _choice()


def _against_c(work: Work, plain: c_rival.Train | None) -> Iterator[Row]:
    task = work.task(np.random.default_rng(0))
    chosen = choose("auto", work.sizes, work.batch)
    contenders = {"ours": _kernel(task, chosen)}
    if plain is not None:
        contenders["C"] = c_rival.contender(plain, task, _start(task), _orders(task))
    if work.or_numpy:
        contenders["NumPy"] = _kernel(task, "numpy")
    times = timed(contenders, SECONDS, ROUNDS)
    ours, what = times.pop("ours"), f"{work.name}, {chosen} kernel"
    if work.or_numpy and times["NumPy"] < times.get("C", np.inf):
        yield Row(what, ours, "µs", at_most=1.05, rival="NumPy", theirs=times["NumPy"])
    elif "C" in times:
        yield Row(what, ours, "µs", at_most=work.against_c, rival="C", theirs=times["C"])
    else:
        yield Row(what, ours, "µs")


def _against_libraries(skipped: Callable[[str], None]) -> Iterator[Row]:
    for library in libraries.LIBRARIES:
        try:
            make = library.load()
        except ImportError:
            skipped(f"{library.name}, which is not installed (python -m pip install {library.package})")
            continue
        for work in LIBRARY_WORKS:
            task = work.task(np.random.default_rng(0))
            chosen = choose("auto", work.sizes, work.batch)
            times = timed({"ours": _kernel(task, chosen), "theirs": make(task)}, SECONDS, 5)
            goal = library.goal if work is LIBRARY_WORKS[0] else 1.0
            what = f"{work.name}, {chosen} kernel"
            yield Row(what, times["ours"], "µs", at_most=goal, rival=library.name, theirs=times["theirs"])


def _choice() -> Row:
    """The worst of what `auto` chooses, over widths, depths and batches, against the better kernel."""
    worst = (0.0, "", 1.0, 1.0)
    for depth in DEPTHS:
        for width in WIDTHS:
            for batch in BATCHES:
                if width * width * depth * batch > MOST_WORK:
                    continue
                work = Work((2 if width < 64 else 64, *[width] * depth, 1 if width < 64 else 10), batch)
                task = work.task(np.random.default_rng(0))
                kernels = {entry.name: _kernel(task, entry.name) for entry in KERNELS if entry.ready()}
                times = timed(kernels, GRID_SECONDS, GRID_ROUNDS, best=min)
                chosen, better = times[choose("auto", work.sizes, batch)], min(times.values())
                worst = max(worst, (chosen / better, work.name, chosen, better))
    return Row(
        f"auto, worst of the grid: {worst[1]}", worst[2], "µs", at_most=1.1, rival="better kernel", theirs=worst[3]
    )


def _start(task: Task) -> Network:
    rng, glorot = np.random.default_rng(1), INITIALIZERS["glorot"]
    return draw_network(task.sizes, task.activations, task.loss, glorot, rng=rng, biased=True)


def _orders(task: Task) -> list[np.ndarray[tuple[int], np.dtype[np.intp]]]:
    rng = np.random.default_rng(2)
    return [rng.permutation(len(task.x)) for _ in range(64)]


def _kernel(task: Task, name: str) -> Contender:
    kernel = KERNELS[name].make(task)
    network, orders = _start(task), _orders(task)
    kernel.load(network, np.zeros((0, Layout(task.sizes).length)), 0)
    steps_per_epoch = -(-len(task.x) // task.batch)

    def train(steps: int) -> None:
        epochs = -(-steps // steps_per_epoch)
        kernel.burst((orders * -(-epochs // len(orders)))[:epochs], 0, steps, np.empty(steps))

    return train


def timed(
    contenders: dict[str, Contender],
    seconds: float,
    rounds: int,
    best: Callable[[list[float]], float] = median,
) -> dict[str, float]:
    """Microseconds an update, of each in turn: what disturbs the machine disturbs all."""
    steps: dict[str, int] = {}
    for name, train in contenders.items():
        steps[name] = _enough(train, seconds)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, train in contenders.items():
            began = time.perf_counter()
            train(steps[name])
            times[name].append((time.perf_counter() - began) / steps[name] * 1e6)
    return {name: best(found) for name, found in times.items()}


def _enough(train: Contender, seconds: float) -> int:
    """As many updates as take about that long; the first ones warm it up."""
    steps = 1
    while True:
        began = time.perf_counter()
        train(steps)
        taken = time.perf_counter() - began
        if taken > seconds / 2:
            return max(1, round(steps * seconds / taken))
        steps = max(2 * steps, min(100 * steps, round(steps * seconds / max(taken, 1e-7))))
