"""The bar on top: what is open, train and step, the speed, and the three figures that everyone looks at."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from core.frame import Frame
from ui.labels import LiveText
from ui.menus import hang
from ui.numbers import counted, fixed, percent
from ui.resources import icon
from ui.theme import Theme, text_font

HEIGHT = 56
NAME_WIDTH = 132
LEAST_WIDTH, ROOM_FOR_STARTS, ROOM_FOR_ALL, ROOM_FOR_TEXT = 480, 680, 940, 1240
TRAIN_WIDTH, SPEED_WIDTH, ICON = 104, 108, 16
FIGURES = {"Epoch": 72, "Train loss": 72, "Train acc.": 62}
SLOWEST, FASTEST = 2.0, 20_000.0
STOPS = 100
DEFAULT_SPEED = 30.0


def speed_at(position: int) -> float:
    """Steps a second at a position of the slider; its right end is everything the machine can."""
    if position >= STOPS:
        return math.inf
    return SLOWEST * (FASTEST / SLOWEST) ** (position / (STOPS - 1))


def figure_font() -> QFont:
    """The font of the figures that everyone looks at."""
    return text_font(15, weight=QFont.Weight.DemiBold)


def position_of(speed: float) -> int:
    """The slider's position for a speed."""
    if math.isinf(speed):
        return STOPS
    return round((STOPS - 1) * math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST))


class Toolbar(QWidget):
    """Buttons are the window's actions; `speed_changed` speaks in steps a second."""

    speed_changed = Signal(float)

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self._theme: Theme | None = None
        self._training = False
        self.name = LiveText(
            "Data set and layer sizes",
            alignment=Qt.AlignmentFlag.AlignLeft,
            role=QPalette.ColorRole.WindowText,
            parent=self,
        )
        self.train = self._button("train", role="main", text=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addSpacing(8)
        first = [self._button(name) for name in ("reset", "new_seed", "undo", "redo")]
        for button in (*first, self.train):
            row.addWidget(button)
        self._shrinking = [self._button(name, text=True) for name in ("step_sample", "step_batch", "step_epoch")]
        for button in self._shrinking:
            row.addWidget(button)
        phases = [self._button(name) for name in ("phase_back", "step_phase")]
        pair = QHBoxLayout()
        pair.setSpacing(2)
        for button in phases:
            pair.addWidget(button)
        row.addLayout(pair)
        row.addSpacing(8)
        row.addLayout(self._make_speed())
        self.more = self._make_more()
        row.addWidget(self.more)
        row.addStretch(1)
        self._captions: list[QLabel] = []
        self.epoch, self.loss, self.accuracy = (self._figure(row, title) for title in FIGURES)
        row.addSpacing(8)
        self._shrinking.append(self._button("export", text=True))
        row.addWidget(self._shrinking[-1])
        # What goes into the menu `more` in a narrow window, or with large text.
        self._dispensable = dict.fromkeys((*first[2:], self._shrinking[-1]), ROOM_FOR_ALL)
        self._dispensable |= dict.fromkeys((*first[:2], *phases), ROOM_FOR_STARTS)
        self._make_room()

    def show_frame(self, frame: Frame) -> None:
        """Take over a frame's figures."""
        spec = frame.session.spec
        self.name.setToolTip(f"Layer sizes: {'-'.join(map(str, spec.sizes))}")
        self.name.say(f"{spec.source.label} · {'-'.join(map(str, spec.sizes))}")
        whole = f"{frame.session.run.epoch:,}"
        self.epoch.say(whole)
        self.epoch.setToolTip(f"Finished epochs; {counted(frame.session.run.step, 'step')} (updates) made.")
        self.loss.say(fixed(frame.train.objective, 4))
        self.loss.setToolTip(
            f"The objective: the mean loss of all {counted(frame.session.data.train, 'training row')} with the present"
            f" weights, {fixed(frame.train.data_loss, 6)}, and the penalty, {fixed(frame.train.penalty, 6)}."
        )
        self.accuracy.say(percent(frame.train.accuracy))
        test = "" if frame.test is None else f" Of the test rows: {percent(frame.test.accuracy)}."
        self.accuracy.setToolTip(f"The share of training rows whose class is right.{test}")
        if frame.training != self._training:
            self._training = frame.training
            self._show_training()

    def minimumSizeHint(self) -> QSize:
        return QSize(round(LEAST_WIDTH * self._zoom), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_what_fits()
        super().resizeEvent(event)

    def show_theme(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self._theme = theme
        for text in self.findChildren(LiveText):
            text.dress(theme)
        self.more.setIcon(icon("ellipsis", theme.text))
        self._make_room()
        self._show_what_fits()
        self._show_training()

    def _make_room(self) -> None:
        """Give everything its size at the zoom."""
        zoom = self._zoom
        self.setFixedHeight(round(HEIGHT * zoom))
        self.setMinimumWidth(round(LEAST_WIDTH * zoom))
        self.name.setFixedWidth(round(NAME_WIDTH * zoom))
        self.train.setFixedWidth(round(TRAIN_WIDTH * zoom))
        self.slider.setFixedWidth(round(SPEED_WIDTH * zoom))
        figures = (self.epoch, self.loss, self.accuracy)
        for caption, figure, width in zip(self._captions, figures, FIGURES.values(), strict=True):
            caption.setFixedWidth(round(width * zoom))
            figure.setFixedWidth(round(width * zoom))
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(ICON, ICON) * zoom)

    def _show_what_fits(self) -> None:
        """In a narrow window the icons must do."""
        room = self.width() / self._zoom
        narrow = room < ROOM_FOR_TEXT
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._shrinking:
            button.setToolButtonStyle(style)
        self.name.setVisible(room >= ROOM_FOR_ALL)
        for button, needed in self._dispensable.items():
            button.setVisible(room >= needed)
        self.more.setVisible(room < ROOM_FOR_ALL)

    @property
    def _zoom(self) -> float:
        return 1.0 if self._theme is None else self._theme.zoom

    def show_speed(self, speed: float) -> None:
        """Write the speed beside the slider and move it there, without saying so."""
        self.slider.blockSignals(True)
        self.slider.setValue(position_of(speed))
        self.slider.blockSignals(False)
        self.speed.setText("max" if math.isinf(speed) else f"{speed:,.0f} steps/s")

    def _show_training(self) -> None:
        action = self._actions["train"]
        action.setText("Pause" if self._training else "Train")
        action.setIconText(action.text())
        self.train.setAccessibleName(action.text())
        if self._theme is not None:
            action.setIcon(icon("pause" if self._training else "play", self._theme.text))
            self.train.setIcon(icon("pause" if self._training else "play", self._theme.on_main))

    def _button(self, name: str, *, role: str = "", text: bool = False) -> QToolButton:
        action = self._actions[name]
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().rstrip("…"))
        button.setProperty("role", role)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _make_more(self) -> QToolButton:
        """The menu of the buttons that there is no room for."""
        more = QToolButton(self)
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        more.setAccessibleName("More: what there is no room for")
        more.setToolTip("What there is no room for here.")
        menu = QMenu(more)

        def fill() -> None:
            menu.clear()
            menu.addActions([button.defaultAction() for button in self._dispensable if button.isHidden()])

        menu.aboutToShow.connect(fill)
        hang(menu, more)
        more.hide()
        return more

    def _make_speed(self) -> QVBoxLayout:
        self.speed = QLabel(self)
        self.speed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STOPS)
        self.slider.setAccessibleName("Speed")
        self.slider.setToolTip(f"Updates a second, from {SLOWEST:g} to as many as the machine can (M).")
        self.slider.valueChanged.connect(lambda position: self.speed_changed.emit(speed_at(position)))
        caption = QLabel("Speed", self)
        caption.setProperty("role", "caption")
        top = QHBoxLayout()
        top.addWidget(caption)
        top.addWidget(self.speed)
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addStretch()
        box.addLayout(top)
        box.addWidget(self.slider)
        box.addStretch()
        self.show_speed(DEFAULT_SPEED)
        return box

    def _figure(self, row: QHBoxLayout, title: str) -> LiveText:
        caption = QLabel(title, self)
        caption.setProperty("role", "caption")
        caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._captions.append(caption)
        figure = LiveText(title, font=figure_font(), role=QPalette.ColorRole.WindowText, parent=self)
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addStretch()
        for label in (caption, figure):
            box.addWidget(label)
        box.addStretch()
        row.addLayout(box)
        return figure
