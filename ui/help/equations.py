"""The equations of backpropagation, as they are computed: samples are rows, layer 0 is the input, K the output."""

from ui.help.entry import Entry, Section


def _equation(anchor: str, title: str, text: str, *formulas: str) -> Entry:
    return Entry(f"equation-{anchor}", title, text, formulas)


EQUATIONS = Section(
    "equations",
    "Backpropagation",
    "One step, from the inputs to the new weights. n is the number of samples in the batch; ∘ multiplies entry by"
    " entry; ᵀ turns a matrix over. Each equation stands first for all nodes of a layer, then for one.",
    (
        _equation(
            "forward",
            "1 · Forward",
            "From the inputs to the outputs, layer by layer.",
            "a⁽⁰⁾ = x",
            "z⁽ᵏ⁾ = a⁽ᵏ⁻¹⁾ W⁽ᵏ⁾ + b⁽ᵏ⁾",
            "z_{j}^{(k)} = Σ_{i} a_{i}^{(k−1)} W_{ij}^{(k)} + b_{j}^{(k)}",
            "a⁽ᵏ⁾ = f_{k}(z⁽ᵏ⁾)",
            "a_{j}^{(k)} = f_{k}(z_{j}^{(k)})",
            "y = a⁽ᴷ⁾",
        ),
        _equation(
            "objective",
            "2 · Loss and objective",
            "The loss compares the output of one sample with its target; the objective is the mean over the samples,"
            " plus the penalty.",
            "J = 1/n Σ_{i} E_{i} + penalty(W)",
        ),
        _equation(
            "output",
            "3 · δ of the output layer",
            "How the loss of one sample changes with each pre-activation of the last layer. A softmax ties all"
            " outputs together. For cross-entropy with its own output, sigmoid or softmax, it all collapses to y − t.",
            "δ⁽ᵏ⁾ ≜ ∂E/∂z⁽ᵏ⁾",
            "δ⁽ᴷ⁾ = ∂E/∂y ∘ f′_{K}(z⁽ᴷ⁾)",
            "δ_{j}^{(K)} = ∂E/∂y_{j} · f′_{K}(z_{j}^{(K)})",
            "δ_{j}^{(K)} = y_{j} (∂E/∂y_{j} − Σ_{l} ∂E/∂y_{l} y_{l}) | for softmax",
            "δ⁽ᴷ⁾ = y − t | for cross-entropy with its own output",
        ),
        _equation(
            "hidden",
            "4 · δ of a hidden layer",
            "What comes back over the weights from the layer behind, times the node's own slope. The weights are those"
            " of before the update.",
            "δ⁽ᵏ⁾ = (δ⁽ᵏ⁺¹⁾ W⁽ᵏ⁺¹⁾ᵀ) ∘ f′_{k}(z⁽ᵏ⁾)",
            "δ_{i}^{(k)} = f′_{k}(z_{i}^{(k)}) Σ_{j} δ_{j}^{(k+1)} W_{ij}^{(k+1)}",
            "∂E/∂x = δ⁽¹⁾ W⁽¹⁾ᵀ",
        ),
        _equation(
            "gradients",
            "5 · Gradients",
            "For one sample, the gradient of a weight is the activation at its beginning times the δ at its end. The"
            " batch takes the mean, and the penalty adds its slope to the weights, not to the biases.",
            "∂E/∂W_{ij}^{(k)} = a_{i}^{(k−1)} δ_{j}^{(k)}",
            "∂E/∂b_{j}^{(k)} = δ_{j}^{(k)}",
            "∂J/∂W⁽ᵏ⁾ = 1/n a⁽ᵏ⁻¹⁾ᵀ δ⁽ᵏ⁾ + ∂penalty/∂W⁽ᵏ⁾",
            "∂J/∂b⁽ᵏ⁾ = 1/n Σ_{i} δ_{i}^{(k)} | here i counts the samples",
        ),
        _equation(
            "update",
            "6 · Update",
            "All weights and biases at once; this is gradient descent. Other optimisers put something else in the place"
            " of the gradient.",
            "W⁽ᵏ⁾ ← W⁽ᵏ⁾ − η ∂J/∂W⁽ᵏ⁾",
            "b⁽ᵏ⁾ ← b⁽ᵏ⁾ − η ∂J/∂b⁽ᵏ⁾",
        ),
    ),
)
