"""A gradient check in slices finds what the check in one go finds, goes on where it was, and can be left."""

from dataclasses import replace

import pytest

from core import edits
from core.checking import Checker
from core.gradient_check import check_gradient
from core.selection import GradientChecking, StepComparison
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench

SPEC = replace(suggested("circle"), hidden=(3, 2), activations=("relu", "tanh", "tanh"), batch=5)
ONE = 0.0  # seconds: one comparison at a time


def in_one_go(w: Workbench):
    rows, data = w.trainer.next_batch(w.session.run), w.session.data
    return check_gradient(w.session.run.network, data.x[rows], data.t[rows])


@pytest.mark.parametrize("biased", [True, False])
def test_slice_by_slice_it_is_the_whole_check(biased: bool):
    w = Workbench(start_session(replace(SPEC, biased=biased)))
    w.train(20)
    whole = in_one_go(w)
    checker = Checker(w.session, w.trainer.next_batch(w.session.run))
    slices = 0
    while checker.now.under_way:
        assert checker.now.done == slices
        checker.go_on(ONE)
        slices += 1
    assert checker.now.needed == slices == len(whole.comparisons)
    assert checker.now.worst == whole.worst
    assert checker.now.passed == whole.passed
    for layer in checker.now.layers:
        own = [c for c in whole.comparisons if c.layer == layer.layer]
        assert layer.counted + layer.at_kinks == len(own)
        assert layer.kinks == tuple(c for c in own if c.at_kink)
        assert layer.worst is None or layer.worst.error == max(c.error for c in own if not c.at_kink)


def test_kinks_are_named_and_not_counted():
    # At zero inputs and zero biases every ReLU stands at its kink.
    w = Workbench(start_session(replace(suggested("xor"), activations=("relu", "sigmoid"))))
    checker = Checker(w.session, w.trainer.next_batch(w.session.run))
    checker.go_on(60.0)
    first = checker.now.layers[0]
    assert first.at_kinks > 0
    assert first.kinks[0].name.startswith(("W1", "b1"))
    assert checker.now.passed


def test_it_stays_with_the_step_that_it_was_begun_at():
    w = Workbench(start_session(SPEC))
    w.train(7)
    expected = in_one_go(w)
    w.perform(GradientChecking(anew=True))
    w.train(5)
    while (now := w.frame().checking) is not None and now.under_way:
        w.perform(GradientChecking())
    assert now is not None
    assert now.step == 7
    assert now.worst == expected.worst


def test_cancelled_it_keeps_what_was_found_and_can_begin_anew():
    w = Workbench(start_session(SPEC))
    checker = Checker(w.session, w.trainer.next_batch(w.session.run))
    checker.go_on(ONE)
    checker.cancel()
    assert not checker.now.under_way
    checker.go_on(ONE)
    assert checker.now.done == 1
    w.perform(GradientChecking(anew=True))
    w.perform(GradientChecking(cancelled=True))
    left = w.frame().checking
    w.perform(GradientChecking(anew=True))
    now = w.frame().checking
    assert left is not None
    assert now is not None
    assert left.cancelled
    assert now.done > 0
    assert not now.cancelled


@pytest.mark.parametrize("late", [GradientChecking(), GradientChecking(cancelled=True)])
def test_what_is_asked_of_a_check_comes_too_late_when_another_run_has_begun(late: GradientChecking):
    w = Workbench(start_session(SPEC))
    w.perform(GradientChecking(anew=True))
    w.apply(edits.new_seed())
    w.perform(late)
    assert w.frame().checking is None


def test_what_an_error_broke_off_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch):
    w = Workbench(start_session(SPEC))
    checker = Checker(w.session, w.trainer.next_batch(w.session.run))
    checker.go_on(ONE)
    monkeypatch.setattr("core.gradient_check.forward", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        checker.go_on(ONE)
    checker.go_on(ONE)
    assert checker.now.cancelled
    assert not checker.now.under_way


def test_another_run_has_neither_check_nor_comparison():
    w = Workbench(start_session(SPEC))
    w.train(10)
    w.perform(GradientChecking(anew=True))
    w.perform(StepComparison(3))
    frame = w.frame()
    assert frame.comparison is not None
    assert (frame.comparison.before.step, frame.comparison.after.step) == (3, 10)
    w.go_to(5)
    assert w.frame().comparison is frame.comparison
    w.perform(edits.reset())
    assert w.frame().comparison is None
    assert w.frame().checking is None
