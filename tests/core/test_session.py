"""Sessions: everything follows from the Spec, unless rows or a network are given; and back to the start."""

from dataclasses import FrozenInstanceError, replace

import pytest

from core.errors import InputError
from core.network import Network
from core.session import CurveColumn, Session, default_session, restarted, start_session
from core.spec import suggested
from core.training import Trainer, draw_start

CIRCLE = replace(suggested("circle"), samples=20, hidden=(3,), activations=("tanh", "tanh"))


def parameters(network: Network) -> bytes:
    return b"".join(array.tobytes() for array in (*network.weights, *network.biases))


def trained(session: Session, steps: int) -> Session:
    run = Trainer(session.spec, session.data, session.run.kernel).advance(session.run, steps)
    return replace(session, run=run, curve=session.curve.append([0.0] * len(CurveColumn)))


def test_the_window_opens_with_xor():
    session = default_session()
    assert session.spec == suggested("xor")
    assert session.data.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert session.data.t.tolist() == [[0], [1], [1], [0]]


def test_a_session_begins_at_its_start_with_an_empty_curve():
    session = start_session(CIRCLE)
    run = session.run
    assert run.network is session.start
    assert (run.step, run.epoch, run.start, run.seen) == (0, 0, 0, 0)
    assert session.curve.rows.shape == (0, len(CurveColumn))


def test_the_same_spec_gives_the_same_bytes():
    one, other = start_session(CIRCLE), start_session(CIRCLE)
    assert parameters(one.start) == parameters(other.start)
    assert one.data.x.tobytes() == other.data.x.tobytes()
    assert one.data.t.tobytes() == other.data.t.tobytes()


def test_rows_and_network_may_be_given():
    data = start_session(CIRCLE).data
    network = draw_start(replace(CIRCLE, seed=77))
    session = start_session(CIRCLE, data=data, network=network)
    assert session.data is data
    assert session.start is network
    assert parameters(network) != parameters(start_session(CIRCLE).start)


def test_a_spec_that_makes_no_sense_is_refused():
    with pytest.raises(InputError, match="learning rate η must be a positive number, not -1"):
        start_session(replace(CIRCLE, eta=-1.0))


def test_restarting_returns_to_the_same_bytes_and_leaves_the_rest():
    begun = start_session(CIRCLE)
    start = parameters(begun.start)
    moved = trained(begun, 25)
    assert parameters(moved.run.network) != start
    again = restarted(moved)
    assert parameters(again.run.network) == start
    assert (again.run.step, again.run.epoch, again.run.start, again.run.seen) == (0, 0, 0, 0)
    assert again.curve.length == 0
    assert (again.spec, again.data, again.start) == (moved.spec, moved.data, moved.start)


def test_training_from_the_start_again_is_the_same_to_the_bit():
    once = trained(start_session(CIRCLE), 25)
    again = trained(restarted(once), 25)
    assert parameters(again.run.network) == parameters(once.run.network)


def test_a_session_is_a_value():
    session = start_session(CIRCLE)
    with pytest.raises(FrozenInstanceError):
        session.spec = suggested("xor")  # type: ignore[misc]
    for array in (session.data.x, session.data.t, *session.start.weights, *session.start.biases, session.run.state):
        assert not array.flags.writeable
