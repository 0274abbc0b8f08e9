"""A whole number."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from core.edits import Edit
from core.session import Session
from ui.fields.field import FIELD_WIDTH, Field
from ui.labels import caption


class WholeField(Field):
    """A spin box; `special` says what its lowest value means, given the session."""

    def __init__(
        self,
        label: str,
        bounds: Callable[[Session], tuple[int, int]],
        value: Callable[[Session], int],
        edit: Callable[[int], Edit],
        tip: str,
        *,
        special: Callable[[Session], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bounds, self._value, self._edit, self._special = bounds, value, edit, special
        self.box = QDoubleSpinBox(self)
        # Doubles hold whole numbers up to 2⁵³; Qt's whole ones end at 2³¹.
        self.box.setDecimals(0)
        self.box.setAccessibleName(label)
        self.box.setToolTip(tip)
        self.box.setKeyboardTracking(False)
        self.box.setGroupSeparatorShown(True)
        self.box.lineEdit().returnPressed.connect(self.box.clearFocus)
        self.keep_from_wheel(self.box)
        self.box.valueChanged.connect(lambda number: self.edited.emit(self._edit(int(number))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(caption(label), 1)
        row.addWidget(self.box)
        self.box.setFixedWidth(FIELD_WIDTH)

    def show_session(self, session: Session) -> None:
        with QSignalBlocker(self.box):
            self.box.setRange(*self._bounds(session))
            if self._special is not None:
                self.box.setSpecialValueText(self._special(session))
            self.box.setValue(self._value(session))
