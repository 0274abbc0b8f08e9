"""One seed gives three independent streams of random numbers: data, start, and the order of the samples."""

from functools import lru_cache

import numpy as np

from core.arrays import Rows

DATA, START, ORDER = range(3)
BLOCK, MOST_EPOCHS = 16_384, 64  # sample numbers, and epochs, that are drawn at once


def stream(seed: int, which: int) -> np.random.Generator:
    """The generator of one stream (DATA or START)."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(which,)))


@lru_cache(maxsize=64)
def _order_key(seed: int) -> int:
    low, high = np.random.SeedSequence(seed, spawn_key=(ORDER,)).generate_state(2, np.uint64)
    return int(low) | int(high) << 64


def order(seed: int, epoch: int, samples: int) -> Rows:
    """The order of the samples in that epoch: a permutation that depends on nothing but the arguments.

    Epochs are drawn in blocks, which takes a fifth of the time for small sets. Philox is counter-based: the block is
    the upper part of its counter, so any epoch is reached at once.
    """
    epochs = max(1, min(MOST_EPOCHS, BLOCK // samples))
    block, place = divmod(epoch, epochs)
    return _orders(seed, block, epochs, samples)[place]


@lru_cache(maxsize=4)
def _orders(seed: int, block: int, epochs: int, samples: int) -> tuple[Rows, ...]:
    bits = np.random.Philox(key=_order_key(seed), counter=[0, 0, 0, block])
    rows = np.tile(np.arange(samples), (epochs, 1))
    np.random.Generator(bits).permuted(rows, axis=1, out=rows)
    rows.setflags(write=False)
    return tuple(rows)
