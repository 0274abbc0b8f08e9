"""The notations in which one and the same network is written: an entry for each, as its author writes.

They contradict one another: a and z change places between 365 or Duke and Medium, y is the output of one and the target
of the others, and the first index of a weight is where it comes from or where it leads to.
"""

from core.explain.terms import Role
from core.record import record
from core.registry import Registry


@record
class Notation:
    """Names and manners of one author.

    `weights` are the letters of the first layers' weights; the last goes for all further layers. `hidden` is the
    letter of a hidden activation, `delta` None where ∂E/∂z has no letter of its own. `columns`: vectors are columns
    and matrices [to, from], the transpose of the code's. `first_layer` is the number of the input layer; `wrapped`
    writes (w_ij)³ for w_ij⁽³⁾. `by_layer`: each layer has its own letters, and k stands for none of them.
    """

    name: str
    label: str
    source: str
    pre_activation: str
    hidden: str
    input: str
    output: str
    target: str
    weights: tuple[str, ...]
    loss: str
    delta: str | None
    eta: str
    function: str
    columns: bool
    first_layer: int
    wrapped: bool
    by_layer: bool
    letters: dict[Role, str]
    layer: str
    last: str

    @property
    def matrices(self) -> str:
        """How its vectors and matrices lie, in words."""
        if self.columns:
            return "vectors are columns; matrices have a row for each unit that is led to"
        return "vectors are rows; matrices have a row for each unit that is come from"


NOTATIONS: Registry[Notation] = Registry("notation")
NOTATIONS.add(
    Notation(
        name="code",
        label="Code",
        source="the names in this program",
        pre_activation="z",
        hidden="a",
        input="x",
        output="y",
        target="t",
        weights=("W",),
        loss="E",
        delta="δ",
        eta="η",
        function="f",
        columns=False,
        first_layer=0,
        wrapped=False,
        by_layer=False,
        letters={Role.SOURCE: "i", Role.UNIT: "j", Role.NEXT: "l", Role.ALSO: "m", Role.SAMPLE: "s"},
        layer="k",
        last="K",
    )
)
NOTATIONS.add(
    Notation(
        name="365",
        label="365",
        source="I. Valchanov, Backpropagation Algorithm, 365 Data Science",
        pre_activation="a",
        hidden="h",
        input="x",
        output="y",
        target="t",
        weights=("w", "u", "W"),
        loss="L",
        delta="δ",
        eta="η",
        function="σ",
        columns=False,
        first_layer=0,
        wrapped=False,
        by_layer=True,
        letters={Role.SOURCE: "i", Role.UNIT: "j", Role.NEXT: "k", Role.ALSO: "m", Role.SAMPLE: "s"},
        layer="",
        last="",
    )
)
NOTATIONS.add(
    Notation(
        name="medium",
        label="Medium",
        source="S. Kostadinov, Understanding Backpropagation Algorithm, Medium",
        pre_activation="z",
        hidden="a",
        input="x",
        output="s",
        target="y",
        weights=("w",),
        loss="C",
        delta=None,
        eta="ε",
        function="f",
        columns=True,
        first_layer=1,
        wrapped=True,
        by_layer=False,
        letters={Role.SOURCE: "k", Role.UNIT: "j", Role.NEXT: "i", Role.ALSO: "m", Role.SAMPLE: "p"},
        layer="l",
        last="L",
    )
)
NOTATIONS.add(
    Notation(
        name="duke",
        label="Duke",
        source="K. Bradbury, Tutorial on Neural Network Math, Duke University, 2019",
        pre_activation="a",
        hidden="z",
        input="x",
        output="ŷ",
        target="y",
        weights=("w",),
        loss="E",
        delta="δ",
        eta="λ",
        function="σ",
        columns=True,
        first_layer=0,
        wrapped=False,
        by_layer=False,
        letters={Role.SOURCE: "j", Role.UNIT: "i", Role.NEXT: "j", Role.ALSO: "m", Role.SAMPLE: "n"},
        layer="k",
        last="K",
    )
)
