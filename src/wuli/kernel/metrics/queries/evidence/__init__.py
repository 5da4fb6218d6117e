"""The rows of the house's own metrics: what each counts, in the tree of the day that is asked for."""
