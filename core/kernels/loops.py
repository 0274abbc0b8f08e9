"""One burst of training as plain loops, written so that a compiler makes vector code of them.

A sample is a column: m samples lie side by side for each unit, and the innermost loops run over them. Where layers are
wide and batches small it is sooner done one sample after the other, m = 1, and the innermost loops run over units.
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
    """So many columns as vector instructions need no rest for: the next multiple of four; one where it is alone."""
    return 1 if samples == 1 else (samples + 3) // 4 * 4


@compiled
def burst(
    x, t, orders, start, steps, sizes, units, places, activations, loss, matched, optimizer, penalty,
    eta, batch, at_once, moving, parameters, gradient, state, step, a, z, delta, losses,
):  # fmt: skip
    """Make `steps` updates; see Kernel.burst. `matched`: the output's δ is y − t; `at_once`: as many samples are worked
    at together; `moving`: what is not frozen."""
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
            end = min(start + batch, samples)
            total = 0.0
            for first in range(start, end, at_once):
                used = min(at_once, end - first)
                m = padded(used)
                for i in range(sizes[0]):
                    for n in range(used):
                        a[i * m + n] = x[order[first + n], i]
                    for n in range(used, m):
                        a[i * m + n] = a[i * m + used - 1]
                forward(sizes, units, places, activations, parameters, a, z, m)
                outer, stop = units[last] * m, (units[last] + sizes[last]) * m
                zs, outputs, errors = z[outer:stop], a[outer:stop], delta[outer:stop]
                for j in range(sizes[last]):
                    for n in range(used):
                        errors[j * m + n] = t[order[first + n], j]
                    for n in range(used, m):
                        errors[j * m + n] = 0.0
                if len(losses):
                    total += loss_value(loss, zs, outputs, errors, used, m)
                if matched:
                    for n in range(len(errors)):
                        errors[n] = outputs[n] - errors[n]
                else:
                    loss_slope(loss, outputs, errors, sizes[last])
                    pull_back(activations[last - 1], zs, outputs, errors, m)
                # Of the mean over the batch, so that nothing is left to be divided; what fills up is no sample.
                for j in range(sizes[last]):
                    for n in range(used):
                        errors[j * m + n] /= end - start
                    for n in range(used, m):
                        errors[j * m + n] = 0.0
                backward(sizes, units, places, activations, parameters, gradient, a, z, delta, m, first > start)
            if len(losses):
                losses[made] = total / (end - start)
            step += 1
            for k in range(1, last + 1):
                weights = places[k - 1]
                stop = weights + sizes[k - 1] * sizes[k]
                penalize(penalty, parameters[weights:stop], gradient[weights:stop])
            change(optimizer, gradient, state, eta, step)
            if len(moving):
                for p in range(len(parameters)):
                    if moving[p]:
                        parameters[p] -= gradient[p]
            else:
                for p in range(len(parameters)):
                    parameters[p] -= gradient[p]
            start = end
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
        left, right, size = units[k - 1] * m, units[k] * m, n_out * m
        zs = z[right : right + size]
        if m == 1:
            for j in range(n_out):
                zs[j] = parameters[biases + j]
            for i in range(n_in):
                source, row = a[left + i], parameters[weights + i * n_out : weights + (i + 1) * n_out]
                for j in range(n_out):
                    zs[j] += source * row[j]
        else:
            for j in range(n_out):
                row = zs[j * m : j * m + m]
                bias = parameters[biases + j]
                for n in range(m):
                    row[n] = bias
            for i in range(n_in):
                column = a[left + i * m : left + i * m + m]
                for j in range(n_out):
                    row = zs[j * m : j * m + m]
                    weight = parameters[weights + i * n_out + j]
                    for n in range(m):
                        row[n] += weight * column[n]
        activate(activations[k - 1], zs, a[right : right + size], m)


@compiled
def backward(sizes, units, places, activations, parameters, gradient, a, z, delta, m, added):
    """Gradients of every layer and δ of those before, from δ of the last; `added` to those of the samples before."""
    for k in range(len(sizes) - 1, 0, -1):
        n_in, n_out = sizes[k - 1], sizes[k]
        weights, biases = places[k - 1], places[k - 1] + n_in * n_out
        left, right, size = units[k - 1] * m, units[k] * m, n_in * m
        here, there = delta[right : right + n_out * m], delta[left : left + size]
        if m == 1:
            slopes = gradient[biases : biases + n_out]
            for j in range(n_out):
                slopes[j] = here[j] + (slopes[j] if added else 0.0)
            for i in range(n_in):
                source, slopes = a[left + i], gradient[weights + i * n_out : weights + (i + 1) * n_out]
                if added:
                    for j in range(n_out):
                        slopes[j] += source * here[j]
                else:
                    for j in range(n_out):
                        slopes[j] = source * here[j]
        else:
            for j in range(n_out):
                row = here[j * m : j * m + m]
                total = 0.0
                for n in range(m):
                    total += row[n]
                gradient[biases + j] = total
            for i in range(n_in):
                column = a[left + i * m : left + i * m + m]
                for j in range(n_out):
                    row = here[j * m : j * m + m]
                    total = 0.0
                    for n in range(m):
                        total += row[n] * column[n]
                    gradient[weights + i * n_out + j] = total
        if k == 1:
            return
        if m == 1:
            for i in range(n_in):
                row = parameters[weights + i * n_out : weights + (i + 1) * n_out]
                total = 0.0
                for j in range(n_out):
                    total += row[j] * here[j]
                there[i] = total
        else:
            for i in range(n_in):
                column = there[i * m : i * m + m]
                for n in range(m):
                    column[n] = 0.0
                for j in range(n_out):
                    weight, row = parameters[weights + i * n_out + j], here[j * m : j * m + m]
                    for n in range(m):
                        column[n] += weight * row[n]
        pull_back(activations[k - 2], z[left : left + size], a[left : left + size], there, m)


FUNCTIONS: tuple[Callable[..., Any], ...] = (padded, forward, backward, burst)
