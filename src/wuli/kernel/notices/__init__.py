"""Notices: how the system tells people something, and what became of it: made, sent, delivered, read."""
