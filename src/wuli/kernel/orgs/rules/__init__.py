"""Decisions about objects in hand: no reading, no writing. `why_not_…` gives None or the reason."""
