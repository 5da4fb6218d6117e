"""Grids as they are or were on a day: who keeps them, how many are in them, whom they answer to."""
