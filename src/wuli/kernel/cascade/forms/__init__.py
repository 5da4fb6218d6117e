"""Shapes of what comes in: an answer, a return, an exemption."""
