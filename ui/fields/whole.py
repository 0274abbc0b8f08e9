"""A whole number."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from core.edits import Edit, refusal
from core.session import Session
from ui.fields.field import LabelledField
from ui.fields.whole_box import WholeBox
from ui.theme import Theme

INSET = 7
LINE, FRAME = 26, 4


class WholeField(LabelledField):
    """A spin box; `special` says what its lowest value means, given the session."""

    def __init__(
        self,
        label: str,
        bounds: Callable[[Session], tuple[int, int]],
        value: Callable[[Session], int],
        edit: Callable[[int], Edit],
        tip: str,
        *,
        anew: bool = True,
        above: bool = False,
        special: Callable[[Session], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, tip, anew=anew, above=above, parent=parent)
        self._bounds, self._value, self._edit, self._special = bounds, value, edit, special
        self.box = WholeBox(self)
        self.explain(self.box)
        self.box.refused.connect(lambda sentence: self.edited.emit(refusal(sentence)))
        self.box.lineEdit().returnPressed.connect(self.box.clearFocus)
        self.keep_from_wheel(self.box)
        self.box.valueChanged.connect(lambda number: self.edited.emit(self._edit(int(number))))
        self.hold(self.box)

    def show_session(self, session: Session) -> None:
        with QSignalBlocker(self.box):
            self.box.setRange(*self._bounds(session))
            if self._special is not None:
                self.box.setSpecialValueText(self._special(session))
            self.box.setValue(self._value(session))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        # As high as a combo box. The style sheet's padding is lost on the editor within a spin box.
        self.box.setFixedHeight(round(LINE * theme.zoom) + FRAME)
        self.box.lineEdit().setTextMargins(round(INSET * theme.zoom), 0, 0, 0)
