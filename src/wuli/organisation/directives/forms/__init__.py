"""Shapes of what comes in: a paper, a report, a reason; and what lists are filtered by."""
