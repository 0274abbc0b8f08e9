"""Earlier states of a run, evenly thinned out, so that any number of the present can be shown over time."""

from core.network import Network
from core.record import record

MOST_MOMENTS = 256
MOST_BYTES = 8_000_000


@record(eq=False)
class Moment:
    """The network as it was after that many updates."""

    step: int
    network: Network


@record(eq=False)
class Past:
    """Moments, oldest first. When they are too many every second is dropped and `every` doubles."""

    moments: tuple[Moment, ...] = ()
    every: int = 1
    offered: int = 0

    def with_moment(self, step: int, network: Network) -> "Past":
        """Offer a moment; it is kept when its turn has come."""
        if self.moments and self.moments[-1].step >= step:
            return self
        offered = self.offered + 1
        if self.offered % self.every:
            return Past(self.moments, self.every, offered)
        moments = (*self.moments, Moment(step, network))
        if len(moments) > _most(network):
            return Past(moments[::2], 2 * self.every, offered)
        return Past(moments, self.every, offered)

    def until(self, step: int) -> "Past":
        """What of it was before or at that step; where next to nothing is left, every moment is taken again."""
        moments = tuple(moment for moment in self.moments if moment.step <= step)
        return Past(moments, self.every, self.offered) if len(moments) > 1 else Past(moments, 1, len(moments))


def _most(network: Network) -> int:
    size = sum(layer.weights.nbytes + layer.biases.nbytes for layer in network.layers)
    return min(MOST_MOMENTS, max(2, MOST_BYTES // size))
