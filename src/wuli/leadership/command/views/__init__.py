"""Doors: responses, leading groups."""
