"""Scalar forms where units depend on each other: each function is named after the entry that it belongs to.

Arrays hold a row of m samples for each unit, row after row.
"""

# pyright: basic

from collections.abc import Callable
from typing import Any

from core.kernels.vector_math import SMALL, compiled, exp, log


@compiled
def softmax(zs, activations, m):
    """a_j = e^{z_j} / Σ_k e^{z_k}, with the largest z taken out first; the last row keeps it meanwhile."""
    size = len(zs) // m
    last = len(zs) - m
    for n in range(m):
        activations[last + n] = zs[n]
    for j in range(1, size):
        for n in range(m):
            activations[last + n] = max(activations[last + n], zs[j * m + n])
    for j in range(size):
        for n in range(m):
            activations[j * m + n] = exp(zs[j * m + n] - activations[last + n])
    for n in range(m):
        total = 0.0
        for j in range(size):
            total += activations[j * m + n]
        share = 1.0 / total
        for j in range(size):
            activations[j * m + n] *= share


@compiled
def softmax_pull_back(zs, activations, gradients, m):
    """∂E/∂z_i = a_i (∂E/∂a_i − Σ_j ∂E/∂a_j a_j)."""
    size = len(activations) // m
    for n in range(m):
        total = 0.0
        for j in range(size):
            total += gradients[j * m + n] * activations[j * m + n]
        for j in range(size):
            gradients[j * m + n] = activations[j * m + n] * (gradients[j * m + n] - total)


@compiled
def softmax_cross_entropy(zs, outputs, targets, used, m):
    """Σ t_j (ln Σ_k e^{z_k} − z_j) over the samples; ln Σ_k e^{z_k} = z_i − ln y_i for the largest y_i.

    The targets of a sample sum to 1, so −ln y_i counts once; one logarithm of a product serves many samples.
    """
    size = len(zs) // m
    loss, product = 0.0, 1.0
    for n in range(used):
        largest = zs[n]
        share = outputs[n]
        for j in range(1, size):
            largest = max(largest, zs[j * m + n])
            share = max(share, outputs[j * m + n])
        for j in range(size):
            loss += targets[j * m + n] * (largest - zs[j * m + n])
        product *= share
        if product < SMALL:
            loss -= log(product)
            product = 1.0
    return loss - log(product)


FUNCTIONS: tuple[Callable[..., Any], ...] = (softmax, softmax_pull_back, softmax_cross_entropy)
