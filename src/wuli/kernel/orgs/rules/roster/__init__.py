"""What a roster file says, row by row: its columns, how a cell is read, what is wrong, what would change."""
