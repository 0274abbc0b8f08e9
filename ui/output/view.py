"""What a view is: one way to picture the answers of networks with so many inputs."""

from typing import Protocol

from core.arrays import Array, Rows
from core.frame import Frame
from core.record import record
from ui.numbers import count
from ui.output.legend import Entry
from ui.output.points import Stamp
from ui.output.probe import ProbedPicture
from ui.theme import Theme

NOT_FINITE = "not finite (NaN or ∞)"


@record
class Look:
    """What the user has chosen to see."""

    theme: Theme
    test: bool = True
    discrete: bool = False


class View(Protocol):
    """Draws on a picture that it shares with the other views."""

    name: str

    def prepare(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        """Lay the ground, the legend and the points that stay: data, look or kind of network are new."""
        ...

    def draw(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        """Draw what this frame answers."""
        ...

    def inputs(self, place: Array) -> Array | None:
        """The inputs x (n_0,) that belong to a place (2,) of the picture; None where that is a row or nothing."""
        ...


def row_entries(frame: Frame, look: Look, drawn: Rows) -> tuple[Entry, ...]:
    """How rows that train and rows that test are told apart, and how many are drawn where not all are."""
    data = frame.session.data
    rows = len(data.x) if look.test else data.train
    entries = (Entry("train", Stamp(look.theme.secondary)),)
    if look.test and data.train < len(data.x):
        entries += (Entry("test", Stamp(look.theme.secondary, diamond=True)),)
    if len(drawn) < rows:
        entries += (Entry(f"{count(len(drawn))} of {count(rows)} rows drawn"),)
    return entries
