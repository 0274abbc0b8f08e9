"""Which equation is shown for what is chosen, and the numbers that go into it: of an update that is walked through, of
the chosen sample at this moment, of the update that comes next, or of the one that made the parameters as they are."""

from dataclasses import replace
from functools import lru_cache

from core.explain import equations
from core.explain.equations import Equation
from core.explain.made import Made
from core.explain.phase_equations import equation_of, equations_of
from core.explain.phases import Part, Phase, phases
from core.explain.starts import Origin, origin_of
from core.explain.step import Step, explain_pass, explain_step, rule_of, updated
from core.explain.update_rules import PLAIN, Rule
from core.frame import Frame
from core.freezing import NOTHING, Frozen
from core.mistakes import MISTAKES, Mistake
from core.network import Network
from core.parameters import has_parameter
from core.record import record
from core.selection import Edge, Item, Node
from core.stepping import Stepping

AFTER_THE_SAMPLE = (Part.MEAN, Part.UPDATE)
OF_PARAMETERS = (Part.GRADIENTS, *AFTER_THE_SAMPLE, Part.MADE)
FIRST_SHOWN = (Part.DELTA, Part.GRADIENTS, Part.INPUT_SLOPE)


@record(eq=False)
class Shown:
    """An equation, None where a whole layer is shown, of a `phase`, with the numbers of that row of `step`.

    It may be the update that `made` the number; where none did, there is its `origin` in place of an equation. What
    comes next is shown `instead` until that is known.
    """

    phase: Phase
    equation: Equation | None
    step: Step
    row: int
    made: Made | None = None
    origin: Origin | None = None
    instead: bool = False

    @property
    def wrong(self) -> Equation | None:
        """What stands in the place of the equation while a mistake is on that is about it."""
        mistake, equation = self.step.mistake, self.equation
        if mistake is None or equation is None:
            return None
        return MISTAKES[mistake].equation(equation, self.step.network)


@lru_cache(maxsize=2)
def step_of(frame: Frame) -> tuple[Step, int]:
    """The numbers that equations of a frame are filled with, and which row of them is meant."""
    if frame.stepping is not None:
        return frame.stepping.update, frame.stepping.row
    network, spec = frame.network, frame.session.spec
    after, mistake, frozen, rule = network, spec.mistake, spec.frozen, rule_of(spec, frame.session.run)
    if mistake is not None:
        # It may look ahead to what the update of this sample alone would give.
        after = updated(network, frame.x, frame.t, spec.eta, mistake=mistake, frozen_names=frozen, rule=rule)
    trace, gradient = frame.trace, frame.gradient
    return explain_pass(network, frame.x, frame.t, spec.eta, trace, gradient, after, mistake, frozen, rule), 0


@lru_cache(maxsize=2)
def next_update(frame: Frame) -> Step:
    """The update that comes next, of which nobody has walked through a phase."""
    data, spec, network = frame.session.data, frame.session.spec, frame.network
    x, t = data.x[frame.batch], data.t[frame.batch]
    run = frame.session.run
    rule = rule_of(spec, run)
    after = updated(network, x, t, spec.eta, run.kernel, spec.mistake, spec.frozen, rule)
    return explain_step(network, x, t, spec.eta, after, spec.mistake, spec.frozen, rule)


def phases_with(network: Network, rows: int, item: Item) -> tuple[Phase, ...]:
    """The phases of an update on so many rows that compute something at that node or edge."""
    return tuple(phase for phase in phases(network, rows) if equation_at(phase, network, rows, item) is not None)


def phase_shown(network: Network, rows: int, item: Item, part: Part | None = None) -> Phase | None:
    """The phase that an item is shown by where none is walked through: of `part`, else what matters most."""
    every = phases(network, rows)
    of_parts = (phase for wished in (part, *FIRST_SHOWN) for phase in every if phase.part is wished)
    return next((phase for phase in of_parts if equation_at(phase, network, rows, item) is not None), None)


def equation_at(
    phase: Phase, network: Network, rows: int, item: Item, frozen: Frozen = NOTHING, rule: Rule = PLAIN
) -> Equation | None:
    """What a phase computes at a node or an edge; nothing for biases that do not learn."""
    if isinstance(item, Node) and phase.part in OF_PARAMETERS and not network.biased:
        return None
    return equation_of(phase, network, rows, item, frozen, rule)


def part_wished(frame: Frame, wished: Part | None, of_edges: Part | None) -> Part | None:
    """The part to show of what is chosen: the one that is `wished`; outside a walk, of edges that have no such part,
    `of_edges`."""
    edge = isinstance(frame.chosen, Edge) and frame.stepping is None
    return of_edges if edge and wished not in OF_PARAMETERS else wished


def shown(frame: Frame, part: Part | None = None) -> Shown:
    """What to show of a frame: of its phase while an update is walked through, else of `part`, or what matters most.

    What is pointed at within a walk is explained by the last phase that computed something there, or by `part`.
    """
    if part is Part.MADE:
        return made_of(frame) or replace(shown(frame, Part.UPDATE), instead=True)
    step, row = step_of(frame)
    item, network = frame.chosen, frame.network
    if frame.stepping is not None:
        answer = _answer(frame.stepping, item, part)
        if answer is not None:
            return answer
        phase = frame.stepping.phase
        equation = None if item is None else equation_at(phase, network, step.rows, item, step.frozen, step.rule)
        return Shown(phase, equation or _of_phase(phase, step), step, row)
    if item is not None:
        phase = phase_shown(network, len(frame.batch), item, part)
        if phase is not None and phase.part in AFTER_THE_SAMPLE:
            step = next_update(frame)
        if phase is not None:
            return Shown(phase, equation_at(phase, network, step.rows, item, step.frozen, step.rule), step, row)
    phase = next(phase for phase in phases(network) if phase.part is Part.LOSS)
    return Shown(phase, equations.loss(network), step, row)


def made_of(frame: Frame) -> Shown | None:
    """Where the chosen weight or bias comes from; None while that is not known, and within a walk."""
    item, session, made = frame.chosen, frame.session, frame.made
    if frame.stepping is not None or item is None or not has_parameter(frame.network, item):
        return None
    phase = phases(frame.network)[-1]
    if (origin := origin_of(session, item)) is not None:
        return Shown(phase, None, *step_of(frame), origin=origin)
    if made is None or made.network is not session.run.network:
        return None
    step = made.update
    return Shown(phase, equation_at(phase, step.network, step.rows, item, step.frozen, step.rule), step, 0, made)


def mistaken_at(phase: Phase, network: Network, rows: int, mistake: Mistake) -> Equation | None:
    """An equation of that phase which the mistake makes wrong: one unit of a layer is like all others."""
    for k in range(len(network.sizes)):
        for item in (Node(k, 0), *([Edge(k, 0, 0)] if k else [])):
            equation = equation_at(phase, network, rows, item)
            if equation is not None and mistake.equation(equation, network) is not None:
                return equation
    return None


def _answer(walk: Stepping, item: Item | None, part: Part | None) -> Shown | None:
    """Where the number comes from that has been pointed at since the last phase was done; None where none has."""
    if item is None or not walk.asked:
        return None
    step = walk.update
    found = [
        (phase, equation)
        for phase in walk.done
        if (equation := equation_at(phase, step.network, step.rows, item, step.frozen, step.rule)) is not None
    ]
    wished = [each for each in found if each[0].part is part]
    return next((Shown(*each, step, walk.row) for each in (*wished, *found[-1:])), None)


def _of_phase(phase: Phase, step: Step) -> Equation | None:
    """What a phase is shown by where nothing that it computes is chosen."""
    network, rows = step.network, step.rows
    if phase.part is Part.LOSS:
        return equations.loss(network)
    wrong = None if step.mistake is None else mistaken_at(phase, network, rows, MISTAKES[step.mistake])
    return wrong or next(equations_of(phase, network, rows, step.frozen, step.rule), None)
