"""Decisions about notices in hand; nothing here reads or writes."""
