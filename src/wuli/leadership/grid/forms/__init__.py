"""Keepers, cells and boards as forms."""
