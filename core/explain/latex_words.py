"""Words with symbols among them, such as "δ of hidden 1, ∂E/∂W⁽¹⁾", as LaTeX that any engine and font can set."""

import re

from core.explain.plain_text import HIGH, LOW

_SYMBOLS = {
    "δ": r"\delta",
    "η": r"\eta",
    "ε": r"\varepsilon",
    "λ": r"\lambda",
    "σ": r"\sigma",
    "∂": r"\partial",
    "∇": r"\nabla",
    "Σ": r"\sum",
    "ŷ": r"\hat{y}",
    "·": r"\cdot",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "≈": r"\approx",
    "−": "-",
    "′": "'",
    "§": r"\S",
    "½": r"\frac{1}{2}",
    "…": r"\ldots",
}
_DOWN, _UP = ({chr(script): chr(plain) for plain, script in table.items()} for table in (LOW, HIGH))
_SUB, _SUPER, _SYMBOL = ("".join(map(re.escape, keys)) for keys in (_DOWN, _UP, _SYMBOLS))
_MATHEMATICS = re.compile(f"[{_SUB}{_SUPER}{_SYMBOL}]+")
_PART = re.compile(f"([{_SUB}]+)|([{_SUPER}]+)|([{_SYMBOL}])")
_QUOTED = re.compile(r'"([^"]*)"')


def latex_words(text: str) -> str:
    """The text with its symbols between dollar signs, and what LaTeX would take for commands escaped."""
    escaped = re.sub(r"([&%$#_{}])", r"\\\1", _QUOTED.sub(r"``\1''", text))
    return _MATHEMATICS.sub(lambda match: f"${_PART.sub(_part, match[0]).strip()}$", escaped)


def _part(match: "re.Match[str]") -> str:
    low, high, symbol = match.groups()
    if low:
        return f"_{{{_plain(low, _DOWN)}}}"
    if high:
        return f"^{{{_plain(high, _UP)}}}"
    return f"{_SYMBOLS[symbol]} "


def _plain(scripts: str, plain: dict[str, str]) -> str:
    return "".join(plain[character] for character in scripts).replace("−", "-")
