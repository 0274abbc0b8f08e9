"""Columns hold what the network computes for each row, and sorting is by the numbers of that moment."""

from dataclasses import replace

import numpy as np
import pytest

from core import rows
from core.arrays import frozen
from core.network import forward, sample_losses
from core.rows import Column, Kind, answers, column_values, columns, sorted_rows
from core.session import start_session
from core.spec import suggested


@pytest.fixture(params=["xor", "circle", "blobs-4", "sine", "parity-8"])
def session(request):
    return start_session(suggested(request.param))


def test_number_inputs_targets_outputs_and_loss(session):
    n_in, n_out = session.data.x.shape[1], session.data.t.shape[1]
    kinds = [column.kind for column in columns(session.data)]
    expected = [Kind.NUMBER, *[Kind.INPUT] * n_in, *[Kind.TARGET] * n_out, *[Kind.OUTPUT] * n_out, Kind.LOSS]
    assert kinds == expected


def test_a_column_is_the_same_in_chunks_and_at_once(session, monkeypatch):
    monkeypatch.setattr(rows, "CHUNK", 7)
    network, data = session.run.network, session.data
    trace = forward(network, data.x)
    for j in range(data.t.shape[1]):
        assert np.allclose(column_values(network, data, Column(Kind.OUTPUT, j)), trace.y[:, j], atol=1e-14)
    losses = sample_losses(network, trace, data.t)
    assert np.allclose(column_values(network, data, Column(Kind.LOSS)), losses, atol=1e-14)
    assert np.array_equal(column_values(network, data, Column(Kind.INPUT, 0)), data.x[:, 0])
    assert np.array_equal(column_values(network, data, Column(Kind.TARGET, 0)), data.t[:, 0])
    assert np.array_equal(column_values(network, data, Column(Kind.NUMBER)), np.arange(len(data.x)))


def test_answers_of_some_rows(session):
    chosen = np.array([3, 0, 2])
    y, losses = answers(session.run.network, session.data, chosen)
    trace = forward(session.run.network, session.data.x[chosen])
    assert np.array_equal(y, trace.y)
    assert np.array_equal(losses, sample_losses(session.run.network, trace, session.data.t[chosen]))


@pytest.mark.parametrize("descending", [False, True])
def test_sorted_rows_are_in_order_ties_as_in_the_data_and_nan_at_the_end(descending):
    values = np.array([2.0, np.nan, 1.0, 2.0, 3.0, 1.0])
    expected = [4, 0, 3, 2, 5, 1] if descending else [2, 5, 0, 3, 4, 1]
    assert sorted_rows(values, descending=descending).tolist() == expected


def test_a_broken_network_can_be_sorted_too(session):
    network = session.run.network
    first = replace(network.layers[0], weights=frozen(np.full_like(network.weights[0], np.nan)))
    broken = replace(network, layers=(first, *network.layers[1:]))
    values = column_values(broken, session.data, Column(Kind.LOSS))
    assert np.isnan(values).all()
    assert np.array_equal(sorted_rows(values, descending=True), np.arange(len(values)))


def test_brief_columns_hold_the_classes_of_several_targets_and_outputs(session, monkeypatch):
    monkeypatch.setattr(rows, "CHUNK", 7)
    network, data = session.run.network, session.data
    brief = columns(data, brief=True)
    if data.t.shape[1] == 1:
        assert brief == columns(data)
        return
    assert [column.kind for column in brief[-3:]] == [Kind.CLASS, Kind.ANSWER, Kind.LOSS]
    assert np.array_equal(column_values(network, data, Column(Kind.CLASS)), data.t.argmax(axis=1))
    assert np.array_equal(column_values(network, data, Column(Kind.ANSWER)), forward(network, data.x).y.argmax(axis=1))
