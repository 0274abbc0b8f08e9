"""A spin box of whole numbers that takes any text, and refuses in words what is none: it never makes one of it."""

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from ui.numbers import MINUS

GROUPED = re.compile(r"[+-]?\d{1,3}([, \u00a0\u202f]\d{3})+")
LONGEST_QUOTE = 20


def whole_number(text: str) -> int | None:
    """The whole number that a text writes, with or without its thousands apart; None when it writes none."""
    text = text.strip().replace(MINUS, "-")
    if GROUPED.fullmatch(text):
        text = re.sub(r"[^\d+-]", "", text)
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def no_whole_number(name: str, text: str, low: int, high: int) -> str:
    """The sentence for a text that is no whole number from `low` to `high`."""
    text = text.strip()
    quoted = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"{name} must be a whole number from {low:,} to {high:,}, not “{quoted}”."


class WholeBox(QDoubleSpinBox):
    """Doubles hold whole numbers up to 2⁵³; Qt's whole ones end at 2³¹. `refused` carries a sentence."""

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(0)
        self.setKeyboardTracking(False)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        # Qt would not let a minus be typed where there are no negative numbers, and −5 became 5.
        fits = self._number(text) is not None
        return QValidator.State.Acceptable if fits else QValidator.State.Intermediate, text, position

    def fixup(self, text: str) -> str:
        """Entered, and no number that fits: the number before is put back, and that is said."""
        self.refused.emit(no_whole_number(self.accessibleName(), text, int(self.minimum()), int(self.maximum())))
        return text

    def valueFromText(self, text: str) -> float:  # noqa: N802 – Qt calls it so
        number = self._number(text)
        return self.value() if number is None else number

    def textFromValue(self, value: float) -> str:  # noqa: N802 – Qt calls it so
        return f"{value:,.0f}"

    def _number(self, text: str) -> int | None:
        if self.specialValueText() and text == self.specialValueText():
            return int(self.minimum())
        number = whole_number(text)
        return number if number is not None and self.minimum() <= number <= self.maximum() else None
