"""Numbers and decisions of the playground: plain Python and NumPy, no Qt, no thread."""
