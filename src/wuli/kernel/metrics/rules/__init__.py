"""What a metric is, how its numbers are reckoned and written, which days are to be read."""
