"""What there is to say about a node or an edge: each number with its symbol and whose it is."""

from collections.abc import Sequence

from core.explain.terms import Kind
from core.frame import Frame, batch_pass
from core.freezing import is_frozen
from core.network import Gradient, Network, Trace
from core.record import record
from core.selection import Edge, Item
from ui.numbers import exact, plain
from ui.scene.names import layer_name, node_name, symbol

MOST_NAMED = 12
NO_TARGET, NOT_YET = "– (no target)", "– (not computed yet)"
OF_PARAMETERS = (Kind.W, Kind.B)
OF_ERROR = (Kind.DELTA, Kind.D_W, Kind.D_A)


@record
class Fact:
    """A number by its symbol; `whose` says what it belongs to."""

    symbol: str
    value: float
    text: str
    whose: str

    @property
    def exact(self) -> str:
        """All digits of the number, or why there is none."""
        return exact(self.value) if self.text == plain(self.value) else self.text


def quantities(item: Item, network: Network, trace: Trace, gradient: Gradient) -> dict[Kind, float]:
    """The numbers of a node or edge; `trace` and `gradient` are those of one sample."""
    k = item.layer
    if isinstance(item, Edge):
        i, j = item.source, item.target
        return {Kind.W: float(network.weights[k - 1][i, j]), Kind.D_W: float(gradient.weights[k - 1][i, j])}
    i = item.index
    if k == 0:
        return {Kind.A: float(trace.a[0][0, i]), Kind.D_A: float(gradient.x[0, i])}
    return {
        Kind.A: float(trace.a[k][0, i]),
        Kind.Z: float(trace.z[k - 1][0, i]),
        Kind.DELTA: float(gradient.delta[k - 1][0, i]),
        Kind.B: float(network.biases[k - 1][i]),
    }


def mean_gradient(frame: Frame, item: Item) -> float:
    """The mean of ∂E/∂w or ∂E/∂b over the next batch."""
    gradient = batch_pass(frame)
    if isinstance(item, Edge):
        return float(gradient.weights[item.layer - 1][item.source, item.target])
    return float(gradient.biases[item.layer - 1][item.index])


def mean_fact(frame: Frame, item: Item) -> Fact | None:
    """The mean gradient over the next batch, of a weight or a bias; inputs have none."""
    if not isinstance(item, Edge) and item.layer == 0:
        return None
    kind, value = Kind.D_W if isinstance(item, Edge) else Kind.D_B, mean_gradient(frame, item)
    return Fact(symbol(kind, frame.network.sizes, item.layer), value, plain(value), whose_mean(frame))


def facts(frame: Frame, item: Item, *, mean: bool = False) -> list[Fact]:
    """The numbers of this moment; with `mean`, the mean gradient over the next batch too."""
    numbers = quantities(item, frame.session.run.network, frame.trace, frame.gradient)
    spec, sizes = frame.session.spec, frame.network.sizes
    step = f"after step {frame.session.run.step:,}" + (", frozen" if is_frozen(spec.frozen, item) else "")
    found = [
        Fact(
            symbol(kind, sizes, item.layer),
            value,
            _text(frame, kind, value, item.layer),
            step if kind in OF_PARAMETERS else frame.subject,
        )
        for kind, value in numbers.items()
    ]
    if not isinstance(item, Edge) and item.layer == len(frame.trace.z):
        target = float(frame.t[0, item.index])
        found.append(Fact(symbol(Kind.T), target, plain(target) if frame.has_target else NO_TARGET, frame.subject))
    if mean and (fact := mean_fact(frame, item)) is not None:
        found.append(fact)
    return found


def whose_mean(frame: Frame) -> str:
    """What the mean gradient is the mean of."""
    return f"mean of {batch_pass(frame).subject}"


def title(sizes: Sequence[int], item: Item) -> str:
    """What a node or edge is called."""
    if isinstance(item, Edge):
        start, end = node_name(sizes, item.layer - 1, item.source), node_name(sizes, item.layer, item.target)
        return f"{symbol(Kind.W, tuple(sizes), item.layer)} from {start} to {end}"
    name = node_name(sizes, item.layer, item.index)
    return f"{name}, {layer_name(sizes, item.layer)} unit {item.index + 1}"


def sentence(frame: Frame, item: Item, *, mean: bool = False) -> str:
    """All of it as text."""
    said = "; ".join(f"{fact.symbol} = {fact.text} ({fact.whose})" for fact in facts(frame, item, mean=mean))
    return f"{title(frame.session.spec.sizes, item)}: {said}"


def description(frame: Frame, *, mean: bool) -> str:
    """The network in words: sizes, loss, and what is chosen."""
    sizes = frame.session.spec.sizes
    said = (
        f"Network {'-'.join(map(str, sizes))} after step {frame.session.run.step:,}."
        f" Loss over the training set {plain(frame.train.objective)}. Numbers of {frame.subject}."
    )
    if names := frame.session.spec.frozen:
        said += f" Frozen: {len(names):,}, {', '.join(names[:MOST_NAMED])}{', …' if len(names) > MOST_NAMED else ''}."
    if frame.chosen is None:
        return f"{said} Nothing is chosen; the arrow keys walk over the nodes."
    return f"{said} Chosen: {sentence(frame, frame.chosen, mean=mean)}."


def _text(frame: Frame, kind: Kind, value: float, layer: int) -> str:
    if kind not in OF_PARAMETERS and not frame.knows(kind, layer):
        return NOT_YET
    return NO_TARGET if kind in OF_ERROR and not frame.has_target else plain(value)
