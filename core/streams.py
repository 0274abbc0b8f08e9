"""One seed gives three independent streams of random numbers: data, start, and the order of the samples."""

from functools import lru_cache

import numpy as np

from core.arrays import Rows

DATA, START, ORDER = range(3)


def stream(seed: int, which: int) -> np.random.Generator:
    """The generator of one stream (DATA or START)."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(which,)))


@lru_cache(maxsize=64)
def _order_key(seed: int) -> int:
    low, high = np.random.SeedSequence(seed, spawn_key=(ORDER,)).generate_state(2, np.uint64)
    return int(low) | int(high) << 64


@lru_cache(maxsize=4)
def order(seed: int, epoch: int, samples: int) -> Rows:
    """The order of the samples in that epoch: a permutation that depends on nothing but the arguments.

    Philox is counter-based: the epoch is the upper part of its counter, so any epoch is reached at once.
    """
    bits = np.random.Philox(key=_order_key(seed), counter=[0, 0, 0, epoch])
    rows = np.random.Generator(bits).permutation(samples)
    rows.setflags(write=False)
    return rows
