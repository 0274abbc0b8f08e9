"""How each quantity is written in a notation: letter, indices in its order, layer in its numbering."""

from collections.abc import Sequence

from core.explain.boxes import Box, Fenced, Fraction, Glyphs, Scripts, row
from core.explain.equations import Layers
from core.explain.notation import Notation
from core.explain.plain_text import plain_text
from core.explain.terms import Function, Index, Kind, Quantity, Role
from core.record import record
from core.selection import Edge, Item, Node

PARTIAL, MEAN_LOSS = Glyphs("∂", "italic"), Glyphs("J", "italic")
SLOPES_OF_SAMPLE = {Kind.D_A: Kind.A, Kind.D_W: Kind.W, Kind.D_B: Kind.B}
SLOPES_OF_MEAN = {Kind.MEAN_W: Kind.W, Kind.MEAN_B: Kind.B}


@record
class Naming:
    """Names in `notation` for a network of these `sizes` and `activations`.

    `layers` and `layer` say how the general form writes layers, and relative to which.
    """

    notation: Notation
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    layers: Layers = Layers.NUMBERED
    layer: int = 0

    def quantity(self, quantity: Quantity) -> Box:
        """Its symbol."""
        kind, notation = quantity.kind, self.notation
        if kind in SLOPES_OF_SAMPLE:
            return self._derivative(quantity, SLOPES_OF_SAMPLE[kind], self._loss(quantity.sample))
        if kind in SLOPES_OF_MEAN:
            return self._derivative(quantity, SLOPES_OF_MEAN[kind], MEAN_LOSS)
        match kind:
            case Kind.ETA | Kind.NUMBER | Kind.J | Kind.SIZE:
                return self._alone(quantity)
            case Kind.E | Kind.E_UNIT:
                return self._loss(quantity.sample, quantity.indices)
            case Kind.DELTA:
                return self._delta(quantity)
            case Kind.A:
                return self._activation(quantity.layer, quantity.indices)
            case Kind.W:
                return self._weight(quantity.layer, quantity.indices, "⁺" if quantity.new else "")
            case Kind.STATE_W | Kind.STATE_B:
                return self._state(quantity)
            case Kind.T:
                return self._symbol(notation.target, quantity.layer, quantity.indices, numbered=False)
            case _:
                letter = "b" if kind is Kind.B else notation.pre_activation
                return self._symbol(letter, quantity.layer, quantity.indices)

    def function(self, function: Function) -> Box:
        """f(z) or f′(z) of a unit or of a layer."""
        name = self.notation.function if self.activations[function.layer - 1] == "sigmoid" else "f"
        indices = () if function.index is None else (function.index,)
        argument = self.quantity(Quantity(Kind.Z, function.layer, indices))
        return row(Glyphs(name + ("′" if function.slope else ""), "italic"), Fenced(argument))

    def derivative(self, of: Quantity, by: Quantity) -> Box:
        """∂of/∂by."""
        return Fraction(row(PARTIAL, self.quantity(of)), row(PARTIAL, self.quantity(by)))

    def letter(self, role: Role) -> Box:
        """What a sum runs over."""
        return Glyphs(self.notation.letters[role], "italic")

    def label(self, layer: int, index: int) -> str:
        """A node by the name of its activation, on one line; an output that is alone needs no index."""
        alone = layer == len(self.sizes) - 1 and self.sizes[-1] == 1
        return plain_text(self.quantity(Quantity(Kind.A, layer, () if alone else (index,))))

    def way(self, item: Item, nodes: Sequence[Node]) -> str:
        """The nodes along a path from a weight or node."""
        start = [Node(item.layer - 1, item.source)] if isinstance(item, Edge) else []
        return " → ".join(self.label(node.layer, node.index) for node in (*start, *nodes))

    def symbol(self, kind: Kind, layer: int = 1) -> str:
        """The bare letter of a quantity of that layer, on one line: without index or number of the layer."""
        notation, loss = self.notation, plain_text(self._loss(None))
        if kind in SLOPES_OF_SAMPLE:
            return f"∂{loss}/∂{self.symbol(SLOPES_OF_SAMPLE[kind], layer)}"
        if kind in SLOPES_OF_MEAN:
            return f"∂J/∂{self.symbol(SLOPES_OF_MEAN[kind], layer)}"
        match kind:
            case Kind.A:
                last = layer == len(self.sizes) - 1
                return notation.input if layer == 0 else notation.output if last else notation.hidden
            case Kind.W:
                return notation.weights[min(layer, len(notation.weights)) - 1]
            case Kind.DELTA:
                return notation.delta or f"∂{loss}/∂{notation.pre_activation}"
            case _:
                letters = {Kind.Z: notation.pre_activation, Kind.T: notation.target, Kind.ETA: notation.eta}
                return {**letters, Kind.B: "b", Kind.J: "J"}.get(kind, loss)

    def layer_number(self, layer: int) -> str:
        """How the layer is numbered, such as l = 2; nothing where layers have no numbers."""
        return "" if self.notation.by_layer else f"{self.notation.layer} = {layer + self.notation.first_layer}"

    def _alone(self, quantity: Quantity) -> Box:
        """What is one number for the whole update, or for a layer."""
        if quantity.kind is Kind.SIZE:
            number = self._layer(quantity.layer)
            return Scripts(Glyphs("n", "italic"), number.body if isinstance(number, Fenced) else number)
        # Where t is the target, the number of the update needs another letter.
        number = "τ" if self.notation.target == "t" else "t"
        letters = {Kind.ETA: self.notation.eta, Kind.NUMBER: number}
        return Glyphs(letters[quantity.kind], "italic") if quantity.kind in letters else MEAN_LOSS

    def _activation(self, k: int, indices: tuple[Index, ...]) -> Box:
        if self._general and not (self.layers is Layers.LAST and k == self.layer):
            return self._symbol(self.notation.hidden, k, indices)
        if k == 0:
            return self._symbol(self.notation.input, k, indices, numbered=False)
        if k == len(self.sizes) - 1:
            return self._symbol(self.notation.output, k, indices, numbered=False)
        # With one hidden layer 365 need not number them.
        numbered = not self.notation.by_layer or len(self.sizes) > 3
        return self._symbol(self.notation.hidden, k, indices, numbered=numbered)

    def _weight(self, k: int, indices: tuple[Index, ...], mark: str) -> Box:
        letters = self.notation.weights
        own = k <= len(letters) - 1
        letter = letters[min(k, len(letters)) - 1]
        if not indices and not own:
            letter = letter.upper()
        return self._symbol(letter + mark, k, indices[::-1] if self.notation.columns else indices, numbered=not own)

    def _state(self, quantity: Quantity) -> Box:
        """What an optimiser remembers of one parameter, by its own letter; of a whole layer, with the parameters'."""
        letter = quantity.letter + ("⁺" if quantity.new else "")
        of_weights = quantity.kind is Kind.STATE_W
        if not quantity.indices:
            of = self.symbol(Kind.W if of_weights else Kind.B, quantity.layer)
            return Scripts(Glyphs(letter, "bold"), Glyphs(of, "italic"), self._layer(quantity.layer))
        turned = self.notation.columns and of_weights
        return self._symbol(letter, quantity.layer, quantity.indices[::-1] if turned else quantity.indices)

    def _delta(self, quantity: Quantity) -> Box:
        if self.notation.delta is None:
            return self._derivative(quantity, Kind.Z, self._loss(quantity.sample))
        # δ_j and δ_k say by their letters which layer they belong to; δ₁ of two layers would be one name for two.
        with_letters = any(isinstance(index, Role) for index in quantity.indices)
        alone = self.notation.by_layer and (len(self.sizes) == 2 or with_letters)
        return self._symbol(self.notation.delta, quantity.layer, quantity.indices, numbered=not alone)

    @property
    def _general(self) -> bool:
        return self.layers is not Layers.NUMBERED and not self.notation.by_layer

    def _loss(self, sample: Index | None, indices: tuple[Index, ...] = ()) -> Box:
        shown: tuple[Index, ...] = () if sample is None else (sample,)
        if sample is None and self.notation.name == "duke":
            return self._scripts(Glyphs("E", "italic"), self._indices((Role.SAMPLE, *indices)), None)
        return self._scripts(Glyphs(self.notation.loss, "italic"), self._indices((*shown, *indices)), None)

    def _derivative(self, quantity: Quantity, by: Kind, of: Box) -> Box:
        below = self.quantity(Quantity(by, quantity.layer, quantity.indices))
        return Fraction(row(PARTIAL, of), row(PARTIAL, below))

    def _symbol(self, letter: str, k: int, indices: tuple[Index, ...], *, numbered: bool = True) -> Box:
        base = Glyphs(letter, "italic" if indices else "bold")
        below = self._indices(indices)
        above = self._layer(k) if numbered else None
        if self.notation.wrapped and below is not None and above is not None:
            return Scripts(Fenced(Scripts(base, below)), None, above)
        return self._scripts(base, below, above)

    def _scripts(self, base: Box, below: Box | None, above: Box | None) -> Box:
        return base if below is None and above is None else Scripts(base, below, above)

    def _indices(self, indices: tuple[Index, ...]) -> Box | None:
        if not indices:
            return None
        texts = [self.notation.letters[i] if isinstance(i, Role) else str(i + 1) for i in indices]
        between = "," if any(len(text) > 1 for text in texts) else ""
        return Glyphs(between.join(texts), "italic" if isinstance(indices[0], Role) else "number")

    def _layer(self, k: int) -> Box:
        if not self._general:
            text, style = str(k + self.notation.first_layer), "number"
        else:
            letter = self.notation.last if self.layers is Layers.LAST else self.notation.layer
            offset = k - self.layer
            text, style = letter + (f"{'+' if offset > 0 else '−'}{abs(offset)}" if offset else ""), "italic"
        name = Glyphs(text, "italic" if style == "italic" else "number")
        return name if self.notation.wrapped else Fenced(name)
