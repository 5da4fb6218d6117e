"""What can be done with a form that is designed, a round that is to begin, a template that is filled; no I/O."""
