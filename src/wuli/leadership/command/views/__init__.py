"""Doors: responses, leading groups, presence, duty desks, shifts."""
