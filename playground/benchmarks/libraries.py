"""scikit-learn and PyTorch at the same work: tanh layers, squared error, float64, one thread, one update at a time."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from core.kernels import Task
from core.record import record

Contender = Callable[[int], object]


@record
class Library:
    """`load()` gives what makes a contender of a task, or raises ImportError; `goal` is our share of its time."""

    name: str
    package: str
    load: Callable[[], Callable[[Task], Contender]]
    goal: float


def _sklearn() -> Callable[[Task], Contender]:
    neural_network: Any = import_module("sklearn.neural_network")

    def make(task: Task) -> Contender:
        network: Any = neural_network.MLPRegressor(
            hidden_layer_sizes=task.sizes[1:-1],
            activation="tanh",
            solver="sgd",
            alpha=0.0,
            batch_size=task.batch,
            learning_rate_init=task.eta,
            momentum=0.0,
        )
        t = task.t[:, 0] if task.t.shape[1] == 1 else task.t
        steps_per_epoch = -(-len(task.x) // task.batch)

        def train(steps: int) -> None:
            # It can be asked for whole epochs only; what is over the number of steps is made once more often.
            for _ in range(-(-steps // steps_per_epoch)):
                network.partial_fit(task.x, t)

        return train

    return make


def _torch() -> Callable[[Task], Contender]:
    torch: Any = import_module("torch")

    torch.set_num_threads(1)

    def make(task: Task) -> Contender:
        layers: list[Any] = []
        for n_in, n_out in zip(task.sizes, task.sizes[1:], strict=False):
            layers += [torch.nn.Linear(n_in, n_out, dtype=torch.float64), torch.nn.Tanh()]
        network = torch.nn.Sequential(*layers)
        optimizer = torch.optim.SGD(network.parameters(), lr=task.eta)
        x, t = torch.tensor(task.x), torch.tensor(task.t)

        def train(steps: int) -> None:
            start = 0
            for _ in range(steps):
                rows = slice(start, start + task.batch)
                optimizer.zero_grad()
                loss = 0.5 * (network(x[rows]) - t[rows]).square().sum() / task.batch
                loss.backward()
                optimizer.step()
                start = start + task.batch if start + task.batch < len(x) else 0

        return train

    return make


LIBRARIES = (
    Library("scikit-learn", "scikit-learn", _sklearn, goal=1 / 100),
    Library("PyTorch", "torch", _torch, goal=1 / 150),
)
