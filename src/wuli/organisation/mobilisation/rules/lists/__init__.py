"""Lists kept on paper, as tables that come in: their columns, and what can be wrong with them."""
