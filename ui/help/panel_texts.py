"""What there is to see and to do in each panel, beyond the sentence in its registry entry."""

TEXTS = {
    "network": (
        "Each node bears its activation, a picture of it over the plane of the inputs where there are two, and its δ "
        "as a bar and a number; the pill before it is its bias. Edges are as wide as their weight or gradient is "
        "large; blue is positive, orange negative and, where there is room for numbers, crossed by a stroke. Point at "
        "a node or an edge to read its numbers; click it, and all panels show it. Sizes and activations of the layers "
        "are changed above them."
    ),
    "data": (
        "Choosing a data set loads it with a network and settings that learn it. In the table, x are the inputs, t "
        "the targets and y the outputs of the present network; the chosen row is the sample whose numbers all panels "
        "show."
    ),
    "learning": (
        "Learning rate and batch may change under way, from the same weights. What defines the network, the data or "
        "the objective starts it anew from the seed; undo brings the trained network back."
    ),
    "output": (
        "For two inputs the plane, coloured by the output, with the rows as points; for one input a curve; for more "
        "the output against the target. Point anywhere to read the output there; click a row to choose it, or "
        "elsewhere to ask the network about an own input."
    ),
    "loss": (
        "The mean over the whole training set and the test set, computed with the weights of that moment, against the "
        "loss of each batch, which is the mean of that batch before its update. They are never mixed in one line."
    ),
    "weights": (
        "A heatmap for each layer: on the left the node where an edge begins, on top the one where it ends; b are the "
        "biases. The colours reach equally far above and below 0. A number that is clicked is explained in Backprop: "
        "by the step that made it, or, at the start, by how it was drawn."
    ),
    "backprop": (
        "The phases of one update in their order. Step phase goes from one to the next, forwards and back: what a "
        "phase computes is outlined in the network, what comes later is blank, and after the last one the update has "
        "been made. The equation of the chosen node or edge stands in three lines: in general, for these indices, and "
        "with the numbers put in, with so many digits that a calculator gives the result; a long sum is opened by a "
        "click. Of a weight or bias that is, at rest, the update that made it, with the numbers of the step before; U "
        "turns to the next update and back. The other pages say how the gradients of the batch's samples add up to "
        "their mean, and what is minimised."
    ),
    "author": (
        "The text is that of the example that is open (menu Examples), of the notation, or any that is chosen here. In "
        "step with the phases, or with what is chosen, its formula stands over ours and its numbers; ✓ says that it is "
        "right, ✗ that it is not: a formula that gives a wrong number is held against backpropagation and central "
        "differences, computed on the text's own network. A click in the list stays with one formula or error."
    ),
    "paths": (
        "Multiply along a path, add across paths. Each line is a way from the chosen weight, input or other node to "
        "the loss, with a column for each local derivative along it and their product; the last line is the sum of "
        "all, which is the gradient that backpropagation finds. Where there are more than 50, those that go through "
        "the same unit of the next layer are a group, which Enter or a double click opens. The path that is pointed "
        "at, or chosen by the arrow keys, is brought out in the network and written as an equation."
    ),
    "deltas": (
        "δ belongs to the chosen sample. Watch it from layer to layer: where it shrinks towards the input, gradients "
        "vanish; where it grows, they explode."
    ),
    "gradients": (
        "The gradient of the chosen sample alone, or the mean over the batch, which is what the next step goes "
        "against; the panel says which."
    ),
    "activations": (
        "Pre-activation and activation of every node for the chosen sample. A tanh or sigmoid far from 0 is "
        "saturated; a ReLU at 0 for every sample is dead."
    ),
    "chosen": ("How the numbers of the chosen node or edge have moved in this run."),
    "what-if": (
        "The curve is the loss along the chosen weight, or along the bias of the chosen node, with all others as they "
        "are. Drag its point, or type a value: the network takes it at once, in every panel, trained or training, and "
        "one undo brings the old one back; Reset goes back to the start as it was. The dashed tangent is the gradient: "
        "over the next batch it is what the next update goes against. The dotted line stands where a step of η would "
        "lead, from what the tangent promises, −η g², to what the loss really does. Freeze has the weight or bias "
        "keep its value in every update, which the drawing shows by dashes; whole layers are frozen in their menus "
        "over the network, or by a right click."
    ),
    "compare": (
        "How far weights and biases of each layer have moved from one step of this run to the present one – the root "
        "of the sum of the squared changes –, which of them changed most, and what the losses were before and after. "
        "Drag the time line at the bottom of the window to compare with another step."
    ),
    "check": (
        "Every weight and bias, and every input, is moved a little up and down, and the loss of the next batch "
        "computed both times: the slope between is what backpropagation must give. Errors are |g − ĝ| ÷ max(1, |g|, "
        "|ĝ|). Where that move takes a unit across the kink of its activation, as of ReLU at 0, there is no slope: "
        "such places are named and not counted. Layers shows the worst of each; Parameters has a line for every "
        "weight, bias and input, with both its gradients. A penalty is no part of it."
    ),
    "break-it": (
        "The mistakes that learners make, and some texts print: the wrong formula below the right one, and why it is "
        "wrong. Make one, and training goes on with it from the same weights: every gradient and δ in the window is "
        "then the wrong one, Backprop shows each wrong line below the right one, the gradient check fails where it "
        "should, and the loss goes where the mistake leads. A banner over the network says so until it is healed, by "
        "one click. Reset and a new seed keep the mistake; another data set and an opened file end it. No file holds "
        "it. Where it cannot show, as x · x when every x is 0 or 1, the panel says why, and opens an example where it "
        "does."
    ),
    "history": (
        "Every run of this sitting with its settings and curve: compare them, or open one again as it was. The"
        " curves are shown over the epochs of the runs that are chosen in the table: so a short one is seen whole"
        " beside a long one."
    ),
}
