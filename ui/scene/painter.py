"""Paints the network: the kept edges, then all that changes with every frame, then what is pointed at."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from core.arrays import without_gaps
from core.frame import Frame, batch_pass
from ui.canvas import Canvas
from ui.freezing import frozen_masks
from ui.scales import settled_scale
from ui.scene.backdrop import Backdrop
from ui.scene.card import paint_card
from ui.scene.geometry import HEADER
from ui.scene.nodes import paint_deltas, paint_squares
from ui.scene.path import paint_path
from ui.scene.phase import known_deltas, paint_phase
from ui.scene.pointed import paint_pointed
from ui.scene.scene import Scene
from ui.scene.strengths import Strengths, strengths
from ui.scene.texts import paint_activations, paint_headers, paint_legend, paint_numbers
from ui.theme import Theme


class NetworkPainter:
    """Keeps the picture of the edges, and the scales that must not flicker; they begin anew with each edit."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.strengths: Strengths | None = None
        self._scales = {"weights": 0.0, "gradients": 0.0, "deltas": 0.0}
        self._generation = -1
        self._backdrop = Backdrop()

    def paint(self, painter: QPainter, canvas: Canvas, scene: Scene) -> None:
        """Paint everything within the painter's clip: the network, and what stands over it."""
        area = painter.clipBoundingRect()
        # A button that is pressed or pointed at has only what is behind it painted again.
        if area.bottom() > HEADER + 1:
            self._paint_network(painter, canvas, scene)
        if area.top() < HEADER - 1:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # The names of the layers stay when the rest is moved under them.
            painter.fillRect(QRectF(0, 0, canvas.room.width(), HEADER), QColor(self.theme.background))
            paint_headers(painter, scene.geometry, scene.frame.session.spec.sizes, self.theme)
        paint_card(painter, canvas.room, scene, self.theme)

    def _paint_network(self, painter: QPainter, canvas: Canvas, scene: Scene) -> None:
        frame, geometry, theme = scene.frame, scene.geometry, self.theme
        shown = self.strengths = self._settled(frame, by_gradient=scene.by_gradient)
        painter.drawPixmap(
            0,
            0,
            self._backdrop.pixmap(
                shown,
                geometry,
                theme,
                canvas,
                biased=frame.session.run.network.biased,
                frozen=frozen_masks(frame),
                hurried=frame.training or scene.moving,
            ),
        )
        paint_squares(painter, frame, scene.surface, geometry, theme)
        paint_deltas(painter, known_deltas(frame), self._scales["deltas"], geometry, theme)
        if geometry.labelled:
            paint_numbers(painter, frame, geometry, theme)
        elif scene.surface is None:
            paint_activations(painter, frame, geometry, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_phase(painter, scene, theme)
        paint_path(painter, scene, theme)
        paint_pointed(painter, scene, shown, theme)
        paint_legend(painter, canvas.room, scene, shown.scale, theme)

    def _settled(self, frame: Frame, *, by_gradient: bool) -> Strengths:
        """How strong edges and biases are drawn, on scales that settle."""
        if frame.generation != self._generation:
            self._generation = frame.generation
            self._scales = dict.fromkeys(self._scales, 0.0)
        largest = float(np.abs(without_gaps(np.concatenate(frame.gradient.delta, axis=1))).max())
        self._scales["deltas"] = settled_scale(largest, self._scales["deltas"])
        source = batch_pass(frame) if by_gradient else frame.session.run.network
        name = "gradients" if by_gradient else "weights"
        shown = strengths(source.weights, source.biases, self._scales[name])
        self._scales[name] = shown.scale
        return shown
