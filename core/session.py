"""Everything the user has made so far, as one value: choices, rows, the start, where the run stands, and its losses."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from core.arrays import Array
from core.datasets import Data
from core.envelope import Envelope
from core.network import Network
from core.series import Series
from core.spec import Spec, check, suggested
from core.training import Run, begin, draw_start, load_data


class CurveColumn(IntEnum):
    """The columns of the loss curve; what does not exist (no test rows, no classes) is NaN."""

    EPOCH = 0
    STEP = 1
    TRAIN_LOSS = 2
    PENALTY = 3
    TEST_LOSS = 4
    TRAIN_ACCURACY = 5
    TEST_ACCURACY = 6


@dataclass(frozen=True, eq=False)
class Leg:
    """A part of a run under one η and batch, known by its identity; the first is the run's."""

    step: int


@dataclass(frozen=True, eq=False)
class Session:
    """The single source of truth. `start` is the network that Reset returns to.

    `curve` has CurveColumn's columns, a row for each evaluation of the whole sets; `batch_losses` one number for each
    step: the mean loss of its batch just before its update. `legs` tell one run from another, see common_steps.
    """

    spec: Spec
    data: Data
    start: Network
    run: Run
    curve: Series
    batch_losses: Envelope = Envelope()  # noqa: RUF009 – an immutable value
    legs: tuple[Leg, ...] = field(default_factory=lambda: (Leg(0),))


def empty_curve() -> Series:
    """A curve without points."""
    return Series(len(CurveColumn))


def start_session(spec: Spec, *, data: Data | None = None, network: Network | None = None) -> Session:
    """A session at its first step; rows and network are drawn unless given. InputError when `spec` makes no sense."""
    check(spec)
    data = load_data(spec) if data is None else data
    network = draw_start(spec) if network is None else network
    return Session(spec, data, network, begin(spec, network), empty_curve())


def restarted(session: Session) -> Session:
    """The same session, back at its own start."""
    run = begin(session.spec, session.start)
    return replace(session, run=run, curve=empty_curve(), batch_losses=Envelope(), legs=(Leg(0),))


def common_steps(one: Session, other: Session) -> int:
    """Up to which step two sessions are the same run with the same networks; −1 if they began apart."""
    if one.legs[0] is not other.legs[0]:
        return -1
    apart = set(one.legs) ^ set(other.legs)
    return min([one.run.step, other.run.step, *(leg.step for leg in apart)])


def held_bytes(sessions: Iterable[Session]) -> int:
    """How much memory the arrays of these sessions take together; what several share counts once."""
    return sum({id(array): array.nbytes for session in sessions for array in _arrays(session)}.values())


def _arrays(session: Session) -> tuple[Array, ...]:
    data, run, networks = session.data, session.run, (session.start, session.run.network)
    parameters = (array for network in networks for array in (*network.weights, *network.biases))
    return (data.x, data.t, run.state, *parameters, *session.curve.held, *session.batch_losses.held)


def default_session() -> Session:
    """What the window opens with: XOR and the settings that solve it."""
    return start_session(suggested("xor"))
