"""An equation in its lines: in general, here, with numbers; it is read, unfolded and copied, and may change live."""

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from functools import cached_property, lru_cache

from PySide6.QtCore import QKeyCombination, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from core.explain.boxes import Box
from core.explain.latex import latex
from core.explain.layout import NO_LINES, Chip, Lines, length, wrapped, wrapping
from core.explain.plain_text import plain_text
from core.record import record
from core.work import Work, finished
from ui.equations.painter import LAYOUT, load_widths, paint_marks
from ui.labels import write_narrowed
from ui.matrix.scrolled import ScrolledCanvas, scaled
from ui.scene.texts import text_width
from ui.theme import text_font
from ui.throttle import Description

SIZE = 17
LATEX_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C)
LABELS, MARGIN = 66.0, 4.0
# In a view narrower than this labels stand over their lines; so wide a line may be at least, though drawn smaller then.
NARROW, OVER, LEAST_LINE = 220.0, 15.0, 160.0
TITLE, BETWEEN = 24.0, 12.0
# Between lines that are then all seen at once, and else would have to be scrolled.
TIGHT = 3.0
# A line of more parts is laid out with pauses, and never in the window.
LONG = 200
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@lru_cache(maxsize=256)
def _wrapped(box: Box, room: float, result: Box | None) -> Lines:
    """Known formulas are laid out already, whatever was shown in between."""
    return wrapped(LAYOUT, box, SIZE, room, result)


@record
class Line:
    """One line by its label; a `result` behind it is brought out."""

    label: str
    box: Box
    result: Box | None = None
    _laid: dict[float, Lines] = field(default_factory=dict[float, Lines], init=False, compare=False, repr=False)

    @cached_property
    def is_long(self) -> bool:
        """Whether it takes long to be laid out."""
        return length(self.box) > LONG

    def laying(self, room: float) -> Work[None]:
        """Find out where its signs stand in that room, with pauses where it is long."""
        if self.is_long and room not in self._laid:
            found, others = (yield from wrapping(LAYOUT, self.box, SIZE, room, self.result)), list(self._laid)
            self._laid[room] = found
            for other in others:
                del self._laid[other]

    def laid(self, room: float) -> Lines:
        """Where its signs stand in that room: found once, in whichever thread asks first.

        Where that takes long, where they stood in the last room until it is found out.
        """
        found = self._laid.get(room)
        if found is None and self.is_long:
            return next(iter(self._laid.copy().values()), NO_LINES)
        if found is None:
            found = self._laid[room] = _wrapped(self.box, room, self.result)
        return found

    def written(self, write: Callable[[Box], str]) -> str:
        """The whole line as text or LaTeX."""
        return write(self.box) + ("" if self.result is None else write(self.result))


@record
class Sheet:
    """What is shown: a `title`, what is said beside it, and the lines."""

    title: str
    beside: str
    lines: tuple[Line, ...]

    def laid(self, room: float, before: "Sheet | None" = None) -> "Sheet":
        """This sheet, laid out for that room, so that it need only be painted; what has not changed is kept."""
        return finished(self.laying(room, before))

    def laying(self, room: float, before: "Sheet | None" = None) -> Work["Sheet"]:
        """The same, with pauses in long lines."""
        known = () if before is None else before.lines
        lines = tuple(next((old for old in known if old == line), line) for line in self.lines)
        for line in lines:
            yield from line.laying(room)
            line.laid(room)
        return replace(self, lines=lines)

    @property
    def text(self) -> str:
        """All lines as text."""
        return "\n".join(line.written(plain_text) for line in self.lines)

    @property
    def latex(self) -> str:
        """All lines as LaTeX, one under another."""
        body = " \\\\\n".join(line.written(latex) for line in self.lines)
        return f"\\begin{{gathered}}\n{body}\n\\end{{gathered}}"


class EquationView(ScrolledCanvas):
    """Shows a sheet. A click or Enter on a long sum asks for it `opened`, and folded again, by `turned`."""

    copied = Signal(str)
    turned = Signal()
    keeps_width = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet = Sheet("", "", ())
        self.opened = False
        self._room, self._height = 0.0, 0.0
        self._sight_height, self._between = 0.0, BETWEEN
        self._unclean = QRectF()
        self._to_copy: bool | None = None
        load_widths()
        self._spoken = Description(self, self.words)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show this one; what is scrolled fits itself only where the height has changed."""
        anew, changed = sheet.title != self.sheet.title, list(self._changed(sheet))
        if not changed:
            return
        self.sheet = sheet
        between = self._between
        if anew:
            self._between = BETWEEN
        height = self._wanted_height()
        if self._between != between:
            self.update()
        # While its numbers change, a formula keeps the room that it has taken: nothing jumps.
        if height > self._height or (anew and height != self._height):
            self.rearranged.emit()
        if anew:
            self._spoken.tell()
        else:
            self._spoken.renew()
        for area in changed:
            self.update(self.in_pixels(area))
        if self._to_copy is not None:
            self.copy(as_latex=self._to_copy)

    def open_sums(self, on: bool) -> None:
        """Ask for long sums whole, or with their middle folded away."""
        self.opened = on
        self.turned.emit()

    def words(self) -> str:
        """All of it in words, for screen readers."""
        return "\n".join(filter(None, (f"{self.sheet.title} {self.sheet.beside}".strip(), self.sheet.text)))

    def wanted(self, room: QSizeF) -> QSizeF:
        self._room, self._sight_height, self._between = room.width(), room.height(), BETWEEN
        self._height = self._wanted_height()
        return QSizeF(room.width(), self._height)

    def copy(self, *, as_latex: bool = False) -> None:
        """Put all lines on the clipboard: at once, or when the sums that were opened are there with all their terms."""
        self._to_copy = as_latex if self.opened and self._is_folded() else None
        if self._to_copy is not None:
            return
        QGuiApplication.clipboard().setText(self.sheet.latex if as_latex else self.sheet.text)
        self.copied.emit("LaTeX" if as_latex else "text")

    def paintEvent(self, event: QPaintEvent) -> None:
        self._unclean = scaled(QRectF(event.region().boundingRect()), 1 / self.theme.zoom)
        super().paintEvent(event)

    def paint(self, painter: QPainter) -> None:
        theme, sheet = self.theme, self.sheet
        painter.fillRect(self.room, QColor(theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_unclean(0.0, TITLE):
            bold = text_font(13, weight=QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(QColor(theme.text))
            top = QRectF(MARGIN, 0.0, self.room.width() - 2 * MARGIN, TITLE)
            painter.drawText(top, LEFT, sheet.title)
            painter.setPen(QColor(theme.secondary))
            beside = top.adjusted(text_width(sheet.title, bold) + 8, 0, 0, 0)
            write_narrowed(painter, beside, sheet.beside, text_font(13))
        for y, line, laid in self._places():
            if not laid.lines or not self._is_unclean(y - self._over, self._over + laid.height):
                continue
            painter.setFont(text_font(12))
            painter.setPen(QColor(theme.secondary))
            scale = min(1.0, self.room_for_lines / max(1.0, laid.width))
            first = scale * laid.lines[0][0]
            painter.drawText(QPointF(MARGIN, y - 4 if self._over else y + first), line.label)
            painter.save()
            painter.translate(self._left, y)
            painter.scale(scale, scale)
            # Of a sum over a thousand units only what is in sight.
            for baseline, part in laid.between((self._unclean.top() - y) / scale, (self._unclean.bottom() - y) / scale):
                paint_marks(painter, part.moved(0.0, baseline), theme)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.chosen), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.sight.adjusted(0.5, 0.5, -0.5, -0.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (self.opened or self._is_folded()):
            self.open_sums(not self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.keyCombination() == LATEX_KEY:
            self.copy(as_latex=True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_sums(not self.opened)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be done with the equation."""
        menu = QMenu(self)
        menu.addAction("Copy as text\tCtrl+C").triggered.connect(lambda _: self.copy())
        menu.addAction("Copy as LaTeX\tCtrl+Shift+C").triggered.connect(lambda _: self.copy(as_latex=True))
        fold = menu.addAction("Fold long sums" if self.opened else "Open long sums")
        fold.setEnabled(self.opened or self._is_folded())
        fold.triggered.connect(lambda: self.open_sums(not self.opened))
        return menu

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._spoken.tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _is_folded(self) -> bool:
        return any(
            isinstance(mark, Chip) for _, _, laid in self._places() for _, part in laid.lines for mark in part.marks
        )

    @property
    def room_for_lines(self) -> float:
        """How wide a line may be."""
        return max(LEAST_LINE, self._room - self._left - MARGIN)

    @property
    def _over(self) -> float:
        """How much stands over a line: its label, where there is no room beside it."""
        return OVER if self._room < NARROW else 0.0

    @property
    def _left(self) -> float:
        """Where lines begin."""
        return MARGIN if self._over else MARGIN + LABELS

    def _is_unclean(self, y: float, height: float) -> bool:
        """Whether something has to be painted between there and there."""
        return y <= self._unclean.bottom() and self._unclean.top() <= y + height

    def _changed(self, sheet: Sheet) -> Iterator[QRectF]:
        """What another sheet changes: its title, and all from the first line that differs."""
        now = self.sheet
        if sheet.title != now.title or len(sheet.lines) != len(now.lines):
            yield self.room
            return
        if sheet.beside != now.beside:
            yield QRectF(0, 0, self.room.width(), TITLE)
        for (y, line, laid), other in zip(self._places(), sheet.lines, strict=True):
            if line != other or laid is not other.laid(self.room_for_lines):
                yield self.room.adjusted(0, y - self._between / 2 - self._over, 0, 0)
                return

    def _places(self) -> list[tuple[float, Line, Lines]]:
        """Every line with its top."""
        y = TITLE + self._between / 2
        places: list[tuple[float, Line, Lines]] = []
        for line in self.sheet.lines:
            y += self._over
            laid = line.laid(self.room_for_lines)
            places.append((y, line, laid))
            y += laid.height + self._between
        return places

    def _wanted_height(self) -> float:
        """How high all lines are, closer together where they are then all seen at once."""
        height = self._height_of_lines()
        if self._between == TIGHT or height <= self._sight_height:
            return height
        self._between = TIGHT
        closer = self._height_of_lines()
        if closer <= self._sight_height:
            return closer
        self._between = BETWEEN
        return height

    def _height_of_lines(self) -> float:
        places = self._places()
        return places[-1][0] + places[-1][2].height + MARGIN if places else TITLE
