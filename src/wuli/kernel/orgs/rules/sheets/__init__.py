"""What a table file says, whatever its lines are about: columns, how a cell is read, what is wrong with it."""
