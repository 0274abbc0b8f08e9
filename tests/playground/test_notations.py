"""One notation in the whole window: every panel names quantities as the author does, and matrices lie as his do."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.explain.notation import NOTATIONS
from core.selection import Edge, ItemChoice, Node
from ui.panels.activations import ActivationsPanel
from ui.panels.check import CheckPanel
from ui.panels.chosen import ChosenPanel
from ui.panels.data import DataPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.gradients import GradientsPanel
from ui.panels.graph import GraphPanel
from ui.panels.learning import LearningPanel, eta_field
from ui.panels.weights import WeightsPanel

# z, a of a hidden unit, output, target, E, δ, the first weight, η, and the number of the first hidden layer.
LETTERS = {
    "code": ("z", "a", "y", "t", "E", "δ", "W", "η", "k = 1"),
    "365": ("a", "h", "y", "t", "L", "δ", "w", "η", ""),
    "medium": ("z", "a", "s", "y", "C", "∂C/∂z", "w", "ε", "l = 2"),
    "duke": ("a", "z", "ŷ", "y", "Eₙ", "δ", "w", "λ", "k = 1"),
}


def heads(table, orientation=Qt.Orientation.Horizontal):
    count = table.columnCount() if orientation == Qt.Orientation.Horizontal else table.rowCount()
    return [table.headerData(n, orientation, Qt.ItemDataRole.DisplayRole) for n in range(count)]


@pytest.mark.parametrize("notation", NOTATIONS.names())
def test_every_panel_writes_the_letters_of_the_notation(xor, notation):
    z, a, y, t, loss, delta, w, eta, number = LETTERS[notation]
    window, frame = xor.window, xor.frame
    xor.trigger(f"notation_{notation}")
    xor.controller.perform(ItemChoice(Node(1, 1)))
    xor.settle()
    inputs, hidden, output = window.panel(ActivationsPanel).matrices(frame)
    assert [matrix.axes.rows for matrix in (inputs, hidden, output)] == [("x",), (z, a), (z, y)]
    assert hidden.axes.title == " · ".join(filter(None, ("Hidden 1", number)))
    assert [matrix.axes.rows for matrix in window.panel(DeltasPanel).matrices(frame)] == [(delta,)] * 2
    assert window.panel(GradientsPanel).matrices(frame)[0].axes.name(0, 0).startswith(f"∂{loss}/∂{w} from ")
    assert heads(window.panel(DataPanel).rows) == ["#", "x₁", "x₂", t, y, loss]
    assert eta_field(window.panel(LearningPanel)).label == f"Learning rate {eta}"
    said = window.panel(GraphPanel).canvas.description()
    for letter in (a, z, delta, "b"):
        assert f"{letter} = " in said
    window.docks.by_name["chosen"].raise_()
    xor.settle()
    chosen = window.panel(ChosenPanel)
    assert [trail.number.text().split(" = ")[0] for trail in chosen.trails[:4]] == [a, z, delta, "b"]
    xor.trigger("check_gradients")
    xor.settle()
    assert window.panel(CheckPanel).grid.cells.columns[-1] == f"∂{loss}/∂x"


@pytest.mark.parametrize("notation", NOTATIONS.names())
def test_matrices_are_turned_over_where_vectors_are_columns_and_cells_stay_what_they_are(xor, notation):
    xor.trigger(f"notation_{notation}")
    xor.settle()
    turned = NOTATIONS[notation].columns
    for panel, weights in ((WeightsPanel, xor.run.network.weights), (GradientsPanel, xor.frame.gradient.weights)):
        for k, matrix in enumerate(xor.window.panel(panel).matrices(xor.frame), start=1):
            part = matrix.values[:, :-1].T if turned else matrix.values[:-1]
            assert np.array_equal(part, weights[k - 1])
            for row, column in np.ndindex(matrix.values.shape):
                item = matrix.axes.item(row, column)
                assert (row, column) in matrix.axes.cells(item)
                if isinstance(item, Edge):
                    assert matrix.values[row, column] == weights[k - 1][item.source, item.target]
