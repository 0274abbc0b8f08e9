"""The words of the playground, each used in one way everywhere."""

from ui.help.entry import Entry, Section


def _term(anchor: str, title: str, text: str, *words: str, formulas: tuple[str, ...] = ()) -> Entry:
    return Entry(f"term-{anchor}", title, text, formulas, words)


TERMS = (
    _term(
        "sample",
        "Sample",
        "One row of the data: its inputs x and its target t. Activations, pre-activations and δ belong to one sample,"
        " the chosen one, unless something else is said.",
        "samples",
        "row",
        "rows",
    ),
    _term(
        "batch",
        "Batch",
        "The samples of one step. Its gradient is the mean over its samples. The full batch is all training rows; the"
        " last batch of an epoch may be short, and is then the mean over its own rows.",
        "batches",
        "full batch",
    ),
    _term(
        "step",
        "Step",
        "One update of all weights and biases, from one batch. “Step sample” adds one sample to the batch; the update"
        " falls on the batch's last sample.",
        "steps",
        "update",
        "updates",
    ),
    _term(
        "epoch",
        "Epoch",
        "One pass over all training rows: as many steps as there are batches in them. Shuffled rows come in an order"
        " that is drawn anew for each epoch, from the seed.",
        "epochs",
    ),
    _term(
        "time-line",
        "Time line",
        "Every step of the present run, at the bottom of the window. Drag to an earlier one, and weights, losses and"
        " pictures are as they were then. Training goes on from there as it did, the same to the bit, up to the end"
        " of the run; a change, or “Branch off here”, begins a run of its own, and what lay ahead is kept in the"
        " History. Undo returns to where you came from.",
        "branch",
    ),
    _term(
        "layer",
        "Layer",
        "Nodes that stand side by side. Layer 0 is the input, layer K the output, those between are hidden. The weights"
        " W⁽ᵏ⁾ lead into layer k.",
        "layers",
        "hidden layer",
        "output layer",
    ),
    _term(
        "node",
        "Node",
        "One unit of a layer: it adds up what comes in, each times its weight, adds its bias, and applies the"
        " activation function.",
        "nodes",
        "unit",
        "units",
        "neuron",
    ),
    _term(
        "weight",
        "Weight",
        "How strongly one node acts on a node of the next layer: the edge between them. Blue is positive, orange is"
        " negative, and the wider the edge, the larger the weight.",
        "weights",
        "edge",
        "edges",
        formulas=("W_{ij}^{(k)} | from node i of layer k − 1 to node j of layer k",),
    ),
    _term(
        "bias",
        "Bias",
        "What a node adds to its sum, whatever comes in: it moves the place where the activation bends. It is trained"
        " like a weight, and no penalty is put on it.",
        "biases",
        formulas=("z_{j} = Σ_{i} a_{i} W_{ij} + b_{j}",),
    ),
    _term(
        "pre-activation",
        "Pre-activation z",
        "What comes into a node: the weighted sum of the activations of the layer before, plus the bias.",
        "pre-activation",
        "pre-activations",
        formulas=("z⁽ᵏ⁾ = a⁽ᵏ⁻¹⁾ W⁽ᵏ⁾ + b⁽ᵏ⁾",),
    ),
    _term(
        "activation",
        "Activation a",
        "What comes out of a node: the activation function of its pre-activation. The picture on a node shows its"
        " activation over the plane of the inputs.",
        "activation",
        "activations",
        "activation function",
        formulas=("a⁽ᵏ⁾ = f_{k}(z⁽ᵏ⁾)",),
    ),
    _term(
        "slope",
        "Slope f′",
        "How fast the activation changes with the pre-activation. Each δ is multiplied by it, so where it is 0 nothing"
        " is learned.",
        "slope",
        "slopes",
        "f′",
        "derivative",
    ),
    _term(
        "output",
        "Output y",
        "The activations of the last layer: the network's answer.",
        "output",
        "outputs",
        formulas=("y = a⁽ᴷ⁾",),
    ),
    _term(
        "target",
        "Target t",
        "The answer that the data give, and that the output shall come near to.",
        "target",
        "targets",
    ),
    _term(
        "one-hot",
        "Target encoding, one-hot",
        "How a class becomes target numbers: −1 / +1 for tanh and identity outputs, 0 / 1 for sigmoid outputs, one-hot"
        " for softmax outputs. One-hot gives each class an output of its own: 1 for the class of the sample, 0 for the"
        " others.",
        "one-hot",
        "target encoding",
        "encoding",
    ),
    _term(
        "accuracy",
        "Class and accuracy",
        "The class is read off the output: at 0, at ½, or by the largest output, as the target encoding says. The"
        " accuracy is the share of rows whose class is right. A lower loss does not always mean a higher accuracy.",
        "accuracy",
        "class",
        "classes",
    ),
    _term(
        "loss",
        "Loss E",
        "How far the output of one sample is from its target. Which measure is used is a choice.",
        "loss",
        "losses",
        "error",
        "cost",
    ),
    _term(
        "objective",
        "Objective J",
        "What training makes smaller: the mean loss of all training rows, plus the penalty. It is always computed over"
        " the whole set, with the weights of that moment.",
        "objective",
        formulas=("J = 1/n Σ_{i} E_{i} + penalty(W)",),
    ),
    _term(
        "penalty",
        "Penalty",
        "What the objective adds for large weights, so that they stay small. Biases are never penalised.",
        "penalties",
    ),
    _term(
        "delta",
        "δ, delta",
        "How the loss of one sample changes with the pre-activation of a node. Backpropagation computes it from the"
        " output layer back to the first. It belongs to one sample and is never divided by the size of the batch.",
        "δ",
        "delta",
        "deltas",
        "error signal",
        formulas=("δ⁽ᵏ⁾ = ∂E/∂z⁽ᵏ⁾",),
    ),
    _term(
        "gradient",
        "Gradient",
        "How the objective changes with each weight and bias: the mean over the batch of what each sample asks for. It"
        " points to where the objective grows fastest; training goes the other way.",
        "gradients",
        formulas=("∂J/∂W⁽ᵏ⁾ = 1/n a⁽ᵏ⁻¹⁾ᵀ δ⁽ᵏ⁾",),
    ),
    _term(
        "backpropagation",
        "Backpropagation",
        "The way to compute the gradient: forward from the inputs to the loss, then back, layer by layer, by the chain"
        " rule. Multiply along a path, add over the paths. It computes the gradient; the optimiser then changes the"
        " weights.",
        "backprop",
        "chain rule",
    ),
    _term(
        "learning-rate",
        "Learning rate η",
        "How far a step goes against the gradient. Too small, and training takes for ever; too large, and the objective"
        " grows instead of falling, or stops being finite. It can be changed under way.",
        "learning rate",
        "η",
        "eta",
    ),
    _term(
        "frozen",
        "Frozen",
        "What is frozen keeps its value in every update, to the bit: a weight, a bias, or all those of a layer. Its"
        " gradient is computed all the same, and those before it are what they were. It is frozen and thawed under way,"
        " from the same weights; Reset keeps it frozen, at its value at the start, and a layer that is changed keeps"
        " frozen what it still has. The network shows it by dashes, and files remember it.",
        "freeze",
        "thaw",
    ),
    _term(
        "what-if",
        "What if",
        "The loss along one weight or bias, all others as they are: a curve, whose tangent is the gradient. A step of"
        " η goes along the tangent, −η g, and the tangent promises a change of −η g²; the curve says what it really"
        " is. Moved by hand, a weight has its new value in every panel, and undo brings the old one back.",
        "what-if",
        "tangent",
    ),
    _term(
        "optimiser",
        "Optimiser",
        "How a gradient becomes a change of the weights and biases.",
        "optimisers",
        "optimizer",
    ),
    _term(
        "start",
        "Start, initialiser",
        "The weights and biases before the first step, drawn at random. Reset goes back to exactly this start.",
        "initialiser",
        "initializer",
    ),
    _term(
        "seed",
        "Seed",
        "The number from which all random numbers come. The same seed gives the same start, the same order and so the"
        " same training. “New seed” draws a new start; the data stay.",
        "seeds",
    ),
    _term(
        "train-test",
        "Training rows and test rows",
        "The network learns from the training rows alone. The test rows are held back, to see how it answers to what it"
        " has never seen.",
        "training rows",
        "test rows",
        "test",
        "train share",
    ),
    _term(
        "overfitting",
        "Overfitting",
        "When the loss of the training rows goes on falling while that of the test rows rises: the network learns the"
        " noise of its rows by heart.",
    ),
    _term(
        "noise",
        "Noise",
        "Random changes of the data, so that no network can be right everywhere.",
    ),
    _term(
        "regression",
        "Regression",
        "Learning numbers instead of classes: the target is a real number. There is no accuracy then.",
        "real targets",
    ),
    _term(
        "saturated",
        "Saturated node",
        "A sigmoid or tanh node so far out that its slope is almost 0: its δ is almost 0 too, and it hardly learns.",
        "saturated",
    ),
    _term(
        "dead",
        "Dead node",
        "A ReLU node whose pre-activation is negative for every sample: its activation and its δ are 0, and it never"
        " comes back by itself.",
        "dead",
        "dead unit",
    ),
    _term(
        "vanishing",
        "Vanishing gradients",
        "Each layer multiplies δ by weights and slopes. When these are smaller than 1, δ shrinks from layer to layer"
        " towards the input, and the first layers hardly learn: sigmoid layers lose at least three quarters of it to"
        " their slope alone.",
        "vanishing",
        "vanish",
    ),
    _term(
        "exploding",
        "Exploding gradients",
        "The opposite: large weights make δ grow from layer to layer towards the input. The steps become too long, and"
        " the weights may stop being finite. A smaller learning rate or smaller start weights help.",
        "exploding",
        "explode",
    ),
    _term(
        "not-finite",
        "Not finite",
        "A number that became infinite or undefined (NaN), almost always because the learning rate is too large."
        " Training stops just before it happens, and the quantity is named.",
        "NaN",
        "not finite",
        "divergence",
        "diverged",
    ),
    _term(
        "own-input",
        "Own input",
        "Numbers that you type in or point at, instead of a row of the data. Without a target there is no loss and no"
        " δ.",
    ),
    _term(
        "gradient-check",
        "Gradient check",
        "Backpropagation compared with central differences: each weight is moved a little up and down, and the loss is"
        " computed anew. Both must agree.",
        "central difference",
        "central differences",
        formulas=("∂J/∂w ≈ (J(w + ε) − J(w − ε)) / 2ε",),
    ),
    _term(
        "kernel",
        "Kernel",
        "The piece of code that makes the updates. Each kernel computes the same equations; they differ in speed.",
        "kernels",
    ),
)

GLOSSARY = Section("glossary", "Words", "Each word means one thing, in every panel.", TERMS)
