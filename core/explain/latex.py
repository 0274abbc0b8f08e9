"""Boxes as LaTeX, for a document with amsmath."""

from core.explain.boxes import BigSum, Blank, Box, Fenced, Fold, Fraction, Glyphs, Row, Scripts, Table

_COMMANDS = {
    "δ": r"\delta",
    "η": r"\eta",
    "ε": r"\varepsilon",
    "λ": r"\lambda",
    "σ": r"\sigma",
    "τ": r"\tau",
    "∂": r"\partial",
    "ŷ": r"\hat{y}",
    "·": r"\cdot",
    "∘": r"\circ",
    "∑": r"\sum",
    "∇": r"\nabla",
    "→": r"\rightarrow",
    "…": r"\ldots",
    "←": r"\leftarrow",
    "≜": r"\triangleq",
    "≈": r"\approx",
    "~": r"\sim",
    "√": r"\surd",
    "−": "-",
    "′": "'",
    "⋯": r"\cdots",
    "∞": r"\infty",
    "⁺": "^{+}",
}
BLANK = r"\underline{\hspace{5em}}"
WIDEST_MATRIX = 10
_FUNCTIONS = {"ln", "tanh", "max"}


def latex(box: Box) -> str:
    """The box as it stands between dollar signs."""
    match box:
        case Glyphs() | Blank():
            return _glyphs(box) if isinstance(box, Glyphs) else BLANK
        case Row():
            return "".join(map(latex, box.parts))
        case Scripts():
            below = "" if box.below is None else f"_{{{latex(box.below)}}}"
            above = "" if box.above is None else f"^{{{latex(box.above)}}}"
            return f"{{{latex(box.base)}}}{below}{above}"
        case Fraction():
            return rf"\frac{{{latex(box.top)}}}{{{latex(box.bottom)}}}"
        case BigSum():
            above = "" if box.above is None else f"^{{{latex(box.above)}}}"
            return rf"\sum_{{{latex(box.below)}}}{above} "
        case Fenced():
            return rf"\left({latex(box.body)}\right)"
        case Fold():
            short = latex(box.short)
            if isinstance(box.short, Glyphs) and box.short.text == "⋯":
                return short
            return rf"\underbrace{{{short}}}_{{\text{{{box.count} more}}}}"
        case Table():
            return _matrix(box)


def _matrix(box: Table) -> str:
    """bmatrix, which has no more than so many columns, or an array in brackets."""
    lines = r" \\ ".join(" & ".join(map(latex, line)) for line in box.rows)
    if len(box.rows[0]) <= WIDEST_MATRIX:
        return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"
    return rf"\left[\begin{{array}}{{{'c' * len(box.rows[0])}}} {lines} \end{{array}}\right]"


def _glyphs(box: Glyphs) -> str:
    text = "".join(_COMMANDS.get(character, character) for character in box.text)
    match box.style:
        case "sign":
            return f" {text} "
        case "bold":
            return rf"\boldsymbol{{{text}}}"
        case "upright" if text in _FUNCTIONS:
            return rf"\{text}"
        case "upright" if text.isalpha():
            return rf"\mathrm{{{text}}}"
        case "upright" if any(character.isalpha() for character in box.text):
            return rf"\text{{{box.text}}}"
        case _:
            return f"{text} " if text.startswith("\\") and text[-1].isalpha() else text
