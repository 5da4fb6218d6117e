"""What a list of units says, line by line: its columns, what is wrong with it, what the tree would be afterwards."""
