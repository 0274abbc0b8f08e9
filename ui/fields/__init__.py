"""Widgets for single choices: one kind a file."""
