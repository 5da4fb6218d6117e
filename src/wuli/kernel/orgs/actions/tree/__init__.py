"""Lists of units: checked against the tree, then written as a whole or not at all."""
