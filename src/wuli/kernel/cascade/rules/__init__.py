"""Decisions about calls, slots and replies in hand."""
