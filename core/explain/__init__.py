"""One backpropagation explained: its phases, its equations in every notation with their numbers, and its paths."""
