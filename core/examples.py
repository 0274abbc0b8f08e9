"""Small networks by name, with their numbers: those of the texts that backpropagation is learnt from.

365, Medium and Duke print no numbers; theirs here are chosen so that no two paths or units look alike.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from numpy.typing import ArrayLike

from core.arrays import Array, frozen
from core.network import Layer, Network
from core.record import record
from core.registry import Registry
from core.spec import Spec, suggested
from core.training import load_data


@record(eq=False)
class Example:
    """A network, its η, the row that is looked at first, and its author's notation.

    Its rows are those of the data set `dataset`, or of its own name.
    """

    name: str
    label: str
    help: str
    network: Network
    eta: float
    notation: str
    sample: int = 0
    dataset: str = ""

    @property
    def spec(self) -> Spec:
        """The choices that it is opened with: its rows are one batch, in their order."""
        network = self.network
        return replace(
            suggested(self.dataset or self.name),
            hidden=network.sizes[1:-1],
            activations=network.activations,
            loss=network.loss,
            biased=network.biased,
            eta=self.eta,
            batch=None,
            shuffle=False,
        )

    @property
    def x(self) -> Array:
        """The inputs of its rows (n, n_0)."""
        return load_data(self.spec).x

    @property
    def t(self) -> Array:
        """Their targets (n, n_K)."""
        return load_data(self.spec).t


EXAMPLES: Registry[Example] = Registry("example")


def with_frozen_biases(example: Example) -> Example:
    """The same with biases that keep their values."""
    return replace(
        example,
        name=f"{example.name}-frozen",
        label=f"{example.label}, biases frozen",
        network=replace(example.network, biased=False),
        dataset=example.dataset or example.name,
    )


def _network(
    activations: str, weights: Sequence[ArrayLike], biases: Sequence[Sequence[float]] | None = None
) -> Network:
    """A network with the half squared error; `weights` are W⁽ᵏ⁾ [from, to]. Without biases they stay 0."""
    matrices = [frozen(w) for w in weights]
    vectors = [frozen([0.0] * w.shape[1]) for w in matrices] if biases is None else [frozen(b) for b in biases]
    layers = (Layer(w, b, name) for w, b, name in zip(matrices, vectors, activations.split(), strict=True))
    return Network(tuple(layers), "half-squared-error", biases is not None)


EXAMPLES.add(
    Example(
        "365",
        "365 Data Science: 2-3-2",
        "Two inputs, three hidden units, two outputs, all sigmoids: weights w and u, loss ½ Σ (y − t)².",
        _network(
            "sigmoid sigmoid",
            [[[0.1, -0.4, 0.3], [0.5, 0.2, -0.6]], [[0.7, -0.3], [-0.2, 0.8], [0.4, 0.6]]],
            [[0.1, -0.2, 0.05], [-0.1, 0.3]],
        ),
        0.5,
        "365",
    )
)
EXAMPLES.add(
    Example(
        "medium",
        "Medium: 4-2-2-1",
        'The article\'s "4-layer" network; its f is a tanh here, and its cost C half the squared error.',
        _network(
            "tanh tanh tanh",
            [
                [[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6], [0.7, -0.2]],
                [[0.5, -0.4], [0.3, 0.9]],
                [[0.8], [-0.6]],
            ],
            [[0.1, -0.1], [0.2, 0.05], [-0.3]],
        ),
        0.1,
        "medium",
    )
)
EXAMPLES.add(
    Example(
        "duke",
        "Duke: 2-2-2-1 without biases",
        "Figure 8 of the tutorial, whose seven steps are its Table 1: sigmoids everywhere, E = ½(ŷ − y)².",
        _network(
            "sigmoid sigmoid sigmoid",
            [[[0.4, -0.7], [0.9, 0.3]], [[0.6, 0.2], [-0.5, 0.8]], [[1.1], [-0.9]]],
        ),
        0.5,
        "duke",
    )
)
EXAMPLES.add(
    Example(
        "duke-figure-1",
        "Duke, Figure 1: one path",
        "a = 3x and y = 2a: along a path derivatives multiply, so dy/dx = 2 · 3 = 6.",
        _network("identity identity", [[[3.0]], [[2.0]]]),
        0.01,
        "duke",
    )
)
EXAMPLES.add(
    Example(
        "duke-figure-2",
        "Duke, Figure 2: two paths",
        "y = 2a₁ + a₂ of a₁ = 3x and a₂ = −x: across paths derivatives add, so dy/dx = 2 · 3 + 1 · (−1) = 5.",
        _network("identity identity", [[[3.0, -1.0]], [[2.0], [1.0]]]),
        0.01,
        "duke",
    )
)
EXAMPLES.add(
    Example(
        "duke-figure-3",
        "Duke, Figure 3: N paths",
        "N = 3 paths: dy/dx = Σ_j w_j⁽²⁾ w_j⁽¹⁾ = 1 · 1 + (−1) · 2 + 2 · 3 = 5.",
        _network("identity identity", [[[1.0, 2.0, 3.0]], [[1.0], [-1.0], [2.0]]]),
        0.01,
        "duke",
    )
)
EXAMPLES.add(
    Example(
        "xor",
        "XOR: 2-2-1",
        "The classic first run: four rows, sigmoids, half squared error.",
        _network("sigmoid sigmoid", [[[0.5, -0.4], [0.9, 1.0]], [[-1.2], [1.1]]], [[-0.8, 0.1], [0.3]]),
        0.5,
        "code",
        sample=1,
        dataset="xor",
    )
)
# M. Mazur, A Step by Step Backpropagation Example (2015). His w₁ leads from i₁ to h₁, w₂ from i₂ to h₁, and so on.
EXAMPLES.add(
    Example(
        "mazur",
        "Mazur: 2-2-2",
        "M. Mazur's step by step example (2015): loss 0.298371109, after one update 0.291027774 while the biases stay"
        " as he leaves them, 0.280471447 when they learn too.",
        _network(
            "sigmoid sigmoid",
            [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
            [[0.35, 0.35], [0.60, 0.60]],
        ),
        0.5,
        "code",
    )
)


@cache
def offered() -> tuple[Example, ...]:
    """What the window offers: each of them, and Mazur's with the biases left as he leaves them."""
    return (*EXAMPLES, with_frozen_biases(EXAMPLES["mazur"]))
