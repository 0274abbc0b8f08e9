"""What the targets stand for: the choice of the encoding, and its legend for the data at hand."""

from core.datasets import ENCODINGS, Data, Encoding
from core.record import record
from ui.numbers import plain
from ui.scene.names import spelled

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@record
class TargetsEntry:
    """A target encoding as an entry of a combo box."""

    name: str
    label: str
    help: str
    formula: str = ""


def _explained(encoding: Encoding) -> str:
    low, high = plain(encoding.low), plain(encoding.high)
    if encoding.column_each:
        return (
            f"An output for each class: t is {high} for the row's class and {low} for the others; the largest y wins."
        )
    return (
        f"Of two classes, t = {low} is class A and t = {high} class B; an output above {plain(encoding.threshold)}"
        " is read as B. More classes have an output each, and the largest wins."
    )


TARGETS = [
    TargetsEntry(
        "auto",
        "Automatic",
        "The encoding that suits the output: −1 / +1 for tanh and identity, 0 / 1 for sigmoid, one-hot for softmax.",
    ),
    *(TargetsEntry(encoding.name, encoding.label, _explained(encoding)) for encoding in ENCODINGS),
]


@record
class Meaning:
    """What one target value stands for; `kind` is the class, or None for what needs no colour."""

    text: str
    kind: int | None = None


def legend(data: Data) -> list[Meaning]:
    """What the targets of these rows stand for, briefly."""
    meanings: list[Meaning] = []
    if data.encoding is None:
        meanings.append(Meaning(f"{spelled('t')}: a real number, no class"))
    elif data.t.shape[1] == 1:
        encoding = ENCODINGS[data.encoding]
        values = (plain(encoding.low), ("+" if encoding.low < 0 else "") + plain(encoding.high))
        meanings += [Meaning(f"{LETTERS[k]}: {spelled('t')} = {value}", k) for k, value in enumerate(values)]
    else:
        meanings += [Meaning(f"{LETTERS[k % 26]}: {spelled('t', k)}", k) for k in range(data.t.shape[1])]
    if data.train < len(data.x):
        meanings.append(Meaning("◇ test row"))
    return meanings


def legend_in_words(data: Data) -> str:
    """The same in sentences."""
    test = " Rows marked ◇ are test rows: they are never trained on." if data.train < len(data.x) else ""
    if data.encoding is None:
        return "The target t of a row is the number that the output should be; there are no classes." + test
    if data.t.shape[1] == 1:
        return f"What the targets stand for. {_explained(ENCODINGS[data.encoding])}{test}"
    encoding = ENCODINGS[data.encoding]
    return (
        f"Each class has an output: t is {plain(encoding.high)} for the row's class and {plain(encoding.low)} for the"
        f" others; the largest y wins.{test}"
    )
