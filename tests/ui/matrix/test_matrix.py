"""Named numbers: what a cell is called, what is chosen with it, and what a spreadsheet gets."""

from dataclasses import replace

import numpy as np

from core.explain.terms import Kind
from core.selection import Edge, Node
from ui.matrix.axes import input_axes, parameter_axes, unit_axes
from ui.matrix.matrix import Matrix, gaps, largest, parameters, written

SIZES = (2, 3, 1)


def test_a_weight_a_bias_and_a_unit_are_called_and_chosen_by_what_they_are():
    first, last = parameter_axes(SIZES, True)
    assert (first.name(0, 1), first.item(0, 1)) == ("w from x₁ to h₂", Edge(1, 0, 1))
    assert (first.name(2, 1), first.item(2, 1)) == ("b of h₂", Node(1, 1))
    assert (last.name(2, 0), last.item(2, 0)) == ("u from h₃ to y", Edge(2, 2, 0))
    unit = unit_axes(SIZES, (Kind.Z, Kind.A))[0]
    assert (unit.name(1, 2), unit.item(1, 2)) == ("h of h₃", Node(1, 2))
    assert input_axes(SIZES).item(0, 1) == Node(0, 1)


def test_the_cells_of_an_item_are_those_it_is_chosen_by():
    every = [*parameter_axes(SIZES, True), *unit_axes(SIZES, (Kind.Z, Kind.A)), input_axes(SIZES)]
    for axes in every:
        for row in range(len(axes.rows)):
            for column in range(len(axes.columns)):
                assert (row, column) in axes.cells(axes.item(row, column))
        assert axes.cells(None) == []


def test_without_biases_a_node_has_no_cell():
    axes = parameter_axes(SIZES, False)
    assert [each.rows for each in axes] == [("x₁", "x₂"), ("h₁", "h₂", "h₃")]
    assert axes[0].cells(Node(1, 0)) == []


def test_biases_are_the_last_row():
    w, b = np.arange(6.0).reshape(2, 3), np.array([7.0, 8.0, 9.0])
    (matrix,) = parameters(parameter_axes((2, 3), True), [w], [b])
    assert np.array_equal(matrix.values, [[0, 1, 2], [3, 4, 5], [7, 8, 9]])
    assert matrix.describe(2, 0) == "b of y₁ = 7"
    third = replace(matrix, values=matrix.values / 3)
    assert third.describe(2, 0) == "b of y₁ = 2.333"
    assert third.describe(2, 0, exactly=True) == "b of y₁ = 2.3333333333333335"


def test_a_spreadsheet_gets_every_digit_and_all_names():
    values = np.array([[0.1 + 0.2, -1e-300], [np.nan, np.inf]])
    matrix = Matrix(unit_axes((1, 2), (Kind.Z, Kind.A))[0], values)
    lines = [line.split("\t") for line in matrix.tab_separated("sample 3 alone").split("\n")]
    assert lines[0] == ["Output (sample 3 alone)", "y₁", "y₂"]
    assert [line[0] for line in lines[1:]] == ["a", "y"]
    assert np.array_equal([[float(cell) for cell in line[1:]] for line in lines[1:]], values, equal_nan=True)


def test_a_part_keeps_its_names():
    matrix = Matrix(parameter_axes((2, 3), True)[0], np.arange(9.0).reshape(3, 3))
    part = matrix.part([0, 2], [1])
    assert (part.axes.rows, part.axes.columns) == (("x₁", "b"), ("y₂",))
    assert part.values.tolist() == [[1.0], [7.0]]


def test_what_is_no_number_is_counted_named_and_kept_from_the_scale():
    matrices = [Matrix(unit_axes((1, 3), (Kind.Z,))[0], np.array([[np.nan, -2.0, np.inf]]))]
    assert gaps(matrices) == 2
    assert largest(matrices) == 2.0
    assert [written(value) for value in (float("nan"), float("-inf"), -0.25)] == ["NaN", "−∞", "−0.25"]
