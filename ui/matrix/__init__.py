"""Matrices of named numbers, a block for each layer: seen as a heatmap, read and copied as a table."""
