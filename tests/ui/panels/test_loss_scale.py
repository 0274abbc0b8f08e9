"""The axes of loss curves hold what is shown, also what is hardly a number."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ui.panels.loss_scale import LARGEST, SMALLEST, LossScale

numbers = st.floats(0) | st.sampled_from([math.nan, 5e-324, 1.7e308])
losses = st.lists(numbers, max_size=20).map(np.array)


@given(losses, st.booleans(), st.floats(0, 1e9))
def test_holds_every_loss_that_can_be_shown(values, log, last):
    (first, end), (low, high) = LossScale().settle(last, values, log=log)
    assert first == 0.0
    assert last <= end * (1 + 1e-9)
    assert math.isfinite(high)
    assert low < high
    assert low > 0 if log else low == 0
    shown = values[(values >= SMALLEST) & (values <= LARGEST)]
    assert (shown <= high * (1 + 1e-9)).all()
    if log:
        assert (shown >= low * (1 - 1e-9)).all()


def test_does_not_follow_every_frame():
    scale = LossScale()
    ranges = [scale.settle(101 + epoch, np.array([1.0, 0.5 - epoch / 1000]), log=True) for epoch in range(49)]
    assert len(set(ranges)) == 1
