"""Numbers and the rows behind them, readings, and what a page shows of them to whoever asks."""
