"""The rows that texts work through by hand, each under the name of its example; the gallery does not list them.

365, Medium and Duke print no numbers; theirs here are chosen so that no two inputs look alike.
"""

from core.arrays import Array, frozen
from core.datasets.dataset import WORKED, Dataset, Suggestion


def _add(name: str, label: str, x: list[float], t: list[float], suggestion: Suggestion) -> None:
    inputs, targets = frozen([x]), frozen([t])

    def draw(rng: object, samples: int, noise: float) -> tuple[Array, Array]:
        return inputs, targets

    help = f"The single row that the example {name} is worked through with."
    WORKED.add(
        Dataset(name, label, help, len(x), 0, 1, "zero-one", draw, suggestion, table=True, targets=len(t)),
    )


def _suggestion(hidden: tuple[int, ...], activation: str, eta: float) -> Suggestion:
    return Suggestion(hidden, activation, activation, "half-squared-error", eta, None, epochs=200, goal=0.01)


_add("365", "365", [0.6, -0.9], [1.0, 0.0], _suggestion((3,), "sigmoid", 0.5))
_add("medium", "Medium", [0.5, -1.0, 0.8, 0.3], [0.4], _suggestion((2, 2), "tanh", 0.1))
_add("duke", "Duke", [0.7, -0.4], [1.0], _suggestion((2, 2), "sigmoid", 0.5))
for _number, _units in ((1, 1), (2, 2), (3, 3)):
    _name, _label = f"duke-figure-{_number}", f"Duke, Figure {_number}"
    _add(_name, _label, [1.0], [0.0], _suggestion((_units,), "identity", 0.01))
_add("mazur", "Mazur", [0.05, 0.10], [0.01, 0.99], _suggestion((2,), "sigmoid", 0.5))
