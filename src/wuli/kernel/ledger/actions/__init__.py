"""Everything that is written here: items and their turns, what the tick makes due, what an auditor takes away."""
