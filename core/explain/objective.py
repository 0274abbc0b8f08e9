"""What is minimised now, in words and as a formula: ½ or not, sum or mean, over what, and the penalty apart."""

from core.explain.boxes import Box, Glyphs, row, sign
from core.explain.equations import loss
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.terms import ONE, Kind, Number, Over, Quantity, Role, Sum, Term, times
from core.explain.typeset import Typesetter
from core.explain.written import general_line
from core.network import Network
from core.penalties import PENALTIES
from core.record import record

# What each loss does with the errors of one sample's outputs, besides its formula.
WORDS = {
    "half-squared-error": "half the squared error, summed over the outputs: the ½ cancels the 2 of its slope",
    "mean-squared-error": "the squared error as a mean over the outputs, without ½: its slope keeps a 2",
    "binary-cross-entropy": "cross-entropy, summed over the outputs, each of which answers yes or no",
    "softmax-cross-entropy": "cross-entropy of the targets and the outputs, which are shares of one whole",
}


@record
class Objective:
    """`sentences` in words; `of_sample` is the formula of one sample's loss, `whole` that of the objective."""

    sentences: tuple[str, ...]
    of_sample: Box
    whole: Box


def objective(network: Network, penalty: str, batch: int, rows: int, notation: Notation) -> Objective:
    """The objective of `network` when each update takes `batch` of the `rows` training rows."""
    taken = PENALTIES[penalty]
    of_sample = loss(network)
    naming = Naming(notation, network.sizes, network.activations)
    added = [] if penalty == "none" else [sign("+"), Glyphs(taken.formula, "upright")]
    return Objective(
        (
            f"The loss of one sample is {WORDS.get(network.loss, of_sample.source)}.",
            _mean_sentence(batch, rows),
            f"A displayed loss is the mean over all {rows:,} training rows, with the weights of that moment.",
            "There is no penalty." if penalty == "none" else f"The penalty is added to it: {taken.help}",
        ),
        general_line(of_sample, network, notation),
        row(Glyphs("J", "italic"), sign("="), Typesetter(naming).box(_mean(batch, of_sample.layer)), *added),
    )


def _mean(batch: int, layer: int) -> Term:
    if batch == 1:
        return Quantity(Kind.E, layer)
    of_samples = Sum(Role.SAMPLE, batch, Quantity(Kind.E, layer, sample=Role.SAMPLE))
    return times(Over(ONE, Number(float(batch), exact=True)), of_samples)


def _mean_sentence(batch: int, rows: int) -> str:
    if batch == 1:
        return "Each update takes one sample, so its gradient is that sample's own."
    of_rows = f"all {rows:,} training rows" if batch == rows else f"the {batch:,} rows of its batch"
    return f"Each update takes the mean over {of_rows}, not the sum: η means the same for every batch size."
