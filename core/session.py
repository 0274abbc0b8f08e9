"""Everything the user has made so far, as one value: choices, rows, the start, where the run stands, and its losses."""

from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum

from core.arrays import Array
from core.datasets import Data
from core.envelope import Envelope
from core.network import Network
from core.parameters import Parameter, with_parameter
from core.record import record
from core.series import Series
from core.spec import Spec, check, suggested
from core.timeline import Timeline, bytes_of
from core.training import Evaluation, Run, begin, draw_start, evaluate, load_data


class CurveColumn(IntEnum):
    """The columns of the loss curve; what does not exist (no test rows, no classes) is NaN."""

    EPOCH = 0
    STEP = 1
    TRAIN_LOSS = 2
    PENALTY = 3
    TEST_LOSS = 4
    TRAIN_ACCURACY = 5
    TEST_ACCURACY = 6


@record(eq=False)
class Leg:
    """A part of a run under one η and batch and with the same frozen, from `step` on, known by its identity; the first
    is the run's. `item` is the weight or bias that was given a `value` by hand there, if one was.
    """

    step: int
    spec: Spec
    item: Parameter | None = None
    value: float = 0.0

    def entered(self, run: Run) -> Run:
        """`run`, at its step, as it goes on in this leg; as often as one likes."""
        if self.item is None:
            return run
        return replace(run, network=with_parameter(run.network, self.item, self.value))


@record(eq=False)
class Session:
    """The single source of truth. `start` is the network that Reset returns to.

    `curve` has CurveColumn's columns, a row for each evaluation of the whole sets; `batch_losses` one number for each
    step: the mean loss of its batch just before its update. `legs` tell one run from another, see common_steps, and
    with the `timeline` every earlier step of it can be made again. What was gone back to knows what lies `ahead`: the
    run as it was left at its end. `given` says in words where the layers of a start come from that was not drawn;
    nothing of a layer that was.
    """

    spec: Spec
    data: Data
    start: Network
    run: Run
    curve: Series
    legs: tuple[Leg, ...]
    timeline: Timeline
    batch_losses: Envelope = Envelope()
    ahead: "Session | None" = None
    given: tuple[str, ...] = ()

    @property
    def whole(self) -> "Session":
        """The run up to its end, of which this may be an earlier step."""
        return self.ahead or self


def empty_curve() -> Series:
    """A curve without points."""
    return Series(len(CurveColumn))


def start_session(
    spec: Spec, *, data: Data | None = None, network: Network | None = None, given: tuple[str, ...] = ()
) -> Session:
    """A session at its first step; rows and network are drawn unless given. InputError when `spec` makes no sense."""
    check(spec)
    data = load_data(spec) if data is None else data
    network = draw_start(spec) if network is None else network
    run = begin(spec, network)
    return Session(spec, data, network, run, empty_curve(), (Leg(0, spec),), Timeline((run,)), given=given)


def restarted(session: Session) -> Session:
    """The same session, back at its own start."""
    return start_session(session.spec, data=session.data, network=session.start, given=session.given)


def with_kernel(session: Session, kernel: str) -> Session:
    """A session that has not begun to train, on another kernel from its first step on."""
    run = replace(session.run, kernel=kernel)
    return replace(session, run=run, timeline=Timeline((replace(run, seen=0),)))


def advanced(session: Session, run: Run, losses: Array) -> Session:
    """`session` gone on to `run`, whose new steps had these losses. What lies ahead stays so while it is the same."""
    after = replace(
        session,
        run=run,
        batch_losses=session.batch_losses.extended(losses),
        timeline=session.timeline.with_run(run),
    )
    ahead = session.ahead
    if ahead is not None and (run.step >= ahead.run.step or common_steps(after, ahead, by_hand=False) < run.step):
        return replace(after, ahead=None)
    return after


def evaluations(session: Session) -> tuple[Evaluation, Evaluation | None]:
    """The objective over the training rows and over the test rows, if there are any, with the parameters of now."""
    network, penalty, data = session.run.network, session.spec.penalty, session.data
    train = evaluate(network, penalty, data.x_train, data.t_train, data)
    assert train is not None
    return train, evaluate(network, penalty, data.x_test, data.t_test, data)


def common_steps(one: Session, other: Session, *, by_hand: bool = True) -> int:
    """Up to which step two sessions are the same run with the same networks; −1 if they began apart.

    At the last of these steps one of them may have been changed `by_hand`, unless that is not to count.
    """
    if one.legs[0] is not other.legs[0]:
        return -1
    apart = set(one.legs) ^ set(other.legs)
    ends = (leg.step - (leg.item is not None and not by_hand) for leg in apart)
    return min([one.run.step, other.run.step, *ends])


def mistakes_made(session: Session) -> tuple[str, ...]:
    """The mistakes that this run, up to where it stands, made updates with, in the order of the first."""
    ends = [*(leg.step for leg in session.legs[1:]), session.run.step]
    made = (leg.spec.mistake for leg, end in zip(session.legs, ends, strict=True) if end > leg.step)
    return tuple(dict.fromkeys(mistake for mistake in made if mistake is not None))


def held_bytes(sessions: Iterable[Session]) -> int:
    """How much memory the arrays of these sessions take together; what several share counts once."""
    every = {part for session in sessions for part in (session, session.whole)}
    runs: dict[Leg, set[Run]] = {}
    for session in every:
        # Those of one beginning share runs, and each of these is as large as the others.
        runs.setdefault(session.legs[0], set()).update(session.timeline.runs, (session.run,))
    kept = sum(len(alike) * bytes_of(next(iter(alike))) for alike in runs.values())
    networks = {session.start for session in every}
    arrays = [array for network in networks for array in (*network.weights, *network.biases)]
    for session in every:
        arrays += [session.data.x, session.data.t, *session.curve.held, *session.batch_losses.held]
    return kept + sum({id(array): array.nbytes for array in arrays}.values())


def default_session() -> Session:
    """What the window opens with: XOR and the settings that solve it."""
    return start_session(suggested("xor"))
