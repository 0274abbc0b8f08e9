"""The equation as a widget: unfolded, copied, told to screen readers, wrapped, and not laid out in vain."""

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QRegion

from core.explain.boxes import Fold, Glyphs, row, sign
from core.work import finished
from ui.equations import view as module
from ui.equations.view import EquationView, Line, Sheet
from ui.matrix.scrolled import ScrollRoom
from ui.theme import DARK, LIGHT

TERMS = row(*[part for n in range(9) for part in (sign("+"), Glyphs(f"0.{n}", "number"))][1:])
FOLDED = row(Glyphs("δ", "italic"), sign("="), Fold(9, Glyphs("3.6", "number")), sign("="))
SHEET = Sheet("δ", "of sample 1", (Line("numbers", FOLDED, Glyphs("3.6", "number")),))


@pytest.fixture
def view(qtbot):
    widget = EquationView("Equation")
    room = ScrollRoom(widget)
    qtbot.addWidget(room)
    room.resize(400, 200)
    widget.dress(LIGHT)
    room.show()
    widget.show_sheet(SHEET)
    yield widget
    room.close()


def test_long_sums_are_asked_for_opened_and_folded_by_mouse_and_by_key(qtbot, view):
    asked = []
    view.turned.connect(lambda: asked.append(view.opened))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    next(action for action in view.menu().actions() if action.text() == "Open long sums").trigger()
    assert asked == [True, False, True]
    assert any(action.text() == "Fold long sums" for action in view.menu().actions())


def test_a_click_opens_nothing_where_nothing_is_folded(qtbot, view):
    view.show_sheet(Sheet("a", "", (Line("here", TERMS),)))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    assert not view.opened


def test_it_is_copied_as_text_and_as_latex(qtbot, view):
    with qtbot.waitSignal(view.copied):
        qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "δ = [9 more: 3.6] = 3.6"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view, Qt.Key.Key_C, both)
    assert r"\underbrace{3.6}_{\text{9 more}} = 3.6" in QGuiApplication.clipboard().text()
    for action, expected in zip(view.menu().actions(), ("δ = ", r"\begin{gathered}"), strict=False):
        action.trigger()
        assert QGuiApplication.clipboard().text().startswith(expected)


def test_it_wraps_where_the_room_is_narrow(view):
    view.show_sheet(Sheet("δ", "", (Line("numbers", TERMS),)))
    wide, narrow = (view.wanted(QSizeF(width, 100.0)).height() for width in (900.0, 250.0))
    assert narrow > wide


def test_the_room_is_fitted_only_when_the_height_changes(qtbot, view):
    fits = []
    view.rearranged.connect(lambda: fits.append(1))
    view.show_sheet(Sheet("δ", "of sample 2", SHEET.lines))
    assert not fits
    view.show_sheet(Sheet("δ", "of sample 2", SHEET.lines * 2))
    assert fits


def test_screen_readers_are_told_all_of_it(view):
    assert view.words() == "δ of sample 1\nδ = [9 more: 3.6] = 3.6"
    QAccessible.setActive(True)
    view.show_sheet(Sheet("z", "of sample 3", SHEET.lines))
    QAccessible.setActive(False)
    assert view.accessibleDescription().startswith("z of sample 3")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_is_painted_in_the_colours_of_the_theme(view, theme):
    view.dress(theme)
    image = view.grab().toImage()
    colours = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
    assert {theme.panel, theme.chosen} <= colours
    assert theme.text in colours


def test_in_a_narrow_view_labels_stand_over_their_lines_which_get_the_width(view):
    short = Sheet("δ", "", (Line("numbers", row(Glyphs("δ", "italic"), sign("="), Glyphs("0.5", "number"))),))
    view.show_sheet(short)
    view.wanted(QSizeF(221.0, 100.0))
    beside, tall = view.room_for_lines, view.wanted(QSizeF(221.0, 100.0)).height()
    narrow = view.wanted(QSizeF(219.0, 100.0)).height()
    assert view.room_for_lines > beside + 40
    assert narrow > tall
    # What is still wider is drawn smaller, and not cut.
    view.wanted(QSizeF(90.0, 100.0))
    assert view.room_for_lines > 90.0


@pytest.mark.parametrize("width", [215, 400])
def test_a_strip_is_painted_anew_with_all_that_was_in_it(view, width):
    view.show_sheet(Sheet("δ", "", (Line("numbers", TERMS), Line("here", TERMS))))
    view.parentWidget().parentWidget().resize(width, 200)
    whole, strips = (QImage(view.size(), QImage.Format.Format_RGB32) for _ in range(2))
    view.render(whole)
    for y in range(0, view.height(), 3):
        view.render(strips, QPoint(0, y), QRegion(0, y, view.width(), 3))
    assert strips == whole


def long_sheet():
    numbers = [part for n in range(400) for part in (sign("+"), Glyphs(f"{n}", "number"))]
    return Sheet("z", "", (Line("here", row(*numbers[1:])),))


def test_a_long_line_is_never_laid_out_by_the_window_which_shows_it_as_it_was_until_it_is(view, monkeypatch):
    ready, again = long_sheet().laid(view.room_for_lines), long_sheet()
    monkeypatch.setattr(module, "wrapped", lambda *_: pytest.fail("laid out by the window"))
    view.show_sheet(long_sheet())
    empty = view.wanted(QSizeF(400.0, 100.0)).height()
    view.show_sheet(ready)
    whole = view.wanted(QSizeF(400.0, 100.0)).height()
    assert whole > 10 * empty
    assert view.wanted(QSizeF(800.0, 100.0)).height() == whole
    view.show_sheet(finished(again.laying(view.room_for_lines)))
    assert view.wanted(QSizeF(800.0, 100.0)).height() < 0.7 * whole


def test_of_a_long_line_only_what_is_in_sight_is_painted(view, monkeypatch):
    painted = []
    monkeypatch.setattr(module, "paint_marks", lambda _painter, marks, _theme: painted.append(len(marks)))
    sheet = long_sheet().laid(view.room_for_lines)
    view.show_sheet(sheet)
    view.rearranged.emit()
    view.grab(view.visibleRegion().boundingRect())
    everything = len(sheet.lines[0].laid(view.room_for_lines).lines)
    assert 3 < len(painted) < everything / 2


def test_what_has_been_opened_is_copied_with_all_its_terms_even_before_they_are_there(qtbot, view):
    QGuiApplication.clipboard().setText("before")
    view.open_sums(True)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    view.show_sheet(Sheet("δ", "of sample 1", (Line("numbers", TERMS),)))
    assert QGuiApplication.clipboard().text() == "0.0" + "".join(f" + 0.{n}" for n in range(1, 9))
    view.show_sheet(SHEET)
    assert "more" not in QGuiApplication.clipboard().text()


def test_lines_stand_closer_together_where_they_are_then_all_in_sight(view):
    two = Sheet("δ", "", (Line("here", TERMS), Line("numbers", TERMS)))
    view.show_sheet(two)
    loose = view.wanted(QSizeF(900.0, 500.0)).height()
    closer = view.wanted(QSizeF(900.0, loose - 1)).height()
    assert closer < loose - 1
    # Where they must be scrolled anyway, nothing is gained.
    assert view.wanted(QSizeF(900.0, closer - 1)).height() == loose
