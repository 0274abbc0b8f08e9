"""Costly pictures wait while training, and never when it is over."""

from dataclasses import replace

from ui.throttle import Throttle


def test_while_training_only_now_and_then_and_else_always(xor, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    throttle = Throttle(10.0)
    still, training = xor.frame(), replace(xor.frame(), training=True)
    assert throttle.due(training)
    assert not throttle.due(training)
    now[0] += 0.11
    assert throttle.due(training)
    assert throttle.due(still)
    assert throttle.due(still)
