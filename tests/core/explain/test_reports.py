"""Reports of a frame: of its sample and of its batch; and LaTeX that any engine can set."""

import re
from dataclasses import replace

import numpy as np
import pytest

from core.edits import choose, make_mistake, open_example
from core.errors import InputError
from core.examples import offered
from core.explain.boxes import Fenced, Glyphs, row, sign
from core.explain.latex import latex
from core.explain.latex_lines import LINE, PREAMBLE, broken, displayed, width
from core.explain.notation import NOTATIONS
from core.explain.of_frame import MOST_ROWS, batch_work, sample_work
from core.explain.report_kinds import REPORT_KINDS
from core.selection import OwnInput
from core.session import default_session, start_session
from core.spec import suggested
from core.work import finished
from core.workbench import Workbench

# What amsmath, graphicx and LaTeX itself define, and nothing else.
COMMANDS = {
    *("documentclass", "usepackage", "allowdisplaybreaks", "setlength", "parindent", "parskip", "sloppy"),
    *("newsavebox", "formula", "newcommand", "shrink", "sbox", "displaystyle", "ifdim", "wd", "linewidth"),
    *("resizebox", "usebox", "else", "fi", "begin", "end", "section", "par", "newpage", "text", "mathrm"),
    *("boldsymbol", "frac", "sum", "left", "right", "underbrace", "underline", "hspace", "qquad", "hat"),
    *("partial", "delta", "eta", "varepsilon", "lambda", "sigma", "nabla", "cdot", "circ", "leftarrow"),
    *("rightarrow", "triangleq", "approx", "cdots", "ldots", "infty", "ln", "tanh", "max", "S"),
}
ENVIRONMENTS = {"document", "bmatrix", "array", "aligned"}
CODE = NOTATIONS["code"]


def bench(dataset="xor", **choices):
    return Workbench(start_session(replace(suggested(dataset), **choices)))


def opened(example):
    made = Workbench(default_session())
    made.apply(open_example(example))
    return made


def check_latex(text):
    assert text.isascii()
    assert set(re.findall(r"\\([a-zA-Z]+)", text)) <= COMMANDS
    bare = re.sub(r"\\[{}$%&#_]", "", text)
    for line in bare.removeprefix(PREAMBLE).splitlines():
        assert line.count("{") == line.count("}"), line
        assert line.count("$") % 2 == 0, line
        assert len(re.findall(r"\\left[(\[]", line)) == len(re.findall(r"\\right[)\]]", line)), line
    inside = []
    for which, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
        assert name in ENVIRONMENTS
        if which == "begin":
            inside.append(name)
        else:
            assert inside.pop() == name
    assert inside == []
    for columns, body in re.findall(r"\\begin\{(b)matrix\}(.*?)\\end\{bmatrix\}", text):
        assert columns == "b"
        assert max(line.count("&") for line in body.split(r"\\")) < 10


@pytest.mark.parametrize("notation", NOTATIONS, ids=NOTATIONS.names())
@pytest.mark.parametrize("example", offered(), ids=lambda example: example.name)
def test_latex_of_every_example_in_every_notation_is_sound(example, notation):
    report = finished(sample_work(opened(example).frame(), notation))
    check_latex(REPORT_KINDS["latex"].write(report))
    check_latex(REPORT_KINDS["worksheet-latex"].write(report))


@pytest.mark.parametrize("notation", NOTATIONS, ids=NOTATIONS.names())
@pytest.mark.parametrize(
    ("dataset", "choices"),
    [
        ("xor", {}),
        ("blobs-4", {"hidden": (2,), "activations": ("tanh", "softmax"), "batch": 2}),
        ("circle", {"hidden": (7, 2), "activations": ("relu", "softplus", "tanh"), "batch": 10}),
        ("parity-8", {"hidden": (2,), "activations": ("relu", "sigmoid"), "batch": 2}),
    ],
)
def test_latex_of_batches_is_sound(dataset, choices, notation):
    made = bench(dataset, **choices)
    made.train(3)
    check_latex(REPORT_KINDS["latex"].write(finished(batch_work(made.frame(), notation))))


def test_long_lines_are_broken_before_signs_and_lose_nothing():
    terms = [Glyphs("123.456789", "number") for _ in range(30)]
    long = row(Glyphs("z", "italic"), sign("="), *(part for term in terms for part in (term, sign("+"))), terms[0])
    lines = broken(long)
    assert len(lines) > 3
    assert all(width(line) <= LINE for line in lines)
    assert row(*lines) == long
    assert broken(terms[0]) == [terms[0]]
    assert r"\begin{aligned}" in displayed(long)
    in_brackets = broken(row(Glyphs("z", "italic"), Fenced(long)))
    assert len(in_brackets) > 3
    assert "".join(map(latex, in_brackets)).count("123.456789") == 31


def test_a_batch_is_told_row_by_row_with_its_means_and_its_update():
    made = bench("xor", batch=None)
    made.train(5)
    report = finished(batch_work(made.frame(), CODE))
    text = REPORT_KINDS["text"].write(report)
    assert "The next batch of 4 of XOR after step 5" in text
    for number in range(1, 5):
        assert f"Row {number} (sample {number}) · Loss" in text
    mean = made.frame()
    assert text.count("Mean over 4 samples") == 1
    assert report.check is not None
    assert report.check.passed
    assert f"{len(report.check.counted)} compared" in text
    made.step_batch()
    after = made.session.run.network
    for mine, theirs in zip(report.step.after.weights, after.weights, strict=True):
        assert np.array_equal(mine, theirs)
    assert report.step.network is mean.network


def test_of_a_large_batch_one_row_is_worked_through():
    made = bench("circle", batch=100)
    made.choose_sample(int(made.frame().batch[7]))
    report = finished(batch_work(made.frame(), CODE))
    assert [subject.row for subject in report.subjects] == [7]
    assert "The other 99 rows" in REPORT_KINDS["text"].write(report)
    assert f"Paths of Row 8 (sample {made.frame().batch[7] + 1})" in REPORT_KINDS["markdown"].write(report)


def test_what_is_too_large_is_refused_or_left_out():
    made = bench("circle", samples=4000, train_share=1.0, batch=None)
    with pytest.raises(InputError, match=f"4,000 samples is too large .* at most {MOST_ROWS:,}"):
        finished(batch_work(made.frame(), CODE))
    wide = bench("circle", hidden=(50,), activations=("tanh", "tanh"))
    text = REPORT_KINDS["text"].write(finished(sample_work(wide.frame(), CODE)))
    assert "W⁽¹⁾ has 100 numbers, which are not written out." in text
    large = bench("circle", hidden=(200, 200), activations=("tanh",) * 3)
    assert finished(sample_work(large.frame(), CODE)).check is None


def test_without_a_target_there_is_nothing_to_explain():
    made = bench("xor")
    made.perform(OwnInput(np.array([0.5, 0.5]), None))
    with pytest.raises(InputError, match="no target"):
        finished(sample_work(made.frame(), CODE))


def test_numbers_that_are_not_finite_are_a_sentence():
    made = bench("xor")
    for work in (sample_work, batch_work):
        made.apply(choose("far too fast", eta=1e308))
        made.train(3)
        assert finished(work(replace(made.frame(), session=replace(made.session)), CODE)).step.rows
    network = made.session.run.network
    first = replace(network.layers[0], weights=np.full_like(network.weights[0], np.nan))
    run = replace(made.session.run, network=replace(network, layers=(first, *network.layers[1:])))
    broken_bench = Workbench(replace(made.session, run=run))
    for work in (sample_work, batch_work):
        with pytest.raises(InputError, match="is not finite"):
            finished(work(broken_bench.frame(), CODE))


def test_a_mistake_that_is_on_explains_nothing():
    made = bench("xor")
    made.apply(make_mistake("sign-reversed"))
    for work in (sample_work, batch_work):
        with pytest.raises(InputError, match="heal it first"):
            finished(work(made.frame(), CODE))


def test_a_walk_is_told_of_the_update_that_is_walked_through():
    made = bench("xor")
    made.train(3)
    made.go_to_phase(99)
    assert "after step 3;" in finished(batch_work(made.frame(), CODE)).title
    made.step_phase(-1)
    assert "after step 3;" in finished(batch_work(made.frame(), CODE)).title


def test_a_worksheet_has_blanks_in_each_kind_and_no_result_twice():
    report = finished(sample_work(opened(offered()[3]).frame(), CODE))
    sheet, _, solution = REPORT_KINDS["worksheet-latex"].write(report).partition(r"\newpage")
    assert sheet.count(r"\underline") == 15
    assert r"\underline" not in solution.partition(r"\end{document}")[0]
    assert [kind.suffix for kind in REPORT_KINDS if kind.offered] == [".txt", ".md", ".tex", ".md", ".tex"]
    assert all(kind.write(report) for kind in REPORT_KINDS)
