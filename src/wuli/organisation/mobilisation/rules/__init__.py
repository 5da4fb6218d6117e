"""What may be done, and why not; what ships: items, rhythm, verbs, kinds."""
