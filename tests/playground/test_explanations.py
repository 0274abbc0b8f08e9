"""A step is explained in a file from the menu, in the notation of the window; or a sentence says why not."""

import math

import pytest
from PySide6.QtWidgets import QFileDialog

from core import edits
from core.explain.notation import NOTATIONS
from core.explain.of_frame import batch_work, sample_work
from core.explain.report_kinds import REPORT_KINDS
from core.selection import ItemChoice, Node
from core.work import finished, go_on
from playground import explanations

MARKDOWN, LATEX = "Markdown (*.md)", "LaTeX (*.tex)"
SHEET = "Worksheet and its solution, LaTeX (*.tex)"


@pytest.fixture
def answers(monkeypatch):
    """What the file dialog is answered; what it was asked."""
    given, asked = [], []

    def ask(*arguments):
        asked.append(arguments)
        return given.pop()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return given, asked


def wait_until_said(application, words):
    """Between two pieces of the work everything rests for a moment."""
    application.qtbot.waitUntil(lambda: words in application.window.message.text(), timeout=10_000)


def test_the_sample_is_explained_in_the_notation_of_the_window(xor, answers, tmp_path):
    given, asked = answers
    xor.train_to(3)
    xor.trigger("notation_duke")
    given.append((str(tmp_path / "step"), MARKDOWN))
    xor.trigger("explain_sample")
    wait_until_said(xor, "Saved step.md")
    text = (tmp_path / "step.md").read_text(encoding="utf-8")
    assert text == REPORT_KINDS["markdown"].write(finished(sample_work(xor.frame, NOTATIONS["duke"])))
    assert text.startswith("Sample 1 of XOR after step 3;")
    assert xor.window.message.text() == "Saved step.md: Markdown, in the notation Duke."
    assert asked[0][2].endswith("xor-step-3")


def test_the_batch_is_explained_and_set_as_a_worksheet(xor, answers, tmp_path):
    given, _ = answers
    xor.trigger("notation_code")
    given.append((str(tmp_path / "sheet.tex"), SHEET))
    xor.trigger("explain_batch")
    wait_until_said(xor, "Saved sheet.tex")
    text = (tmp_path / "sheet.tex").read_text(encoding="utf-8")
    assert text == REPORT_KINDS["worksheet-latex"].write(finished(batch_work(xor.frame, NOTATIONS["code"])))
    assert r"\section*{Solution}" in text


def test_what_cannot_be_done_is_said_and_nothing_is_written(xor, answers, tmp_path):
    given, _ = answers
    given.append((str(tmp_path / "nowhere" / "step.tex"), LATEX))
    xor.trigger("explain_sample")
    wait_until_said(xor, "nowhere")
    assert not (tmp_path / "nowhere").exists()
    xor.controller.perform(edits.choose("many", dataset="circle", samples=5000, train_share=1.0, batch=None))
    xor.settle()
    given.append((str(tmp_path / "step.tex"), LATEX))
    xor.trigger("explain_batch")
    wait_until_said(xor, "is too large to be written out")
    assert list(tmp_path.iterdir()) == []


def test_a_dialog_that_is_left_writes_nothing(xor, answers, tmp_path):
    given, asked = answers
    given.append(("", ""))
    xor.trigger("explain_sample")
    xor.settle()
    assert len(asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_training_and_gestures_go_on_while_a_long_document_is_written(qtbot, xor, answers, tmp_path, monkeypatch):
    given, _ = answers
    slices = []

    def a_little(work):
        slices.append(xor.frame.session.run.step)
        return go_on(work, 0.0)

    monkeypatch.setattr(explanations, "go_on", a_little)
    given.append((str(tmp_path / "step"), MARKDOWN))
    xor.controller.set_speed(math.inf)
    xor.controller.train()
    qtbot.waitUntil(lambda: xor.frame.training)
    told = xor.frame
    xor.trigger("explain_sample")
    qtbot.waitUntil(lambda: len(slices) > 5)
    assert xor.window.message.text() == "Writing step.md …"
    assert slices[-1] > slices[0]
    xor.controller.perform(ItemChoice(Node(1, 1)))
    qtbot.waitUntil(lambda: xor.frame.chosen == Node(1, 1) and "Saved" in xor.window.message.text(), timeout=30_000)
    xor.settle_paused()
    text = (tmp_path / "step.md").read_text(encoding="utf-8")
    assert text == REPORT_KINDS["markdown"].write(finished(sample_work(told, NOTATIONS["365"])))
