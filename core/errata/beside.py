"""What an author prints beside what a frame shows."""

from core.errata.formulas import PRINTED, printed_in
from core.errata.printed import Printed
from core.errata.remarks import example_step
from core.examples import EXAMPLES
from core.explain.shown import Shown
from core.explain.step import Step, take_step
from core.frame import Frame

READ_AS = tuple(dict.fromkeys(printed.text for printed in PRINTED))


def text_of(frame: Frame, notation: str) -> str | None:
    """Whose formulas stand beside it: its example's, or those of the notation's author; None where nobody's do."""
    dataset = frame.session.spec.dataset
    return next((name for name in (dataset, notation) if name in READ_AS), None)


def beside(shown: Shown, text: str) -> tuple[Printed, ...]:
    """What the text prints on the equation that is shown; where that is nothing, its formulas on the whole network."""
    network, equation, every = shown.step.network, shown.equation, printed_in(text)
    found = tuple(each for each in every if equation is not None and each.is_about(equation, network))
    return found or tuple(each for each in every if each.formula and not each.kinds)


def is_open(frame: Frame, text: str) -> bool:
    """Whether the frame shows the network that the text works through, wherever its training stands."""
    own = EXAMPLES[text].network
    network = frame.network
    alike = (network.sizes, network.activations, network.loss) == (own.sizes, own.activations, own.loss)
    return frame.session.spec.dataset == text and alike and frame.has_target


def step_for(frame: Frame, text: str) -> Step:
    """An update of the text's network: of the frame's, where that is open, else of the example's own."""
    if not is_open(frame, text):
        return example_step(text)
    spec = frame.session.spec
    return take_step(frame.network, frame.x, frame.t, spec.eta, "numpy", spec.frozen)
