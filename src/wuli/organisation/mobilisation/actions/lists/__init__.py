"""Lists kept on paper: checked line by line, then written as a whole or not at all."""
