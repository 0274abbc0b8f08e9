"""The gestures that freeze and thaw, in the words of the window: the same for keys, buttons and menus."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core import edits
from core.edits import Edit
from core.frame import Frame
from core.freezing import Masks, is_frozen, layer_names, masks
from core.parameters import Parameter, has_parameter, parameter_name
from core.selection import Edge, Item
from ui.scene.names import layer_name, parameter_label

KEEPS = "What is frozen keeps its value in every update; its gradient is computed all the same. Nothing starts anew."


def parameter_of(frame: Frame, item: Item | None) -> Parameter | None:
    """The edge or node if it has a weight or bias that could learn."""
    return item if item is not None and has_parameter(frame.session.run.network, item) else None


def frozen(frame: Frame, item: Item | None) -> bool:
    """Whether its weight or bias is frozen."""
    return item is not None and is_frozen(frame.session.spec.frozen, item)


def frozen_masks(frame: Frame) -> Masks | None:
    """Which parameters are frozen, to be marked; None where none is."""
    spec = frame.session.spec
    return masks(spec.frozen, spec.sizes) if spec.frozen else None


def freeze_or_thaw(frame: Frame, item: Parameter) -> Edit:
    """Freeze one weight or bias, or have it learn again."""
    make = edits.thaw if frozen(frame, item) else edits.freeze
    return make((parameter_name(item),), parameter_label(frame.session.spec.sizes, item))


def add_item_action(menu: QMenu, frame: Frame, item: Parameter, edited: Callable[[Edit], object]) -> None:
    """Offer to freeze or thaw one weight or bias."""
    what = "Weight" if isinstance(item, Edge) else "Bias"
    action = menu.addAction(f"{what} {parameter_label(frame.session.spec.sizes, item)} frozen")
    _check(action, frozen(frame, item), lambda: edited(freeze_or_thaw(frame, item)))


def add_layer_actions(menu: QMenu, frame: Frame, layer: int, edited: Callable[[Edit], object]) -> None:
    """Offer to freeze or thaw layer 1 … K: all of it, or its weights or biases; these only where they learn."""
    spec = frame.session.spec
    name, (weights, biases) = layer_name(spec.sizes, layer), layer_names(layer)
    offers = [(f"weights of {name}", (weights,))]
    if spec.biased:
        offers = [(f"parameters of {name}", (weights, biases)), *offers, (f"biases of {name}", (biases,))]
    for what, names in offers:
        on = set(names) <= set(spec.frozen)
        edit = (edits.thaw if on else edits.freeze)(names, what)
        _check(menu.addAction(f"All {what} frozen"), on, lambda edit=edit: edited(edit))


def _check(action: QAction, on: bool, act: Callable[[], object]) -> None:
    action.setCheckable(True)
    action.setChecked(on)
    action.setToolTip(KEEPS)
    action.triggered.connect(lambda _checked: act())
