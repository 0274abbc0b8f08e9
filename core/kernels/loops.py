"""One burst of training as plain loops, written so that a compiler makes vector code of them.

A sample is a column: the m samples of a batch lie side by side for each unit, and the innermost loops run over them.
Flat arrays: the parameters lie as core/kernels/layout.py says, W (n_in, n_out) row by row and then b. `a`, `z` and
`delta` hold n_k rows of m numbers for each layer k = 0 … K in turn; layer k begins at `units[k] · m`.

What depends on a registry (`activate`, `pull_back`, `loss_value`, `loss_slope`, `penalize`, `change`) is written by
core/kernels/dispatch.py from the entries' scalar forms and compiled together with this file.
"""

# pyright: basic, reportUndefinedVariable=false

from collections.abc import Callable
from typing import Any

from core.kernels.vector_math import borrowed, compiled


@compiled
def padded(samples: int) -> int:
    """The next multiple of four: as many columns as vector instructions need no rest for."""
    return (samples + 3) // 4 * 4


@compiled
def burst(
    x, t, orders, start, steps, sizes, units, places, activations, loss, matched, optimizer, penalty,
    eta, batch, moving, parameters, gradient, state, step, a, z, delta, losses,
):  # fmt: skip
    """Make `steps` updates; see Kernel.burst. `matched`: the output's δ is y − t; `moving`: what is not frozen."""
    sizes, units, places, activations = borrowed(sizes), borrowed(units), borrowed(places), borrowed(activations)
    parameters, gradient, a, z, delta = (
        borrowed(parameters),
        borrowed(gradient),
        borrowed(a),
        borrowed(z),
        borrowed(delta),
    )
    x, t, orders = borrowed(x), borrowed(t), borrowed(orders)
    samples, last = x.shape[0], len(sizes) - 1
    made = epoch = 0
    while made < steps:
        order = orders[epoch]
        while start < samples and made < steps:
            used = min(batch, samples - start)
            m = padded(used)
            for i in range(sizes[0]):
                for n in range(used):
                    a[i * m + n] = x[order[start + n], i]
                for n in range(used, m):
                    a[i * m + n] = a[i * m + used - 1]
            forward(sizes, units, places, activations, parameters, a, z, m)
            first, stop = units[last] * m, (units[last] + sizes[last]) * m
            zs, outputs, errors = z[first:stop], a[first:stop], delta[first:stop]
            for j in range(sizes[last]):
                for n in range(used):
                    errors[j * m + n] = t[order[start + n], j]
                for n in range(used, m):
                    errors[j * m + n] = 0.0
            if len(losses):
                losses[made] = loss_value(loss, zs, outputs, errors, used, m) / used
            if matched:
                for n in range(len(errors)):
                    errors[n] = outputs[n] - errors[n]
            else:
                loss_slope(loss, outputs, errors, sizes[last])
                pull_back(activations[last - 1], zs, outputs, errors, m)
            for j in range(sizes[last]):
                for n in range(used, m):
                    errors[j * m + n] = 0.0
            backward(sizes, units, places, activations, parameters, gradient, a, z, delta, used, m)
            step += 1
            for k in range(1, last + 1):
                first = places[k - 1]
                stop = first + sizes[k - 1] * sizes[k]
                penalize(penalty, parameters[first:stop], gradient[first:stop])
            change(optimizer, gradient, state, eta, step)
            if len(moving):
                for p in range(len(parameters)):
                    if moving[p]:
                        parameters[p] -= gradient[p]
            else:
                for p in range(len(parameters)):
                    parameters[p] -= gradient[p]
            start += used
            made += 1
        if start >= samples:
            start = 0
            epoch += 1


@compiled
def forward(sizes, units, places, activations, parameters, a, z, m):
    """z and a of every layer from a⁽⁰⁾."""
    for k in range(1, len(sizes)):
        n_in, n_out = sizes[k - 1], sizes[k]
        weights, biases = places[k - 1], places[k - 1] + n_in * n_out
        left, right = units[k - 1] * m, units[k] * m
        for j in range(n_out):
            row = z[right + j * m : right + j * m + m]
            bias = parameters[biases + j]
            for n in range(m):
                row[n] = bias
        for i in range(n_in):
            source = a[left + i * m : left + i * m + m]
            for j in range(n_out):
                row = z[right + j * m : right + j * m + m]
                weight = parameters[weights + i * n_out + j]
                for n in range(m):
                    row[n] += weight * source[n]
        size = n_out * m
        activate(activations[k - 1], z[right : right + size], a[right : right + size], m)


@compiled
def backward(sizes, units, places, activations, parameters, gradient, a, z, delta, used, m):
    """Mean gradients of every layer and δ of those before, from δ of the last."""
    for k in range(len(sizes) - 1, 0, -1):
        n_in, n_out = sizes[k - 1], sizes[k]
        weights, biases = places[k - 1], places[k - 1] + n_in * n_out
        left, right = units[k - 1] * m, units[k] * m
        for j in range(n_out):
            here = delta[right + j * m : right + j * m + m]
            total = 0.0
            for n in range(m):
                total += here[n]
            gradient[biases + j] = total / used
        for i in range(n_in):
            source = a[left + i * m : left + i * m + m]
            for j in range(n_out):
                here = delta[right + j * m : right + j * m + m]
                total = 0.0
                for n in range(m):
                    total += here[n] * source[n]
                gradient[weights + i * n_out + j] = total / used
        if k == 1:
            return
        for i in range(n_in):
            there = delta[left + i * m : left + i * m + m]
            for n in range(m):
                there[n] = 0.0
            for j in range(n_out):
                weight = parameters[weights + i * n_out + j]
                here = delta[right + j * m : right + j * m + m]
                for n in range(m):
                    there[n] += weight * here[n]
        size = n_in * m
        pull_back(activations[k - 2], z[left : left + size], a[left : left + size], delta[left : left + size], m)


FUNCTIONS: tuple[Callable[..., Any], ...] = (padded, forward, backward, burst)
