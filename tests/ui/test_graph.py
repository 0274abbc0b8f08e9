"""The network drawing: what it says is what the frame holds, and its buttons, keys and mouse do what they say."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage

from core import edits
from core.activations import ACTIVATIONS
from core.edits import Edit
from core.frame import batch_pass
from core.selection import Edge, ItemChoice, Node
from ui.fields.whole_box import WholeBox
from ui.numbers import plain
from ui.panels.graph import GraphPanel
from ui.scene.facts import sentence
from ui.scene.view import FIT
from ui.theme import LIGHT, apply_theme


@pytest.fixture
def graph(qtbot, xor):
    panel = GraphPanel()
    qtbot.addWidget(panel)
    panel.resize(800, 480)
    panel.show_theme(LIGHT)
    panel.show()
    panel.show_frame(xor.frame())
    panel.grab()
    return panel


@pytest.fixture
def joined(graph, xor):
    """The panel with its gestures done, as in the window."""

    def perform(gesture):
        xor.perform(gesture)
        graph.show_frame(xor.frame())

    graph.edited.connect(perform)
    return graph


def point(graph, item):
    geometry = graph.canvas.geometry_of_network
    if isinstance(item, Node):
        node = geometry.layers[item.layer][item.index]
        return QPoint(round(node.x), round(node.y))
    ys = geometry.ys[item.layer - 1][[item.source]], geometry.ys[item.layer][[item.target]]
    x, y = geometry.curves(item.layer, *ys)
    return QPoint(round(x[3]), round(y[0, 3]))


def items(graph):
    sizes = graph.frame.session.spec.sizes
    nodes = [Node(layer, index) for layer, size in enumerate(sizes) for index in range(size)]
    return [*nodes, Edge(1, 0, 0), Edge(1, 1, 2), Edge(2, 0, 0), Edge(2, 2, 0)]


def settled(qtbot, graph):
    qtbot.waitUntil(lambda: not graph.canvas.gliding)


def test_everything_is_found_where_it_is_drawn_at_each_zoom(qtbot, graph):
    for zoom in (1.0, 2.5, 0.5):
        graph.canvas.fit()
        graph.canvas.zoom(zoom)
        for item in items(graph):
            place = point(graph, item)
            if graph.canvas.rect().contains(place):
                qtbot.mouseMove(graph.canvas, place)
                assert graph.canvas.hovered == item


def test_the_card_at_the_mouse_lives_while_the_network_trains(qtbot, graph, xor):
    place = point(graph, Edge(2, 0, 0))
    qtbot.mouseMove(graph.canvas, place)
    on_card = QRect(place + QPoint(18, 18), QSize(120, 50))
    before = graph.canvas.grab(on_card).toImage()
    xor.train(100)
    graph.show_frame(xor.frame())
    after = graph.canvas.grab(on_card).toImage()
    assert graph.canvas.hovered == Edge(2, 0, 0)
    assert before != after
    assert plain(float(xor.session.run.network.weights[1][0, 0])) in sentence(graph.frame, graph.canvas.hovered)


def test_a_click_chooses_and_one_beside_it_unchooses(qtbot, joined, xor):
    for item in items(joined):
        qtbot.mouseClick(joined.canvas, Qt.MouseButton.LeftButton, pos=point(joined, item))
        assert xor.chosen == item
        assert joined.canvas.chosen == item
    qtbot.mouseClick(joined.canvas, Qt.MouseButton.LeftButton, pos=QPoint(12, 470))
    assert xor.chosen is None


def test_what_is_chosen_elsewhere_is_outlined_here(graph, xor):
    before = graph.canvas.grab().toImage()
    for item in (Node(1, 1), Edge(2, 1, 0)):
        xor.perform(ItemChoice(item))
        graph.show_frame(xor.frame())
        image = graph.canvas.grab().toImage()
        place = point(graph, item)
        around = [(x, y) for x in range(-26, 27) for y in range(-26, 27)]
        assert LIGHT.chosen.lower() in {image.pixelColor(place.x() + x, place.y() + y).name() for x, y in around}
        assert image != before


def test_the_keyboard_walks_over_nodes_and_edges_and_escape_leaves(qtbot, joined, xor):
    keys = [
        (Qt.Key.Key_Right, False, Node(0, 0)),
        (Qt.Key.Key_Right, False, Node(1, 0)),
        (Qt.Key.Key_Down, False, Node(1, 1)),
        (Qt.Key.Key_Right, True, Edge(2, 1, 0)),
        (Qt.Key.Key_Down, True, Edge(2, 2, 0)),
        (Qt.Key.Key_Right, False, Node(2, 0)),
        (Qt.Key.Key_Escape, False, None),
    ]
    for key, shift, item in keys:
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(joined.canvas, key, modifier)
        assert xor.chosen == item
        if item is not None:
            assert sentence(joined.frame, item) in joined.canvas.description()


def test_zoom_and_pan_by_mouse_and_keys_and_fit_again(qtbot, graph):
    canvas = graph.canvas
    fit = next(b for b in graph.header.findChildren(type(graph.buttons()[0])) if b.text() == "Fit")
    whole = canvas.geometry_of_network
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.scale > 1
    assert canvas.geometry_of_network.column > whole.column
    assert fit.isEnabled()
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.geometry_of_network.xs == pytest.approx(whole.xs)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(10, 440))
    qtbot.mouseMove(canvas, QPoint(60, 430))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 430))
    assert canvas.geometry_of_network.xs == pytest.approx(whole.xs + 50)
    qtbot.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.view == FIT
    assert not fit.isEnabled()
    canvas.zoom(3.0, QPointF(100, 100))
    qtbot.mouseClick(fit, Qt.MouseButton.LeftButton)
    assert canvas.view == FIT


def test_the_mouse_may_come_before_another_network_was_painted(graph, workbench):
    frame = workbench("circle", hidden=(8, 8), activations=("tanh",) * 3).frame()
    graph.show_frame(frame)
    edges = [QPointF(x, y) for x in range(60, 700, 20) for y in range(60, 440, 20)]
    found = {type(graph.canvas.item_at(place)) for place in edges}
    assert Edge not in found
    graph.canvas.grab()
    assert Edge in {type(graph.canvas.item_at(place)) for place in edges}


def test_a_drag_chooses_nothing(qtbot, graph):
    graph.canvas.chosen = Node(1, 0)
    with qtbot.assertNotEmitted(graph.edited):
        qtbot.mousePress(graph.canvas, Qt.MouseButton.LeftButton, pos=QPoint(10, 440))
        qtbot.mouseMove(graph.canvas, QPoint(90, 430))
        qtbot.mouseRelease(graph.canvas, Qt.MouseButton.LeftButton, pos=QPoint(90, 430))


def test_edges_by_gradient_say_whose_it_is(graph, xor, qtbot):
    by_weight = graph.canvas.grab().toImage()
    graph.edges.choose(1)
    assert f"mean of the next batch of {len(graph.frame.batch)}" in graph.header.value.text()
    assert graph.canvas.grab().toImage() != by_weight
    xor.perform(ItemChoice(Edge(1, 0, 0)))
    graph.show_frame(xor.frame())
    mean = float(batch_pass(graph.frame).weights[0][0, 0])
    assert f"∂L/∂w = {plain(mean)} (mean of the next batch" in graph.canvas.description()
    graph.edges.choose(0)
    assert "mean" not in graph.header.value.text()


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("One unit more in Hidden 1", (2, 4, 1)),
        ("One unit less in Hidden 1", (2, 2, 1)),
        ("Add a hidden layer before the output", (2, 3, 3, 1)),
        ("Remove the last hidden layer", (2, 1)),
    ],
)
def test_the_small_buttons_change_the_layers(qtbot, graph, xor, name, sizes):
    button = next(b for b in graph.buttons() if b.accessibleName() == name)
    with qtbot.waitSignal(graph.edited) as caught:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (edit,) = caught.args
    assert isinstance(edit, Edit)
    xor.perform(edit)
    assert xor.session.spec.sizes == sizes
    graph.show_frame(xor.frame())
    assert [len(nodes) for nodes in graph.canvas.geometry_of_network.layers] == list(sizes)


def test_nodes_glide_to_their_new_places_and_then_nothing_is_painted(qtbot, joined):
    before = joined.canvas.geometry_of_network
    qtbot.mouseClick(next(b for b in joined.buttons() if "Add" in b.accessibleName()), Qt.MouseButton.LeftButton)
    start = joined.canvas.geometry_of_network
    assert joined.canvas.gliding
    assert len(start.xs) == len(before.xs) + 1
    assert start.xs[1] == pytest.approx(before.xs[1], abs=2)
    settled(qtbot, joined)
    end = joined.canvas.geometry_of_network
    assert np.diff(end.xs) == pytest.approx(end.column)
    qtbot.wait(50)
    assert joined.canvas.geometry_of_network is end


def test_while_training_hurries_nodes_glide_with_the_frames_and_arrive_also_without(qtbot, graph, xor, workbench):
    hurried = replace(workbench("circle").frame(), hurried=True)
    graph.show_frame(xor.frame())
    settled(qtbot, graph)
    graph.show_frame(hurried)
    start = graph.canvas.geometry_of_network
    qtbot.wait(60)
    assert graph.canvas.gliding
    assert graph.canvas.geometry_of_network is start
    graph.show_frame(replace(hurried))
    assert graph.canvas.geometry_of_network is not start
    settled(qtbot, graph)
    end = graph.canvas.geometry_of_network
    assert np.diff(end.xs) == pytest.approx(end.column)


@pytest.mark.parametrize("hidden", [(64, 64), (), (16,) * 8])
def test_every_moment_on_the_way_can_be_painted(qtbot, graph, xor, workbench, hidden):
    other = workbench("circle", hidden=hidden, activations=("tanh",) * (len(hidden) + 1)).frame()
    for frame in (other, xor.frame()):
        graph.show_frame(frame)
        while graph.canvas.gliding:
            assert not graph.canvas.grab().isNull()
            qtbot.wait(20)


def test_a_hidden_drawing_does_not_glide(joined, xor, qtbot):
    qtbot.mouseClick(next(b for b in joined.buttons() if "Add" in b.accessibleName()), Qt.MouseButton.LeftButton)
    joined.hide()
    assert not joined.canvas.gliding


def test_each_layer_offers_every_activation(qtbot, graph, xor):
    button = next(b for b in graph.buttons() if b.accessibleName() == "Activation of Hidden 1: Tanh")
    button.menu().aboutToShow.emit()
    offered = [action for action in button.menu().actions() if action.data()]
    assert [action.data() for action in offered] == list(ACTIVATIONS.names())
    assert [action.data() for action in offered if action.isChecked()] == ["tanh"]
    with qtbot.waitSignal(graph.edited) as caught:
        offered[ACTIVATIONS.names().index("relu")].trigger()
    xor.perform(caught.args[0])
    assert xor.session.spec.activations == ("relu", "sigmoid")


def test_the_size_of_a_layer_is_typed(qtbot, joined, xor):
    button = next(b for b in joined.buttons() if b.accessibleName() == "Activation of Hidden 1: Tanh")
    button.menu().aboutToShow.emit()
    units = button.menu().findChild(WholeBox)
    assert units.accessibleName() == "Units in Hidden 1"
    assert (units.value(), units.minimum(), units.maximum()) == (3, 1, 64)
    units.selectAll()
    qtbot.keyClicks(units, "17")
    assert xor.session.spec.hidden == (3,)
    qtbot.keyClick(units, Qt.Key.Key_Return)
    assert xor.session.spec.hidden == (17,)
    xor.undo()
    joined.show_frame(xor.frame())
    assert units.value() == 3
    assert xor.session.spec.hidden == (3,)


def test_the_size_of_a_layer_keeps_up_with_the_network(joined, xor, workbench):
    button = next(b for b in joined.buttons() if b.accessibleName() == "Activation of Hidden 1: Tanh")
    button.menu().aboutToShow.emit()
    units = button.menu().findChild(WholeBox)
    joined.show_frame(workbench("circle", hidden=(100, 4), activations=("tanh",) * 3).frame())
    assert (units.value(), units.maximum()) == (100, 100)
    assert "1 to 100" in units.toolTip()
    joined.show_frame(workbench("circle", hidden=(), activations=("tanh",)).frame())
    assert units.accessibleName() == "Units in Output"
    assert units.maximum() == 64
    assert units.toolTip().startswith("How many units Output has, 1 to 64.")


@pytest.fixture
def dressed(qapp):
    """The style sheet of the application, on which the sizes of buttons depend."""
    before = qapp.styleSheet()
    qapp.setProperty("theme", None)  # else it may believe to be dressed
    apply_theme(qapp, LIGHT)
    yield
    qapp.setProperty("theme", None)
    qapp.setStyleSheet(before)


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("width", [500, 696, 800, 1000])
def test_what_stands_over_the_layers_does_not_overlap(qtbot, workbench, width):
    panel = GraphPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 480)
    panel.show_theme(LIGHT)
    panel.show()
    panel.show_frame(workbench("circle", hidden=(16,) * 8, activations=("tanh",) * 9).frame())
    places = [button.geometry() for button in panel.canvas.buttons()]
    assert len(places) >= 9
    assert not any(one.intersects(other) for i, one in enumerate(places) for other in places[:i])


def test_beyond_700_edges_the_drawing_says_so_and_every_size_is_drawn(qtbot, workbench, monkeypatch):
    written = []
    monkeypatch.setattr("ui.scene.texts.text_width", lambda text, font: written.append(text) or 8.0 * len(text))
    panel = GraphPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show_theme(LIGHT)
    panel.show()
    panel.show_frame(workbench("circle", hidden=(64,) * 8, activations=("tanh",) * 9).frame())
    assert isinstance(panel.grab().toImage(), QImage)
    assert any("the 700 strongest of 28,864" in text for text in written)


@pytest.mark.parametrize("layer", [0, 1], ids=["hidden", "output"])
def test_every_bias_is_seen_beside_its_node_and_looks_otherwise_when_it_changes(graph, xor, layer):
    node = point(graph, Node(layer + 1, 0))
    beside = QRect(node - QPoint(70, 12), QSize(50, 24))
    network = xor.session.run.network
    seen = []
    for bias in (-3.0, 3.0):
        biases = np.full(len(network.biases[layer]), bias)
        xor.apply(edits.set_parameters(layer + 1, network.weights[layer], biases))
        graph.show_frame(xor.frame())
        image = graph.canvas.grab(beside).toImage()
        seen.append({image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())})
    assert seen[0] != seen[1]


def test_with_two_inputs_every_node_shows_what_it_answers_over_the_plane(graph, xor):
    for item in (Node(0, 0), Node(1, 0), Node(2, 0)):
        before = graph.canvas.grab(QRect(point(graph, item) - QPoint(9, 9), QSize(18, 18))).toImage()
        colours = {before.pixelColor(x, y).name() for x in range(18) for y in range(18)}
        assert len(colours) > 5
