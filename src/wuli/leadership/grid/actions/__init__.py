"""Keepers arranged, cells cut and given up, boards made."""
