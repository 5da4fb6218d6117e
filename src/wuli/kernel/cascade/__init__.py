"""Ask everyone, miss nobody: calls, their rounds, one slot for each expected answer, replies, figures that freeze."""
