"""Equations on their own in a LaTeX document: broken before signs where they are wider than a page, else shrunk.

How wide letters are is only guessed; what is guessed wrongly shrinks, too.
"""

from core.explain.boxes import Box, Fenced, Fold, Glyphs, Row, row
from core.explain.latex import latex
from core.explain.layout import BREAKS, Layout

LAYOUT = Layout(lambda text, size: 0.5 * size * len(text))
# The line of a page in letters of 10 points: 170 mm.
LINE = 48.0
# \\shrink makes as narrow as the line what is wider.
PREAMBLE = r"""\documentclass[a4paper,10pt]{article}
\usepackage[margin=20mm]{geometry}
\usepackage{amsmath}
\usepackage{amssymb}
\usepackage{graphicx}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\sloppy
\newsavebox{\formula}
\newcommand{\shrink}[1]{\sbox{\formula}{$\displaystyle #1$}%
\ifdim\wd\formula>\linewidth\resizebox{\linewidth}{!}{\usebox{\formula}}\else\usebox{\formula}\fi}
\begin{document}"""
END = r"\end{document}"


def displayed(box: Box) -> str:
    """The box as a displayed equation."""
    lines = [latex(line) for line in broken(box)]
    if len(lines) == 1:
        return rf"\[ \shrink{{{lines[0]}}} \]"
    first, *others = lines
    body = "".join(rf" \\ & \qquad {line}" for line in others)
    return rf"\[ \shrink{{\begin{{aligned}} & {first}{body} \end{{aligned}}}} \]"


def broken(box: Box, room: float = LINE) -> list[Box]:
    """The box on as many lines as the room needs."""
    if width(box) <= room:
        return [box]
    lines: list[list[Box]] = [[]]
    for piece in _pieces(box, room):
        if lines[-1] and width(Row((*lines[-1], piece))) > room:
            lines.append([])
        lines[-1].append(piece)
    return [row(*line) for line in lines]


def width(box: Box) -> float:
    """How wide it is, in letters of its size."""
    return LAYOUT.lay(box, 10.0).width / 10.0


def _pieces(box: Box, room: float) -> list[Box]:
    """What must stay on one line, piece by piece: a sign begins the next."""
    pieces: list[list[Box]] = [[]]
    for part in _loose(box, room):
        if isinstance(part, Glyphs) and part.style == "sign" and part.text in BREAKS and pieces[-1]:
            pieces.append([])
        pieces[-1].append(part)
    return [row(*piece) for piece in pieces]


def _loose(box: Box, room: float) -> list[Box]:
    """The parts of a row, where a bracket that is too long for a line has come apart."""
    parts: list[Box] = []
    for part in box.parts if isinstance(box, Row) else (box,):
        if isinstance(part, Fenced) and width(part) > room / 2 and not isinstance(part.body, Fold):
            parts += [Glyphs("(", "number"), *_loose(part.body, room), Glyphs(")", "number")]
        else:
            parts.append(part)
    return parts
