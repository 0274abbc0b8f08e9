"""The network drawing: where things lie, what lies under the mouse, and how it is painted."""
