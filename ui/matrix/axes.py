"""The names along the sides of a matrix, what each of its cells is called, and what is chosen with a cell."""

from core.explain.terms import Kind
from core.record import record
from core.selection import Edge, Item, Node
from ui.scene.names import kept, naming, node_name, numbered_layer_name, symbol

BIAS = "b"


@record
class Axes:
    """Names of rows and columns under a title; a cell of these alone is nothing that could be chosen."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def name(self, row: int, column: int) -> str:
        """What the number in a cell is called."""
        return f"{self.rows[row]} of {self.columns[column]}"

    def item(self, row: int, column: int) -> Item | None:
        """The node or edge that a cell belongs to."""
        return None

    def cells(self, item: Item | None) -> list[tuple[int, int]]:
        """Row and column of every cell that belongs to `item`."""
        return []


@record
class UnitAxes(Axes):
    """A column for each unit of `layer`, a row for each quantity that a unit has."""

    layer: int

    def item(self, row: int, column: int) -> Item | None:
        return Node(self.layer, column)

    def cells(self, item: Item | None) -> list[tuple[int, int]]:
        if not isinstance(item, Node) or item.layer != self.layer:
            return []
        return [(row, item.index) for row in range(len(self.rows))]


@record
class ParameterAxes(Axes):
    """A column for each unit of `layer`, a row for each of its inputs, and the biases as the last where they learn.

    `weight` and `bias` are what a number of the one and of the other kind is called.
    """

    layer: int
    weight: str
    bias: str

    def name(self, row: int, column: int) -> str:
        if self._is_bias(row):
            return f"{self.bias} of {self.columns[column]}"
        return f"{self.weight} from {self.rows[row]} to {self.columns[column]}"

    def item(self, row: int, column: int) -> Item | None:
        return Node(self.layer, column) if self._is_bias(row) else Edge(self.layer, row, column)

    def cells(self, item: Item | None) -> list[tuple[int, int]]:
        if item is None or item.layer != self.layer:
            return []
        if isinstance(item, Edge):
            return [(item.source, item.target)]
        return [(len(self.rows) - 1, item.index)] if self.rows[-1] == BIAS else []

    def _is_bias(self, row: int) -> bool:
        return self.rows[row] == BIAS


@record
class TurnedAxes(Axes):
    """The axes of a matrix that is turned over: a row for each column of `upright`."""

    upright: Axes

    def name(self, row: int, column: int) -> str:
        return self.upright.name(column, row)

    def item(self, row: int, column: int) -> Item | None:
        return self.upright.item(column, row)

    def cells(self, item: Item | None) -> list[tuple[int, int]]:
        return [(row, column) for column, row in self.upright.cells(item)]


@kept(16)
def parameter_axes(
    sizes: tuple[int, ...], biased: bool, weight: Kind = Kind.W, bias: Kind = Kind.B
) -> tuple[Axes, ...]:
    """The axes of W⁽¹⁾ … W⁽ᴷ⁾ with their biases, or of what has the same shape, as they lie in the notation."""
    below = (BIAS,) if biased else ()
    upright = (
        ParameterAxes(
            numbered_layer_name(sizes, layer),
            (*_units(sizes, layer - 1), *below),
            _units(sizes, layer),
            layer,
            symbol(weight, sizes, layer),
            symbol(bias, sizes, layer),
        )
        for layer in range(1, len(sizes))
    )
    if not naming(sizes).notation.columns:
        return tuple(upright)
    return tuple(TurnedAxes(each.title, each.columns, each.rows, each) for each in upright)


@kept(16)
def unit_axes(sizes: tuple[int, ...], quantities: tuple[Kind, ...]) -> tuple[Axes, ...]:
    """The axes of quantities of the units of layers 1 … K."""
    return tuple(
        UnitAxes(
            numbered_layer_name(sizes, layer),
            tuple(symbol(kind, sizes, layer) for kind in quantities),
            _units(sizes, layer),
            layer,
        )
        for layer in range(1, len(sizes))
    )


@kept(16)
def input_axes(sizes: tuple[int, ...]) -> Axes:
    """The axes of the inputs."""
    return UnitAxes(numbered_layer_name(sizes, 0), (symbol(Kind.A, sizes, 0),), _units(sizes, 0), 0)


def _units(sizes: tuple[int, ...], layer: int) -> tuple[str, ...]:
    return tuple(node_name(sizes, layer, index) for index in range(sizes[layer]))
