"""A number by slider or typed exactly."""

from collections.abc import Callable
from itertools import count

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSlider, QWidget

from core.edits import Edit, refusal
from core.record import record
from core.session import Session
from ui.fields.field import GAP, Field
from ui.labels import caption
from ui.theme import Theme

STOPS = 200
# Of the number's editor: its line, and its width where the slider has the whole column or half of it.
LINE, WIDE, NARROW = 18, 76, 47
EDGES = 10
_gestures = count()


@record
class Scale:
    """How slider positions 0 … STOPS stand for numbers: evenly, or evenly in their logarithm."""

    low: float
    high: float
    logarithmic: bool = False
    digits: int = 3

    def value(self, position: int) -> float:
        """The number at a position, rounded to a few digits."""
        share = position / STOPS
        if self.logarithmic:
            exact = float(self.low * (self.high / self.low) ** share)
            return float(f"{exact:.2g}")
        return float(round(self.low + share * (self.high - self.low), self.digits))

    def position(self, value: float) -> int:
        """The position nearest to a number."""
        value = float(np.clip(value, self.low, self.high))
        if self.logarithmic:
            share = np.log(value / self.low) / np.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return round(float(share) * STOPS)


class SliderField(Field):
    """Label and number above, slider below. The number may be typed, beyond the slider's ends too."""

    def __init__(
        self,
        label: str,
        scale: Scale,
        value: Callable[[Session], float],
        edit: Callable[[float, str], Edit],
        tip: str,
        *,
        suffix: str = "",
        anew: bool = True,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, tip, anew=anew, parent=parent)
        self._width = NARROW if narrow else WIDE
        self._scale, self._value, self._edit, self._suffix = scale, value, edit, suffix
        self._shown = float("nan")
        self._gesture = ""
        self.number = QLineEdit(self)
        self.explain(self.number)
        self.number.setFrame(False)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.editingFinished.connect(self._type)
        # Keys are the window's again once a number is entered.
        self.number.returnPressed.connect(self.number.clearFocus)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STOPS)
        self.slider.setPageStep(STOPS // 10)
        self.explain(self.slider, f"{label} slider")
        self.keep_from_wheel(self.slider)
        self.slider.valueChanged.connect(self._slide)
        self.slider.sliderPressed.connect(self._begin_gesture)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self._caption = caption(self.title, self)
        self._caption.setToolTip(self.tip)
        if narrow:
            self._caption.setProperty("role", "caption")
        grid.addWidget(self._caption, 0, 0)
        grid.addWidget(self.number, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        self._begin_gesture()

    def rename(self, label: str) -> None:
        """Call it something else."""
        if label != self.label:
            self.label = label
            self._caption.setText(self.title)
            self.explain(self.number)
            self.explain(self.slider, f"{label} slider")

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._fit()
        self.number.setStyleSheet(
            f"QLineEdit {{ min-height: {round(LINE * theme.zoom)}px; padding: 0 2px; border-color: transparent; }}"
            f"QLineEdit:focus {{ border-color: {theme.chosen}; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The label goes before the number, as long as that can be read."""
        room = self.width() - self._caption.sizeHint().width() - GAP
        zoom = self.theme.zoom
        written = self.number.fontMetrics().horizontalAdvance(self.number.text()) + EDGES
        self.number.setFixedWidth(round(min(self._width * zoom, max(min(NARROW * zoom, written), room))))

    def show_session(self, session: Session) -> None:
        value = self._value(session)
        if value == self._shown and not self.number.isModified():
            return
        self._shown = value
        if not self.number.hasFocus() or not self.number.isModified():
            self.number.setText(f"{value:.6g}{self._suffix}")
            self._fit()
        if not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(self._scale.position(value))
            self.slider.blockSignals(False)

    def _begin_gesture(self) -> None:
        # All the moves of one drag undo as one.
        self._gesture = f"slide {next(_gestures)}"

    def _slide(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self._begin_gesture()
        self._shown = float("nan")
        self.edited.emit(self._edit(self._scale.value(position), self._gesture))

    def _type(self) -> None:
        if not self.number.isModified():
            return
        self.number.setModified(False)
        text = self.number.text().strip().removesuffix(self._suffix.strip()).strip().replace("−", "-").replace(",", ".")
        self._shown = float("nan")
        self._begin_gesture()
        try:
            self.edited.emit(self._edit(float(text), self._gesture))
        except ValueError:
            self.edited.emit(refusal(f"{text!r} is not a number; {self.number.accessibleName()} stays as it is."))
