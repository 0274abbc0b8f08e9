"""The help says everything that there is, from the registries, and each link leads somewhere."""

import re
from dataclasses import replace
from html import unescape

import numpy as np
import pytest
from PySide6.QtGui import QColor, QTextDocument

from core.activations import ACTIVATIONS
from core.datasets import DATASETS
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Layer, Network, backward, forward
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES
from ui.actions import COMMANDS
from ui.help import contents
from ui.help.equations import EQUATIONS
from ui.help.glossary import GLOSSARY
from ui.help.keys import written
from ui.help.markup import formula
from ui.help.panel_texts import TEXTS
from ui.panels import PANELS
from ui.theme import DARK, LIGHT

WORDS = (
    "sample batch step epoch activation pre-activation δ gradient η objective penalty loss weight bias one-hot"
    " vanishing exploding target seed optimiser initialiser backpropagation accuracy"
)


@pytest.fixture(scope="module")
def html():
    return contents.html(LIGHT)


@pytest.fixture
def text(qapp, html):
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


@pytest.mark.parametrize(
    "registry", [ACTIVATIONS, LOSSES, INITIALIZERS, OPTIMIZERS, PENALTIES], ids=lambda registry: registry.kind
)
def test_every_choice_is_there_with_name_formula_and_help(registry, html, text):
    for entry in registry:
        assert entry.label in text
        assert formula(entry.formula) in html
        assert entry.help in text


def test_every_data_set_is_there(text):
    for entry in DATASETS:
        assert entry.label in text
        assert entry.help in text


def test_every_panel_is_there(text):
    for entry in PANELS:
        assert f"{entry.label}\n{entry.help}" in text
        assert entry.name in TEXTS


def test_no_text_speaks_of_a_panel_that_is_not_there():
    assert set(TEXTS) <= set(PANELS.names())


def test_every_key_is_there(text):
    for command in COMMANDS:
        if command.keys:
            assert written(command.keys) in text
            assert command.tip in text


def test_every_link_leads_somewhere_and_every_place_is_there_once(html):
    names = re.findall(r'<a name="([^"]*)"', html)
    links = re.findall(r'href="#([^"]*)"', html)
    assert len(names) == len(set(names))
    assert len(links) > 100
    assert set(links) <= set(names)
    assert html.count("href=") == len(links)


@pytest.mark.parametrize("word", WORDS.split())
def test_the_words_of_the_playground_are_explained(word):
    assert contents.targets()[word].startswith("term-")


def test_terms_lead_to_other_terms():
    linking = [entry for entry in GLOSSARY.entries if "href=" in contents._entry(entry, LIGHT)]
    assert len(linking) > 0.9 * len(GLOSSARY.entries)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_all_colours_are_the_themes_and_can_be_read(theme):
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", unescape(contents.html(theme)))) | {theme.text, theme.chosen}
    for colour in colours:
        assert contrast(colour, theme.panel) >= 4.5, colour
    assert contrast(theme.text, theme.line) >= 4.5  # a word that was searched for


def contrast(one, other):
    """The ratio of relative luminances that the Web Content Accessibility Guidelines define."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def test_the_sizes_grow_with_the_zoom():
    normal, double = (
        set(map(int, re.findall(r"font-size: (\d+)px", contents.html(theme))))
        for theme in (LIGHT, replace(LIGHT, zoom=2))
    )
    assert double == {2 * size for size in normal}


def test_the_equations_are_those_that_the_network_computes():
    """δ, gradients and ∂E/∂x by the equations in the help, node by node and sample by sample, against the code."""
    rng = np.random.default_rng(3)
    sizes, n = (3, 4, 2), 5
    layers = tuple(
        Layer(rng.normal(size=(n_in, n_out)), rng.normal(size=n_out), name)
        for n_in, n_out, name in zip(sizes, sizes[1:], ("tanh", "sigmoid"), strict=False)
    )
    network = Network(layers, "half-squared-error")
    x, t = rng.normal(size=(n, 3)), rng.normal(size=(n, 2))
    trace = forward(network, x)
    gradient = backward(network, trace, t)
    w1, w2 = network.weights
    for s in range(n):
        z1 = [sum(x[s, i] * w1[i, j] for i in range(3)) + layers[0].biases[j] for j in range(4)]
        a1 = [np.tanh(z) for z in z1]
        y = [1 / (1 + np.exp(-(sum(a1[i] * w2[i, j] for i in range(4)) + layers[1].biases[j]))) for j in range(2)]
        delta2 = [(y[j] - t[s, j]) * y[j] * (1 - y[j]) for j in range(2)]
        delta1 = [(1 - a1[i] ** 2) * sum(delta2[j] * w2[i, j] for j in range(2)) for i in range(4)]
        assert np.allclose(gradient.delta[1][s], delta2)
        assert np.allclose(gradient.delta[0][s], delta1)
    assert np.allclose(gradient.weights[1], trace.a[1].T @ gradient.delta[1] / n)
    assert np.allclose(gradient.biases[0], gradient.delta[0].mean(axis=0))
    written_down = " ".join(line for entry in EQUATIONS.entries for line in entry.formulas)
    for line in (
        "δ_{j}^{(K)} = ∂E/∂y_{j} · f′_{K}(z_{j}^{(K)})",
        "δ_{i}^{(k)} = f′_{k}(z_{i}^{(k)}) Σ_{j} δ_{j}^{(k+1)} W_{ij}^{(k+1)}",
        "∂J/∂W⁽ᵏ⁾ = 1/n a⁽ᵏ⁻¹⁾ᵀ δ⁽ᵏ⁾",
    ):
        assert line in written_down
