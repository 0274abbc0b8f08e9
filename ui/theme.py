"""The look: colours by role in a light and a dark set, Qt's palette and style sheet made from them, and the fonts."""

import re
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from core.record import record
from ui.resources import asset, coloured_file

UNIT = 8
TEXT_FAMILY = "Inter"
MATH_FAMILY = "STIX Two Math"


@record
class Theme:
    """Colours by role, as #rrggbb, the zoom of the text, and the notation that quantities are written in.

    `zero` is what a value of 0 looks like: the panel.
    """

    name: str
    background: str
    panel: str
    line: str
    text: str
    secondary: str
    positive: str
    negative: str
    chosen: str
    main: str
    on_main: str
    proof: str
    hover: str
    zoom: float = 1.0
    notation: str = "365"

    @property
    def zero(self) -> str:
        """The colour of nothing."""
        return self.panel

    def font(self, pixels: int = 13) -> QFont:
        """The font for text at this zoom; what is painted in a Canvas's units uses `text_font`."""
        return text_font(round(pixels * self.zoom))


LIGHT = Theme(
    "light",
    background="#F4F5F7",
    panel="#FFFFFF",
    line="#E1E4E9",
    text="#1B1F24",
    secondary="#5B6470",
    positive="#176BC4",
    negative="#D9680D",
    chosen="#7C3AED",
    main="#1F2328",
    on_main="#FFFFFF",
    proof="#1A7B50",
    hover="#EEF0F3",
)
DARK = Theme(
    "dark",
    background="#14171A",
    panel="#1B1F24",
    line="#2C333B",
    text="#E6E9ED",
    secondary="#98A2AE",
    positive="#4DA3F0",
    negative="#F5A04D",
    chosen="#A78BFA",
    main="#E6E9ED",
    on_main="#1B1F24",
    proof="#5FBF8F",
    hover="#252B32",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def load_fonts() -> None:
    """Make the shipped fonts known to Qt."""
    for path in sorted(asset("fonts").glob("*.?tf")):
        QFontDatabase.addApplicationFont(str(path))


@lru_cache(maxsize=64)
def text_font(pixels: int = 13, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font for text and numbers, with digits of one width."""
    font = QFont(TEXT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=16)
def math_font(pixels: int = 15) -> QFont:
    """The font for symbols."""
    font = QFont(MATH_FAMILY)
    font.setPixelSize(pixels)
    return font


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application, unless it is dressed so already: that takes a while."""
    worn = f"{theme.name} {theme.zoom}"
    if application.property("theme") == worn:
        return
    application.setProperty("theme", worn)
    application.setStyle("Fusion")
    application.setFont(theme.font())
    application.setPalette(_palette(theme))
    application.setStyleSheet(_zoomed(_style_sheet(theme), theme.zoom))


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.background,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.secondary,
        QPalette.ColorRole.Highlight: theme.chosen,
        QPalette.ColorRole.HighlightedText: theme.panel,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Accent: theme.chosen,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.secondary))
    return palette


def _icon(name: str, theme: Theme) -> str:
    return coloured_file(name, theme.secondary).as_posix()


def _mark(theme: Theme) -> str:
    return coloured_file("check", theme.text).as_posix()


def _zoomed(sheet: str, zoom: float) -> str:
    """The style sheet with its lengths at that zoom; hairlines stay."""

    def length(match: re.Match[str]) -> str:
        pixels = int(match[1])
        return f"{pixels if pixels < 3 else round(pixels * zoom)}px"

    return re.sub(r"(\d+)px", length, sheet)


def _style_sheet(theme: Theme) -> str:
    return f"""
    QMainWindow, QStatusBar, #centre {{ background: {theme.background}; }}
    #toolbar, #header, #panel {{ background: {theme.panel}; }}
    #toolbar {{ border-bottom: 1px solid {theme.line}; }}
    #network, #network #header {{ background: {theme.background}; }}
    #banner {{ background: {theme.main}; }}
    #banner QLabel {{ color: {theme.on_main}; font-weight: 600; }}
    QToolBar {{ border: none; padding: 0; spacing: 0; }}
    QMainWindow::separator {{ background: {theme.line}; width: 3px; height: 3px; }}
    QMainWindow::separator:hover {{ background: {theme.chosen}; }}
    QScrollArea {{ border: none; background: {theme.panel}; }}
    QStatusBar {{ border-top: 1px solid {theme.line}; color: {theme.secondary}; }}
    QStatusBar::item {{ border: none; }}
    QMenuBar {{ background: {theme.panel}; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {theme.hover}; }}
    QMenu {{ background: {theme.panel}; border: 1px solid {theme.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {theme.hover}; }}
    QMenu::item:disabled {{ color: {theme.secondary}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
    QToolTip {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
    QLabel[role="heading"] {{ color: {theme.secondary}; font-size: 11px; font-weight: 600; }}
    QLabel[role="secondary"] {{ color: {theme.secondary}; }}
    QLabel[role="caption"] {{ color: {theme.secondary}; font-size: 11px; }}
    QToolButton, QPushButton, QComboBox, QAbstractSpinBox, QLineEdit {{
        background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 6px;
        min-height: 26px; padding: 1px 8px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QAbstractSpinBox QLineEdit {{ border: none; min-height: 0; padding: 0 0 0 8px; background: transparent; }}
    QToolButton:hover, QPushButton:hover, QComboBox:hover {{ background: {theme.hover}; }}
    QToolButton:pressed, QPushButton:pressed {{ background: {theme.line}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {theme.secondary}; }}
    QToolButton:focus, QPushButton:focus, QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus {{
        border: 1px solid {theme.chosen}; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QToolButton::menu-button {{ border: none; width: 18px; }}
    QToolButton[role="main"] {{
        background: {theme.main}; color: {theme.on_main}; border-color: {theme.main}; font-weight: 600;
        padding: 1px 14px; }}
    QToolButton[role="main"]:hover {{ background: {theme.secondary}; }}
    QToolButton[role="main"]:focus {{ border: 2px solid {theme.chosen}; }}
    QToolButton[role="small"] {{ min-height: 18px; min-width: 18px; padding: 0; border-radius: 4px; }}
    QToolButton[role="quiet"] {{
        border-color: transparent; background: transparent; color: {theme.secondary}; min-height: 20px;
        padding: 0 4px; }}
    QToolButton[role="quiet"]:hover {{ background: {theme.hover}; }}
    QToolButton[role="quiet"]:focus {{ border-color: {theme.chosen}; }}
    #segments {{ background: {theme.hover}; border-radius: 6px; }}
    QToolButton[role="segment"] {{
        border-color: transparent; background: transparent; color: {theme.secondary}; min-height: 18px;
        padding: 0 2px; }}
    QToolButton[role="segment"]:checked {{
        background: {theme.panel}; border-color: {theme.line}; color: {theme.text}; }}
    QToolButton[role="segment"]:disabled {{ background: transparent; border-color: transparent; }}
    QToolButton[role="segment"]:focus {{ border-color: {theme.chosen}; }}
    QComboBox::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow {{ image: url("{_icon("chevron-down", theme)}"); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ border: 1px solid {theme.line}; selection-background-color: {theme.hover};
        selection-color: {theme.text}; }}
    QSlider:horizontal {{ min-height: 18px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.line}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {theme.secondary}; }}
    QSlider::handle:horizontal {{ width: 10px; height: 10px; margin: -5px 0; border-radius: 6px;
        background: {theme.panel}; border: 2px solid {theme.text}; }}
    QSlider::handle:horizontal:focus {{ border-color: {theme.chosen}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {theme.line}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {theme.line}; }}
    QTabBar {{ background: {theme.panel}; qproperty-drawBase: 0; qproperty-elideMode: ElideNone; }}
    QTabBar::scroller {{ width: 24px; }}
    QTabBar QToolButton {{ border-radius: 0; border-color: {theme.line}; min-height: 0; padding: 0;
        color: {theme.secondary}; }}
    QTabBar::tab {{ background: transparent; color: {theme.secondary}; padding: 8px 11px;
        border-bottom: 2px solid transparent; }}
    QTabBar[tight="true"] {{ font-size: 12px; }}
    QTabBar[tight="true"]::tab {{ padding: 8px 6px; }}
    QTabBar::tab:selected {{ color: {theme.text}; font-weight: 600; border-bottom: 2px solid {theme.chosen}; }}
    QTabBar::tab:focus {{ color: {theme.chosen}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {theme.line}; }}
    QTableView, QListView {{ border: 1px solid transparent; background: {theme.panel}; gridline-color: {theme.line};
        selection-background-color: {theme.hover}; selection-color: {theme.text}; outline: none; }}
    QTableView:focus, QListView:focus {{ border-color: {theme.chosen}; }}
    QTableView::item {{ padding: 0 2px; }}
    QListView::item {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 2px; margin: 1px; }}
    QListView::item:selected {{ border: 2px solid {theme.chosen}; background: transparent; }}
    #phases::item {{ border: none; border-left: 2px solid transparent; border-radius: 0; padding: 1px 4px; }}
    #phases::item:selected {{ border: none; border-left: 2px solid {theme.chosen}; background: {theme.hover}; }}
    QListView::item:hover {{ background: {theme.hover}; }}
    QHeaderView::section:vertical {{ border: none; font-weight: 400; padding: 0 4px; }}
    QTableView QTableCornerButton::section {{ background: {theme.panel}; border: none; }}
    QHeaderView::section {{ background: {theme.panel}; color: {theme.secondary}; border: none;
        border-bottom: 1px solid {theme.line}; padding: 3px 4px; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; }}
    QScrollBar:horizontal {{ background: transparent; height: 8px; }}
    QScrollBar::handle {{ background: {theme.line}; border-radius: 4px; min-height: 20px; min-width: 20px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator, QTableView::indicator {{
        width: 14px; height: 14px; border: 1px solid {theme.secondary}; border-radius: 3px;
        background: {theme.panel}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked {{
        image: url("{_mark(theme)}"); border-color: {theme.text}; }}
    QCheckBox::indicator:focus {{ border-color: {theme.chosen}; }}
    """
