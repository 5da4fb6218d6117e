"""Shapes of what comes in: an activation, a turn of a response, people of a group."""
