"""See: a metric is a question whose answer is rows; its number is an aggregate of them."""
