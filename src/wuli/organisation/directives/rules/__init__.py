"""Decisions about directives: what urgency proposes, how numbers are written, who owes what, how late turns to red."""
