"""An order is sent once for each thing that is wanted; only what was made for it is taken."""

from dataclasses import replace

from core.preparing import Prepared, Preparing
from ui.prepared import Order


def test_it_is_sent_once_and_again_when_something_else_is_wanted(xor):
    sent = []
    order, frame = Order("steps", sent.append), xor.frame()
    for key in ("a", "a", "b"):
        assert order.take(frame, key, lambda frame: frame.session.run.step) is None
    assert [wish.name for wish in sent] == ["steps", "steps"]
    one, other = sent
    answered = {"steps": Prepared(other, other.make(frame))}
    assert order.take(replace(frame, prepared=answered), "b", str) == 50
    stale = {"steps": Prepared(one, one.make(frame))}
    assert order.take(replace(frame, prepared=stale), "b", str) is None


def test_it_is_cancelled_once_and_wanted_again_when_it_is_seen_again(xor):
    sent = []
    order, frame = Order("steps", sent.append), xor.frame()
    order.cancel()
    assert not sent
    order.take(frame, "a", str)
    order.cancel()
    order.cancel()
    assert [wish.make for wish in sent] == [str, None]
    order.take(frame, "a", str)
    assert isinstance(sent[-1], Preparing)
    assert sent[-1].make is str
